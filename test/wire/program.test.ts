import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCli, startProgram } from './emulatorProgram.ts';

describe('keysmith emulator', () => {
  let data = '';
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-data-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`stops cleanly on ${signal}`, async () => {
      const emulator = await startProgram(['--data', data]);
      assert.ok(existsSync(join(data, 'emulator.json')));
      if (process.platform !== 'win32') assert.equal(statSync(join(data, 'emulator.json')).mode & 0o777, 0o600);
      assert.equal(await emulator.stop(signal), 0);
      assert.ok(!existsSync(join(data, 'emulator.json')));
    });
  }

  it('stops when a client of the dashboard plane asks', async () => {
    const emulator = await startProgram();
    const ended = new Promise((resolve) => {
      emulator.process.once('close', resolve);
    });
    assert.deepEqual((await emulator.dashboard('POST', '/stop')).json, { stopping: true });
    assert.equal(await ended, 0);
  });

  it('remembers its keys', async () => {
    const first = await startProgram(['--data', data]);
    const before = (await first.dashboard('GET', '/keys')).json;
    await first.stop();
    const second = await startProgram(['--data', data]);
    assert.deepEqual((await second.dashboard('GET', '/keys')).json, before);
    await second.stop();
  });

  it('names the taken port and a free one', async () => {
    const first = await startProgram();
    const { code, stderr } = await runCli(['emulator', '--port', String(first.port), '--in-memory']);
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`^keysmith: Port ${first.port} is in use\\. Port \\d+ is free: --port \\d+\n$`));
    await first.stop();
  });

  it('says who has the data folder', async () => {
    const first = await startProgram(['--data', data]);
    const { code, stderr } = await runCli(['emulator', '--port', '0', '--data', data]);
    assert.equal(code, 2);
    assert.ok(stderr.includes(`process ${first.process.pid} at ${first.origin}`), stderr);
    assert.ok(!stderr.includes(first.dashboardToken));
    await first.stop();
  });

  it('refuses a damaged store and keeps it', async () => {
    const store = join(data, 'emulator.db');
    writeFileSync(store, 'no database at all, '.repeat(100));
    const before = readFileSync(store);
    const { code, stderr } = await runCli(['emulator', '--port', '0', '--data', data]);
    assert.equal(code, 2);
    assert.match(stderr, /damaged and was left as it is/);
    assert.deepEqual(readFileSync(store), before);
  });

  it('refuses a file where the data folder should be', async () => {
    const path = join(data, 'taken');
    writeFileSync(path, '');
    const { code, stderr } = await runCli(['emulator', '--port', '0', '--data', path]);
    assert.equal(code, 2);
    assert.match(stderr, /cannot be written/);
  });

  for (const [args, words] of [
    [['--port', 'many'], /--port takes a whole number/],
    [['--port', '70000'], /--port takes a whole number/],
    [['--data', 'x', '--in-memory'], /exclude each other/],
    [['--nonsense'], /nonsense/],
    [['stray'], /stray/],
  ] as const) {
    it(`explains ${args.join(' ')}`, async () => {
      const { code, stderr, stdout } = await runCli(['emulator', ...args]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, words);
    });
  }

  it('explains an unknown command', async () => {
    const { code, stderr } = await runCli(['conquer']);
    assert.equal(code, 2);
    assert.match(stderr, /there is no command "conquer"/);
  });
});
