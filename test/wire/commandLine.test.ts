import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { runCli } from './emulatorProgram.ts';

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const names = ['emulator', 'wait', 'scan', 'hook', 'run', 'least-privilege', 'lsp'];

describe('the command line', () => {
  for (const args of [[], ['--help'], ['-h'], ['help']])
    it(`names every command: keysmith ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(args);
      assert.deepEqual([code, stderr], [0, '']);
      for (const name of names) assert.match(stdout, new RegExp(`^ {2}keysmith ${name}\\b`, 'm'));
    });

  for (const args of [['--version'], ['-v'], ['version']])
    it(`says its version: keysmith ${args.join(' ')}`, async () =>
      assert.deepEqual(await runCli(args), { code: 0, stdout: `${version}\n`, stderr: '' }));

  for (const name of names)
    for (const args of [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
      ['--help', name],
    ])
      it(`says how it is used: keysmith ${args.join(' ')}`, async () => {
        const { code, stdout, stderr } = await runCli(args);
        assert.deepEqual([code, stderr], [0, '']);
        assert.match(stdout, new RegExp(`^keysmith ${name} `));
      });

  for (const args of [['--nonsense'], ['help', 'nonsense'], ['scanning']])
    it(`refuses: keysmith ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^keysmith: there is no command ".+"\.\n/);
    });

  for (const args of [['scan', 'package.json'], ['--version'], ['help', 'scan']])
    it(`does not end well where its output cannot be written: keysmith ${args.join(' ')}`, function () {
      if (process.platform !== 'linux') this.skip();
      const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      assert.equal(status, 2);
      assert.match(stderr, /^keysmith: The output cannot be written: ENOSPC.*\n$/);
    });
});
