import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Secret } from '../../src/domain/secret.ts';
import { EnforcementLease } from '../../src/management/enforcementLease.ts';
import { emulatorKeyService } from '../../src/management/emulatorKeyService.ts';
import type { KeyService } from '../../src/management/keyService.ts';
import { startProgram, type EmulatorProgram } from './emulatorProgram.ts';
import { rawCall } from './rawCall.ts';

describe('a lease of the enforcement', () => {
  let emulator: EmulatorProgram;
  let service: KeyService;
  beforeEach(async () => {
    emulator = await startProgram();
    service = emulatorKeyService({ origin: emulator.origin, dashboardToken: new Secret(emulator.dashboardToken) });
  });
  afterEach(() => emulator.stop());

  const enforcement = async (): Promise<string> => (await emulator.dashboard('GET', '/enforcement')).json.enforcement;
  const lease = async (body: object): Promise<string> =>
    (await emulator.dashboard('POST', '/enforcement/leases', body)).json.id;
  /** Waits until the emulator tells of a change, as every window does. */
  const nextChange = async (act: () => Promise<unknown>): Promise<void> => {
    const { count } = (await emulator.dashboard('GET', '/changes?seen=-1')).json;
    await act();
    await emulator.dashboard('GET', `/changes?seen=${count}`);
  };

  it('lets everything through until it ends, and tells every window of both', async () => {
    let id = '';
    await nextChange(async () => (id = await lease({ enforcement: 'audit', seconds: 60 })));
    assert.equal(await enforcement(), 'audit');
    assert.equal((await rawCall(emulator, { path: '/v1/balance' })).status, 200);
    await nextChange(() => emulator.dashboard('DELETE', `/enforcement/leases/${id}`));
    assert.equal(await enforcement(), 'enforce');
    assert.equal((await rawCall(emulator, { path: '/v1/balance' })).status, 401);
  });

  it('ends by itself where nobody renews it, and tells every window', async () => {
    const id = await lease({ enforcement: 'audit', seconds: 1 });
    await nextChange(async () => undefined);
    assert.equal(await enforcement(), 'enforce');
    const renewed = await emulator.dashboard('POST', `/enforcement/leases/${id}`, { seconds: 10 });
    assert.deepEqual([renewed.status, renewed.json.held, await enforcement()], [200, false, 'enforce']);
  });

  it('runs by the machine’s time, whatever the clock of the emulator shows', async () => {
    await lease({ enforcement: 'audit', seconds: 60 });
    await emulator.dashboard('POST', '/clock', { advance_seconds: 3600 });
    assert.equal(await enforcement(), 'audit');
  });

  it('is over once somebody sets the enforcement', async () => {
    const id = await lease({ enforcement: 'audit', seconds: 60 });
    await nextChange(() => emulator.dashboard('POST', '/enforcement', { enforcement: 'enforce' }));
    assert.equal((await emulator.dashboard('POST', `/enforcement/leases/${id}`, { seconds: 10 })).json.held, false);
    assert.equal(await enforcement(), 'enforce');
  });

  it('gives way to a later one, and holds again where that ends', async () => {
    await lease({ enforcement: 'audit', seconds: 60 });
    const later = await lease({ enforcement: 'enforce', seconds: 60 });
    assert.equal(await enforcement(), 'enforce');
    await emulator.dashboard('DELETE', `/enforcement/leases/${later}`);
    assert.equal(await enforcement(), 'audit');
  });

  for (const body of [
    { enforcement: 'audit' },
    { enforcement: 'audit', seconds: 0 },
    { enforcement: 'audit', seconds: 61 },
    { enforcement: 'audit', seconds: 1e9 },
    { enforcement: 'sometimes', seconds: 10 },
    { seconds: 10 },
  ]) {
    it(`is refused as ${JSON.stringify(body)}`, async () => {
      assert.equal((await emulator.dashboard('POST', '/enforcement/leases', body)).status, 400);
      assert.equal(await enforcement(), 'enforce');
    });
  }

  it('is no part of the store: an emulator that is killed meanwhile enforces when it is started again', async () => {
    const data = mkdtempSync(join(tmpdir(), 'keysmith-lease-'));
    const first = await startProgram(['--data', data]);
    await first.dashboard('POST', '/enforcement/leases', { enforcement: 'audit', seconds: 60 });
    assert.equal((await first.dashboard('GET', '/enforcement')).json.enforcement, 'audit');
    await first.stop('SIGKILL');
    const second = await startProgram(['--data', data]);
    assert.equal((await second.dashboard('GET', '/enforcement')).json.enforcement, 'enforce');
    await second.stop();
    rmSync(data, { recursive: true });
  });

  it('ends with the window that took it, and says so where somebody else ends it', async () => {
    let tellEnded = (): void => undefined;
    const ended = new Promise<void>((resolve) => (tellEnded = resolve));
    assert.ok((await EnforcementLease.take(service, 'audit', () => tellEnded(), { seconds: 3 })).ok);
    assert.equal(await enforcement(), 'audit');
    await service.setEnforcement('enforce');
    await ended;
    assert.equal(await enforcement(), 'enforce');

    const taken = await EnforcementLease.take(service, 'audit', () => assert.fail('nobody else ended it'));
    assert.ok(taken.ok);
    assert.equal(await enforcement(), 'audit');
    await taken.value.end();
    assert.equal(await enforcement(), 'enforce');
  });

  it('outlives many of its terms while its window lives, and none once that is killed', async () => {
    const source = `
      import { Secret } from ${JSON.stringify(join(import.meta.dirname, '../../src/domain/secret.ts'))};
      import { EnforcementLease } from ${JSON.stringify(join(import.meta.dirname, '../../src/management/enforcementLease.ts'))};
      import { emulatorKeyService } from ${JSON.stringify(join(import.meta.dirname, '../../src/management/emulatorKeyService.ts'))};
      const service = emulatorKeyService({ origin: process.argv[1], dashboardToken: new Secret(process.env.TOKEN) });
      let renewals = 0;
      const counting = { ...service, renewLease: async (...args) => {
        const renewed = await service.renewLease(...args);
        renewals += 1;
        console.log(renewals, renewed.ok && renewed.value);
        return renewed;
      } };
      await EnforcementLease.take(counting, 'audit', () => console.log('ended'), { seconds: 3 });
      setInterval(() => undefined, 1000);
    `;
    const window = spawn(process.execPath, ['--input-type=module', '-e', source, emulator.origin], {
      env: { ...process.env, TOKEN: emulator.dashboardToken },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface(window.stdout)) {
      assert.match(line, /^\d+ true$/);
      if (line.startsWith('5 ')) break; // one is sent after each third of a term
    }
    assert.equal(await enforcement(), 'audit');
    await nextChange(async () => {
      window.kill('SIGKILL');
      await once(window, 'close');
    });
    assert.equal(await enforcement(), 'enforce');
  });
});
