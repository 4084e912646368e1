import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCli, startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';

describe('two emulators on one data folder', () => {
  let data = '';
  let running: EmulatorProgram[] = [];
  const discovery = (): string => join(data, 'emulator.json');
  const start = async (): Promise<EmulatorProgram> => {
    const emulator = await startProgram(['--data', data]);
    running.push(emulator);
    return emulator;
  };
  /** What a second one says, that must not start. */
  const refusal = async (): Promise<string> => {
    const { code, stdout, stderr } = await runCli(['emulator', '--port', '0', '--data', data]);
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, /^keysmith: Another emulator has this store/);
    return stderr;
  };

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-sharing-'));
    running = [];
  });
  afterEach(async () => {
    for (const emulator of running) {
      emulator.process.kill('SIGCONT');
      await emulator.stop('SIGKILL');
    }
    rmSync(data, { recursive: true });
  });

  it('are one: the second says who has it, and the first goes on', async () => {
    const first = await start();
    const said = await refusal();
    assert.ok(names(said, first), said);
    assert.ok(!said.includes(first.dashboardToken));
    assert.equal((await first.dashboard('GET', '/keys')).status, 200);
    assert.ok(existsSync(discovery()));
  });

  it('are one when both start at the same moment, on a new store', async () => {
    const started = await Promise.allSettled([start(), start(), start()]);
    const [first, ...more] = running;
    assert.ok(first);
    assert.equal(more.length, 0);
    for (const one of started)
      if (one.status === 'rejected') assert.ok(names(String(one.reason), first), String(one.reason));
    assert.equal((await keysOf(first)).data.length, 14);
  });

  it('follow each other: after the first is killed, the second starts with its keys', async () => {
    const first = await start();
    const before = await keysOf(first);
    await first.stop('SIGKILL');
    assert.ok(existsSync(discovery()), 'a killed emulator leaves its discovery file');
    const second = await start();
    assert.deepEqual(await keysOf(second), before);
    assert.equal(JSON.parse(readFileSync(discovery(), 'utf8')).pid, second.process.pid);
    assert.ok(names(await refusal(), second));
  });

  it('follow each other without one removing the discovery file of the next', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const first = await start();
      const stopped = first.stop();
      let second: EmulatorProgram | undefined;
      while (!second) second = await start().catch(() => undefined);
      await stopped;
      assert.equal(JSON.parse(readFileSync(discovery(), 'utf8')).pid, second.process.pid);
      await second.stop();
      assert.ok(!existsSync(discovery()));
    }
  });

  describe('when the discovery file does not tell the truth', () => {
    let stranger: Awaited<ReturnType<typeof listenTo>>;
    beforeEach(async () => {
      stranger = await listenTo();
    });
    afterEach(() => stranger.server.close());

    for (const [what, text] of [
      ['is absent', () => undefined],
      ['is damaged', () => '{"origin":'],
      ['is that of a dead emulator', () => fileOf('http://127.0.0.1:1')],
      ['leads to a stranger', () => fileOf(stranger.origin)],
      ['leads to another machine', () => fileOf('http://192.0.2.1:80')],
    ] as const) {
      it(`names nobody, and starts nothing: it ${what}`, async () => {
        await start();
        rmSync(discovery());
        const lie = text();
        if (lie !== undefined) writeFileSync(discovery(), lie);
        assert.match(await refusal(), /^keysmith: Another emulator has this store; use it, stop it,/);
      });

      it(`starts where nobody has the store: it ${what}`, async () => {
        const lie = text();
        if (lie !== undefined) writeFileSync(discovery(), lie);
        const emulator = await start();
        assert.equal(JSON.parse(readFileSync(discovery(), 'utf8')).origin, emulator.origin);
      });
    }

    it('tells a stranger nothing', async () => {
      await start();
      writeFileSync(discovery(), fileOf(stranger.origin));
      await refusal();
      assert.ok(stranger.asked.length > 0);
      for (const asked of stranger.asked) assert.ok(!asked.includes('secret of the file'), asked);
    });
  });

  it('do not wait for each other: a first that hangs is not named, and the second ends', async () => {
    const first = await start();
    first.process.kill('SIGSTOP');
    assert.match(await refusal(), /Another emulator has this store; use it, stop it/);
    first.process.kill('SIGCONT');
    assert.ok(names(await refusal(), first));
  });
});

const names = (text: string, { process, origin }: EmulatorProgram): boolean =>
  text.includes(`(process ${process.pid} at ${origin})`);

const keysOf = async (emulator: EmulatorProgram): Promise<Json> => (await emulator.dashboard('GET', '/keys')).json;

const fileOf = (origin: string): string =>
  JSON.stringify({ origin, dashboardToken: 'the secret of the file '.repeat(2), pid: 1 });

/** A server that is no emulator; it keeps what it is asked. */
async function listenTo(): Promise<{ server: ReturnType<typeof createServer>; origin: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.end(JSON.stringify({ status: 'ok', proof: 'trust me' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
