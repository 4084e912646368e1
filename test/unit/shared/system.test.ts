import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, it } from 'mocha';
import { writeLauncher, launcherText } from '../../../src/handover/launcher.ts';
import { KeyServer } from '../../../src/handover/keyServer.ts';
import { findGit } from '../../../src/leaks/git/gitProgram.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { ownSystem, systemOf } from '../../../src/shared/system.ts';

const root = join(import.meta.dirname, '../../..');

describe('what differs between systems', () => {
  for (const [name, launcherName, shell, pathDelimiter, sockets, ignoresCase] of [
    ['linux', 'keysmith', 'sh -c', ':', 'files', false],
    ['darwin', 'keysmith', 'sh -c', ':', 'files', true],
    ['win32', 'keysmith.cmd', 'cmd /d /s /c', ';', 'named pipes', true],
  ] as const) {
    it(`is told of ${name}`, () => {
      const one = systemOf(name);
      assert.deepEqual(
        [one.launcherName, one.shell.join(' '), one.pathDelimiter, one.sockets, one.ignoresCase],
        [launcherName, shell, pathDelimiter, sockets, ignoresCase],
      );
      assert.deepEqual([one.fileModes, one.signals], name === 'win32' ? [false, false] : [true, true]);
    });
  }

  it('is asked in one place', () => {
    const asking = globSync('src/**/*.ts', { cwd: root }).filter((file) =>
      /['"](?:win32|darwin)['"]/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(
      asking.map((file) => file.replaceAll('\\', '/')),
      ['src/shared/system.ts'],
    );
  });

  const launched = {
    file: String.raw`C:\data\bin\keysmith.cmd`,
    node: String.raw`C:\Program Files\Code\Code.exe`,
    cli: String.raw`C:\ext\dist\cli.js`,
  };

  it('is a launcher for cmd, which quotes its paths and passes its status on', () => {
    assert.deepEqual(launcherText({ ...launched, electron: true }, systemOf('win32')).split('\r\n'), [
      '@echo off',
      'setlocal',
      `set "KEYSMITH_LAUNCHER=${launched.file}"`,
      'set ELECTRON_RUN_AS_NODE=1',
      `"${launched.node}" "${launched.cli}" %*`,
      'exit /b %ERRORLEVEL%',
      '',
    ]);
  });

  it('is a launcher for sh, whose paths may have quotes', () => {
    const text = launcherText(
      { file: '/a/keysmith', node: "/it's/node", cli: '/x y/cli.js', electron: false },
      systemOf('linux'),
    );
    assert.match(text, /^#!\/bin\/sh\n/);
    assert.ok(text.includes(String.raw`exec '/it'\''s/node' '/x y/cli.js' "$@"`));
    assert.ok(!text.includes('ELECTRON_RUN_AS_NODE'));
  });
});

/** The branch of the system that runs these tests, each for real. */
describe(`on this system (${process.platform})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'keysmith system ')); // with blanks, as user names have them
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('a command line is run by the shell', () => {
    const [program, ...args] = ownSystem().shell;
    const { stdout, status } = spawnSync(program, [...args, 'echo one&& echo two'], { encoding: 'utf8' });
    assert.deepEqual([stdout.trim().split(/\s+/), status], [['one', 'two'], 0]);
  });

  it('the launcher starts its program, with its arguments and its status', async () => {
    const cli = join(folder, 'cli.mjs');
    writeFileSync(cli, 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);');
    const file = await writeLauncher(join(folder, 'bin'), cli);
    const command = ownSystem().launcherName.endsWith('.cmd') ? `"${file}"` : file;
    const { stdout, status } = spawnSync(command, ['run', '--', 'a'], {
      encoding: 'utf8',
      shell: ownSystem().launcherName.endsWith('.cmd'), // a batch file is nothing that can be spawned
    });
    assert.deepEqual([JSON.parse(stdout), status], [['run', '--', 'a'], 7]);
  });

  it('the window is asked where the system has it', async () => {
    const server = await KeyServer.listen(() => Promise.reject(new Error('nobody asks')), silentLog);
    const pipe = server.address.startsWith(String.raw`\\.\pipe\keysmith-`);
    assert.equal(pipe, ownSystem().sockets === 'named pipes');
    await server.close();
  });

  it('git is found in the path, or is not installed', () => {
    const found = findGit(process.env['PATH'] ?? '', folder);
    assert.equal(found === undefined, spawnSync('git', ['--version']).error !== undefined);
    if (found !== undefined) assert.ok(found.endsWith(ownSystem().gitName));
  });

  it('folders of a path are parted as Node parts them', () => assert.equal(ownSystem().pathDelimiter, delimiter));
});
