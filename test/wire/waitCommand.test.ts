import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCli } from './emulatorProgram.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');

describe('keysmith wait', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-wait-'));
    file = join(folder, 'emulator.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends when the emulator answers, and says where it does', async () => {
    const child = spawn(process.execPath, [cli, 'emulator', '--port', '0', '--json'], {
      stdio: ['ignore', openSync(file, 'w'), 'inherit'],
    });
    const { code, stdout } = await runCli(['wait', file, '--pid', String(child.pid)]);
    assert.equal(code, 0);
    const origin = stdout.trim();
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await fetch(`${origin}/v1/balance`)).status, 401);
    child.kill();
    await once(child, 'close');
  });

  it('ends at once where the emulator has ended before it listened', async () => {
    const child = spawn(process.execPath, [cli, 'emulator', '--port', 'none'], { stdio: 'ignore' });
    await once(child, 'close');
    const { code, stderr } = await runCli(['wait', file, '--pid', String(child.pid), '--timeout', '3600']);
    assert.equal(code, 2);
    assert.match(stderr, /The emulator ended before it answered/);
  });

  it('gives up in time on a pipe into which nobody writes', async function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(spawnSync('mkfifo', [file]).status, 0);
    assert.equal((await runCli(['wait', file, '--timeout', '1'])).code, 2);
  });

  it('does not take another program for the emulator, and gives up in time', async () => {
    const other = createServer((_, response) => response.end('{"proof":"none"}')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    writeFileSync(file, JSON.stringify({ origin: `http://127.0.0.1:${port}`, dashboardToken: 'x'.repeat(32) }));
    const { code, stderr } = await runCli(['wait', file, '--timeout', '1']);
    other.close();
    assert.equal(code, 2);
    assert.match(stderr, /^keysmith: No emulator answered within 1 second /);
  });

  for (const args of [
    [],
    ['a', 'b'],
    ['a', '--timeout', '0'],
    ['a', '--timeout', 'ever'],
    ['a', '--pid', '-1'],
    ['--no'],
  ])
    it(`refuses: keysmith wait ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(['wait', ...args]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /\n\nkeysmith wait FILE/);
    });
});
