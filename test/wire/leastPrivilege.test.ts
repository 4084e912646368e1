import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { wirePermissionLabel } from '../../src/domain/permissions.ts';
import { runCli, type Json } from './emulatorProgram.ts';
import { sdkOf } from './sdkCall.ts';
import { accounts, startSeeded, type Seeded } from './seeded.ts';
import { runShop } from './shop/shopProgram.ts';

describe('the least privilege of a shop', () => {
  let emulator: Seeded;
  let folder = '';
  let proposal: Json;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-least-'));
    emulator = await startSeeded([
      { name: 'recorded', id: 'mk_recorded', kind: 'restricted', permissions: [] },
      { name: 'shop', id: 'mk_shop', kind: 'restricted', permissions: [] },
    ]);
  });
  after(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  const shop = (key: string): Promise<void> => runShop(sdkOf(emulator, emulator.token(key)), accounts.connected);
  const grant = async (permissions: readonly string[], connect: readonly string[]): Promise<void> => {
    const { status } = await emulator.dashboard('POST', '/keys/mk_shop', { permissions, connect_permissions: connect });
    assert.equal(status, 200);
  };
  const names = (needs: readonly Json[]): string[] => needs.map(({ permission }) => permission);

  it('is recorded with a key that may do nothing, while nothing is enforced', async () => {
    await emulator.dashboard('POST', '/enforcement', { enforcement: 'audit' });
    await shop('recorded');
    await emulator.dashboard('POST', '/enforcement', { enforcement: 'enforce' });
    const { json } = await emulator.dashboard('GET', '/requests?limit=1000');
    const file = join(folder, 'requests.json');
    writeFileSync(file, JSON.stringify({ keysmith_requests: 1, requests: json.data }));
    const { code, stdout } = await runCli([
      'least-privilege',
      '--requests',
      file,
      '--key',
      'mk_recorded',
      '--format',
      'json',
    ]);
    assert.equal(code, 0);
    proposal = JSON.parse(stdout);
    assert.equal(proposal.requests, 17);
    assert.ok(proposal.permissions.length >= 8, stdout);
    assert.deepEqual(names(proposal.connect_permissions), ['customer_write']);
    for (const { permission, uses } of proposal.permissions) assert.ok(uses.length > 0, permission);
    const text = await runCli(['least-privilege', '--requests', file]);
    assert.match(text.stdout, /^\d+ requests need \d+ permissions:\n(?: {2}.+\n)+/);
    assert.match(text.stdout, /POST \/v1\/payment_intents\/:id\/capture/);
  });

  it('is enough: the shop runs on with a key that has it', async () => {
    await assert.rejects(shop('shop'), { code: 'more_permissions_required' });
    await grant(names(proposal.permissions), names(proposal.connect_permissions));
    await shop('shop');
  });

  it('is the least: without any one of its permissions the shop is refused, and told which', async () => {
    const [own, connect] = [names(proposal.permissions), names(proposal.connect_permissions)];
    for (const missing of own) {
      await grant(
        own.filter((name) => name !== missing),
        connect,
      );
      await assert.rejects(shop('shop'), (error: Json) => {
        assert.equal(error.code, 'more_permissions_required', missing);
        // What it brought along is missing too, and may be asked for first.
        const gone = [
          missing,
          ...proposal.implied.filter(({ by }: Json) => by === missing).map(({ permission }: Json) => permission),
        ];
        const named = gone.some((name) => error.message.includes(`"${wirePermissionLabel(name)}" ('${name}')`));
        assert.ok(named, `${missing}: ${error.message}`);
        return true;
      });
    }
    await grant(own, []);
    await assert.rejects(shop('shop'), { statusCode: 403 });
    await grant(own, connect);
    await shop('shop');
  });

  for (const [why, args, said] of [
    ['no file', ['--requests', 'nowhere.json'], /nowhere\.json cannot be used\. .*ENOENT/],
    ['no arguments', [], /Give either --requests or --source/],
    ['both', ['--requests', 'x', '--source'], /Give either/],
    ['a path that is not there', ['--source', 'nowhere'], /ENOENT.*nowhere/],
    ['another format', ['--requests', 'x', '--format', 'xml'], /--format takes text or json/],
    ['an unknown option', ['--request', 'x'], /Unknown option '--request'/],
  ] as const) {
    it(`says what is wrong with ${why}`, async () => {
      const { code, stderr } = await runCli(['least-privilege', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, said);
    });
  }

  it('is guessed from source, and said to be a guess', async () => {
    const { code, stdout } = await runCli(['least-privilege', '--source', join(import.meta.dirname, 'shop')]);
    assert.equal(code, 0);
    assert.match(stdout, /^A guess from source: 17 calls need \d+ permissions:/);
    for (const permission of names(proposal.permissions)) assert.ok(stdout.includes(`  ${permission} (`), permission);
    assert.match(stdout, /POST \/v1\/refunds, \S+\/shop\/shopProgram\.ts:\d+\n/);
    const json = await runCli(['least-privilege', '--source', join(import.meta.dirname, 'shop'), '--format', 'json']);
    assert.equal(JSON.parse(json.stdout).guess, true);
  });

  for (const [why, text, said] of [
    ['no JSON', '{', /not valid JSON/],
    ['something else', '{"a":1}', /no export of requests/],
    ['of a newer version', '{"keysmith_requests":2}', /A newer Keysmith wrote it/],
    ['damaged', '{"keysmith_requests":1,"requests":[{"id":1}]}', /damaged at requests\.0\./],
  ] as const) {
    it(`says that a file is ${why}`, async () => {
      const file = join(folder, 'bad.json');
      writeFileSync(file, text);
      const { code, stderr } = await runCli(['least-privilege', '--requests', file]);
      assert.equal(code, 2);
      assert.match(stderr, said);
    });
  }
});
