import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { silentLog } from '../../src/shared/log.ts';
import { hasPrlimit, readOnlyFolder } from './disk/smallDisk.ts';
import { runCli, startProgram, type Json } from './emulatorProgram.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');

const refused = ({ code, stdout, stderr }: Json): void => {
  assert.deepEqual([code, stdout], [2, ''], stderr);
  assert.match(stderr, /^keysmith: The store cannot be written \(.+\); choose another folder with --data: .+\n$/);
};

describe('an emulator that starts where it cannot write', () => {
  let data = '';
  const store = (): string => join(data, 'emulator.db');
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-unwritable-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));

  /** In this process. */
  const start = (port: number): ReturnType<typeof startEmulator> => startEmulator({ port, data, log: silentLog });

  async function startsWhole(): Promise<void> {
    const emulator = await startProgram(['--data', data]);
    const { json } = await emulator.dashboard('GET', '/keys');
    assert.equal(await emulator.stop(), 0);
    assert.equal(json.data.length, 14);
  }

  // The store of the default seed takes about 150 KB, most of it in the write-ahead log.
  for (const bytes of [0, 1, 4096, 10_000, 40_000, 80_000, 110_000, 130_000]) {
    it(`says so, and starts whole when there is room again: files of at most ${bytes} bytes`, function () {
      if (!hasPrlimit) {
        console.log('      SKIPPED: there is no prlimit');
        this.skip();
      }
      const args = [`--fsize=${bytes}`, process.execPath, cli, 'emulator', '--port', '0', '--data', data];
      const { status, stdout, stderr } = spawnSync('prlimit', args, { encoding: 'utf8' });
      refused({ code: status, stdout, stderr });
      return startsWhole();
    });
  }

  for (const [what, prepare] of [
    ['an empty folder', () => undefined],
    ['a folder with a store', startsWhole],
  ] as const) {
    it(`says so of ${what} that is read-only, and leaves it as it is`, async function () {
      await prepare();
      const before = existsSync(store()) ? readFileSync(store()) : undefined;
      const readOnly = readOnlyFolder(data);
      if (!readOnly) {
        console.log('      SKIPPED: no folder can be made read-only here');
        this.skip();
      }
      try {
        refused(await runCli(['emulator', '--port', '0', '--data', data]));
        assert.deepEqual(existsSync(store()) ? readFileSync(store()) : undefined, before);
      } finally {
        readOnly.undo();
      }
      await startsWhole();
    });
  }

  it('says so of a folder it cannot make', async () => {
    await startsWhole();
    refused(await runCli(['emulator', '--port', '0', '--data', join(store(), 'below')]));
  });

  it('says so where its discovery file cannot be written, and leaves neither port nor store taken', async () => {
    const blocker = join(data, 'emulator.json');
    mkdirSync(blocker);
    refused(await runCli(['emulator', '--port', '0', '--data', data]));

    const here = await startEmulator({ port: 0, data: undefined, log: silentLog });
    assert.ok(here.ok);
    const port = Number(new URL(here.value.origin).port);
    await here.value.stop();
    const blocked = await start(port);
    assert.equal(blocked.ok ? 'started' : blocked.problem.kind, 'storeUnwritable');
    rmdirSync(blocker);
    const started = await start(port);
    assert.ok(started.ok, 'the same port and folder are free in the same process');
    await started.value.stop();
  });

  it('leaves the store free where the port is taken', async () => {
    const first = await startProgram();
    const blocked = await start(first.port);
    assert.ok(!blocked.ok && blocked.problem.kind === 'portTaken');
    const started = await start(blocked.problem.free);
    assert.ok(started.ok);
    await started.value.stop();
    await first.stop();
  });
});
