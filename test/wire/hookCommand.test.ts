import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { writeLauncher } from '../../src/handover/launcher.ts';
import { guardMethods, type HookAnswer } from '../../src/leaks/protocol.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { TestRepository } from './git/testRepository.ts';
import { GuardClient } from './guardClient.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');

describe('keysmith hook', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write('readme', 'hello');
    repository.commit();
  });
  afterEach(() => repository.remove());

  const read = (name: string): string => readFileSync(join(repository.folder, name), 'utf8');
  const stage = (text: string): void => {
    repository.write('a.js', text);
    repository.git('add', '-A');
  };
  const leak = `key = "${liveSecret()}"`;

  it('stops a commit with a leak, says how to end it, and lets others through', () => {
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    stage(leak);
    const stopped = repository.git('commit', '-q', '-m', 'a leak');
    assert.equal(stopped.code, 1);
    assert.match(stopped.stderr, /a\.js:1:8: error: Stripe LIVE secret key: sk_live_….{4}\./);
    assert.match(stopped.stderr, /keysmith:ignore/);
    assert.ok(!stopped.stderr.includes(liveSecret().slice(8, -4)));
    stage('clean');
    assert.equal(repository.git('commit', '-q', '-m', 'clean').code, 0);
  });

  it('stands once, however often it is installed, and leaves nothing when it is taken out', () => {
    for (let count = 0; count < 2; count += 1) assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    assert.equal(read('.git/hooks/pre-commit').split('>>> keysmith').length, 2);
    assert.equal(repository.keysmith(['hook', 'uninstall']).code, 0);
    assert.ok(!existsSync(join(repository.folder, '.git/hooks/pre-commit')));
    assert.match(repository.keysmith(['hook', 'uninstall']).stdout, /^There was no hook/);
  });

  it("keeps another's hook, which still runs and still refuses", () => {
    const theirs = '#!/bin/bash\necho theirs >&2\n[ ! -e forbidden ]\n';
    repository.write('.git/hooks/pre-commit', theirs);
    chmodSync(join(repository.folder, '.git/hooks/pre-commit'), 0o755);
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    stage('clean');
    const passed = repository.git('commit', '-q', '-m', 'clean');
    assert.deepEqual([passed.code, passed.stderr], [0, 'theirs\n']);
    stage('forbidden');
    repository.write('forbidden', '');
    assert.equal(repository.git('commit', '-q', '-m', 'x').code, 1);
    assert.equal(repository.keysmith(['hook', 'uninstall']).code, 0);
    assert.equal(read('.git/hooks/pre-commit'), theirs);
  });

  it('refuses, and says how to get it, where the program is gone', () => {
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    repository.git('config', 'keysmith.program', join(repository.folder, 'gone.js'));
    stage(leak);
    const { code, stderr } = repository.git('commit', '-q', '-m', 'x');
    assert.equal(code, 1);
    assert.match(stderr, /not found on this machine[^]+npm install --save-dev[^]+--no-verify/);
    assert.equal(repository.git('commit', '-q', '--no-verify', '-m', 'x').code, 0);
  });

  it('refuses where the scan could not be done, and says why', () => {
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    stage('clean');
    repository.write('broken.js', 'throw new Error("no scan");');
    repository.git('config', 'keysmith.program', join(repository.folder, 'broken.js'));
    assert.equal(repository.git('commit', '-q', '-m', 'x').code, 1);
    repository.write('broken.js', 'console.error("keysmith: no scan"); process.exit(2);');
    const { code, stderr } = repository.git('commit', '-q', '-m', 'x');
    assert.equal(code, 1);
    assert.match(stderr, /^keysmith: no scan\nThis commit was stopped, for it could not be looked through/);
  });

  it('leaves a hook alone that is no shell script', () => {
    const python = '#!/usr/bin/env python3\nprint("hi")\n';
    repository.write('.git/hooks/pre-commit', python);
    const { code, stderr } = repository.keysmith(['hook', 'install']);
    assert.equal(code, 2);
    assert.match(stderr, /no shell script/);
    assert.equal(read('.git/hooks/pre-commit'), python);
  });

  it('goes where core.hooksPath says', () => {
    repository.git('config', 'core.hooksPath', 'tools/hooks');
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    assert.match(read('tools/hooks/pre-commit'), /scan --staged/);
    assert.ok(!read('tools/hooks/pre-commit').includes(repository.folder));
    stage(leak);
    assert.equal(repository.git('commit', '-q', '-m', 'x').code, 1);
  });

  it("goes into husky's own file", () => {
    repository.git('config', 'core.hooksPath', '.husky/_');
    repository.write('.husky/pre-commit', 'npm test\n');
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    assert.match(read('.husky/pre-commit'), /scan --staged[^]*npm test\n$/);
  });

  for (const [manager, file, text] of [
    ['pre-commit', '.pre-commit-config.yaml', 'repos: []\n'],
    ['lefthook', 'lefthook.yml', 'pre-commit: {}\n'],
  ] as const)
    it(`says what to write where ${manager} has the hooks`, () => {
      repository.write(file, text);
      const { code, stderr } = repository.keysmith(['hook', 'install']);
      assert.equal(code, 2);
      assert.match(stderr, /"npx --no-install keysmith scan --staged"/);
      assert.ok(!existsSync(join(repository.folder, '.git/hooks/pre-commit')));
    });

  it('works from a folder of the repository and from a worktree', () => {
    repository.git('worktree', 'add', '-q', 'tree');
    const install = repository.keysmith(['hook', 'install']);
    assert.equal(install.code, 0);
    repository.write('tree/a.js', leak);
    repository.git('-C', 'tree', 'add', '-A');
    assert.equal(repository.git('-C', 'tree', 'commit', '-q', '-m', 'x').code, 1);
  });

  describe('for everybody who has the repository', () => {
    /** As npm leaves it when the packed command line is installed. */
    const installPackage = (folder: string): void => {
      const bin = join(folder, 'node_modules/.bin');
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, 'keysmith'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, { mode: 0o755 });
    };

    it('names no path of this machine, and finds the package of another', () => {
      repository.git('config', 'core.hooksPath', 'hooks');
      assert.match(repository.keysmith(['hook', 'install']).stdout, /Commit it for the others/);
      const text = read('hooks/pre-commit');
      for (const path of [repository.folder, process.execPath, 'cli.js']) assert.ok(!text.includes(path), path);
      repository.commit();
      const other = join(repository.folder, 'a clone');
      repository.git('clone', '-q', '.', other);
      repository.git('-C', other, 'config', 'core.hooksPath', 'hooks');
      repository.write('a clone/a.js', leak);
      repository.git('-C', other, 'add', '-A');
      const without = repository.git('-C', other, 'commit', '-q', '-m', 'x');
      assert.equal(without.code, 1);
      assert.match(without.stderr, /not found on this machine/);
      installPackage(other);
      const stopped = repository.git('-C', other, 'commit', '-q', '-m', 'x');
      assert.equal(stopped.code, 1);
      assert.match(stopped.stderr, /a\.js:1:8: error/);
    });

    it('finds the package in the main work tree from a linked one', () => {
      repository.keysmith(['hook', 'install']);
      repository.git('config', '--unset', 'keysmith.program');
      installPackage(repository.folder);
      const linked = mkdtempSync(join(tmpdir(), 'keysmith linked '));
      assert.equal(repository.git('worktree', 'add', '-q', '-b', 'linked', linked).code, 0);
      try {
        for (const args of [[], ['-a']]) {
          writeFileSync(join(linked, 'readme'), leak);
          if (args.length === 0) repository.git('-C', linked, 'add', '-A');
          const { code, stderr } = repository.git('-C', linked, 'commit', '-q', ...args, '-m', 'x');
          assert.equal(code, 1, args.join(' '));
          assert.match(stderr, /readme:1:8: error/);
        }
      } finally {
        rmSync(linked, { recursive: true });
      }
    });

    it("survives an update of the editor's extension, which moves all of it but the launcher", async () => {
      const installed = mkdtempSync(join(tmpdir(), 'keysmith extensions '));
      const versionOf = (version: string): string => join(installed, `keysmith-${version}`, 'dist');
      const copy = (version: string): Promise<string> => {
        cpSync(join(cli, '..'), versionOf(version), { recursive: true, filter: (file) => !file.endsWith('.map') });
        writeFileSync(join(versionOf(version), '../package.json'), '{"type":"module","version":"1.0.0"}');
        return writeLauncher(join(installed, 'bin'), join(versionOf(version), 'cli.js'));
      };
      try {
        const launcher = await copy('1.0.0');
        assert.equal(spawnSync(launcher, ['hook', 'install'], { cwd: repository.folder }).status, 0);
        assert.equal(repository.git('config', 'keysmith.program').stdout, `${launcher}\n`);
        stage(leak);
        assert.match(repository.git('commit', '-q', '-m', 'x').stderr, /a\.js:1:8: error/);
        rmSync(versionOf('1.0.0'), { recursive: true });
        const between = repository.git('commit', '-q', '-m', 'x');
        assert.equal(between.code, 1);
        assert.match(between.stderr, /no longer where[^]+could not be looked through/);
        await copy('1.1.0');
        assert.match(repository.git('commit', '-q', '-m', 'x').stderr, /a\.js:1:8: error/);
      } finally {
        rmSync(installed, { recursive: true });
      }
    });

    it('asks no registry for a program of its name', () => {
      repository.keysmith(['hook', 'install']);
      const text = read('.git/hooks/pre-commit');
      assert.ok(!/\bnpx\b|\bnpm (?:exec|x)\b/.test(text));
    });
  });

  for (const shell of ['dash', 'bash', 'sh'])
    for (const options of ['', '-e', '-eu'])
      it(`tells a leak from a clean commit under ${shell} ${options}`, function () {
        if (spawnSync(shell, ['-c', ':']).status !== 0) this.skip();
        repository.keysmith(['hook', 'install']);
        const hook = join(repository.folder, '.git/hooks/pre-commit');
        const run = (): { status: number | null; stderr: string } =>
          spawnSync(shell, [...(options === '' ? [] : [options]), hook], { cwd: repository.folder, encoding: 'utf8' });
        stage(leak);
        const stopped = run();
        assert.equal(stopped.status, 1);
        assert.match(stopped.stderr, /Keysmith stopped this commit/);
        stage('clean');
        assert.deepEqual([run().status, run().stderr], [0, '']);
        repository.git('config', 'keysmith.program', '/gone');
        assert.match(run().stderr, /not found on this machine/);
      });

  for (const [how, args] of [
    ['-a', ['-a', '-m', 'x']],
    ['of one file', ['-m', 'x', '--', 'readme']],
    ['--amend', ['-a', '--amend', '-m', 'x']],
  ] as const)
    it(`looks through what that commit takes: ${how}`, () => {
      repository.keysmith(['hook', 'install']);
      repository.write('readme', leak);
      const { code, stderr } = repository.git('commit', '-q', ...args);
      assert.equal(code, 1);
      assert.match(stderr, /readme:1:8: error/);
    });

  it('does not blame a merge for what the other side had', () => {
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('theirs.js', leak);
    repository.write('readme', 'side');
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write('readme', 'main');
    repository.commit();
    repository.keysmith(['hook', 'install']);
    assert.equal(repository.git('merge', '-q', 'side').code, 1);
    repository.write('readme', 'both');
    repository.git('add', '-A');
    assert.deepEqual(repository.git('commit', '-q', '-m', 'merge').stderr, '');
    repository.write('readme', leak);
    assert.equal(repository.git('commit', '-q', '-a', '-m', 'x').code, 1);
  });

  describe('beside what is there', () => {
    const hook = (): string => join(repository.folder, '.git/hooks/pre-commit');
    const theirs = '#!/bin/sh\necho theirs >&2\n';

    for (const mode of [0o700, 0o755, 0o775])
      it(`keeps the mode ${mode.toString(8)}`, () => {
        writeFileSync(hook(), theirs);
        chmodSync(hook(), mode);
        for (const action of ['install', 'uninstall']) {
          assert.equal(repository.keysmith(['hook', action]).code, 0);
          assert.equal(statSync(hook()).mode & 0o777, mode);
        }
        assert.equal(readFileSync(hook(), 'utf8'), theirs);
      });

    it("does not turn on another's hook that git does not run", () => {
      writeFileSync(hook(), theirs, { mode: 0o644 });
      const { code, stderr } = repository.keysmith(['hook', 'install']);
      assert.equal(code, 2);
      assert.match(stderr, /may not be executed/);
      assert.equal(readFileSync(hook(), 'utf8'), theirs);
    });

    it('keeps a link into the work tree, and writes where it leads', () => {
      repository.write('tools/pre-commit', theirs);
      chmodSync(join(repository.folder, 'tools/pre-commit'), 0o755);
      symlinkSync('../../tools/pre-commit', hook());
      assert.equal(repository.keysmith(['hook', 'install']).code, 0);
      assert.ok(lstatSync(hook()).isSymbolicLink());
      assert.match(read('tools/pre-commit'), /keysmith_scan/);
      stage(leak);
      assert.equal(repository.git('commit', '-q', '-m', 'x').code, 1);
      assert.equal(repository.keysmith(['hook', 'uninstall']).code, 0);
      assert.ok(lstatSync(hook()).isSymbolicLink());
      assert.equal(read('tools/pre-commit'), theirs);
    });

    it('keeps the mode of a file of husky, which it runs with sh -e', () => {
      repository.git('config', 'core.hooksPath', '.husky/_');
      repository.write('.husky/pre-commit', 'echo theirs >&2\n');
      chmodSync(join(repository.folder, '.husky/pre-commit'), 0o644);
      repository.write('.husky/_/pre-commit', '#!/bin/sh\nsh -e .husky/pre-commit "$@"\n');
      chmodSync(join(repository.folder, '.husky/_/pre-commit'), 0o755);
      assert.equal(repository.keysmith(['hook', 'install']).code, 0);
      assert.equal(statSync(join(repository.folder, '.husky/pre-commit')).mode & 0o777, 0o644);
      stage(leak);
      const { code, stderr } = repository.git('commit', '-q', '-m', 'x');
      assert.equal(code, 1);
      assert.match(stderr, /Keysmith stopped this commit/);
    });

    it('leaves a program alone that is no text', () => {
      const program = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]);
      writeFileSync(hook(), program, { mode: 0o755 });
      assert.match(repository.keysmith(['hook', 'install']).stderr, /no shell script/);
      assert.deepEqual(readFileSync(hook()), program);
    });
  });

  describe('outside the repository', () => {
    let outside: string;
    beforeEach(() => {
      outside = mkdtempSync(join(tmpdir(), 'keysmith hooks '));
    });
    afterEach(() => rmSync(outside, { recursive: true }));
    const pre = (): string => join(outside, 'pre-commit');

    it('changes the hooks of all repositories only when it is told to', () => {
      const config = join(outside, 'config');
      writeFileSync(config, `[core]\n\thooksPath = ${outside}\n`);
      repository.environment['GIT_CONFIG_GLOBAL'] = config;
      const asked = repository.keysmith(['hook', 'install']);
      assert.equal(asked.code, 2);
      assert.match(asked.stderr, /outside the repository.+--elsewhere: .+pre-commit\n$/);
      assert.ok(!existsSync(pre()));
      assert.equal(repository.keysmith(['hook', 'install', '--elsewhere']).code, 0);
      assert.match(readFileSync(config, 'utf8'), /\[keysmith\]/);
      stage(leak);
      assert.equal(repository.git('commit', '-q', '-m', 'x').code, 1);
      assert.equal(repository.keysmith(['hook', 'uninstall']).code, 2);
      assert.equal(repository.keysmith(['hook', 'uninstall', '--elsewhere']).code, 0);
      assert.ok(!existsSync(pre()));
      assert.ok(!readFileSync(config, 'utf8').includes('keysmith.'));
    });

    it('is asked for by the editor too', async () => {
      repository.git('config', 'core.hooksPath', outside);
      const client = await GuardClient.start();
      const params = { action: 'install', folder: pathToFileURL(repository.folder).href, file: cli };
      const asked: HookAnswer = await client.connection.sendRequest(guardMethods.hook, params);
      assert.deepEqual([asked.ok, asked.elsewhere, existsSync(pre())], [false, pre(), false]);
      await client.stop();
    });

    it("does not write through a repository's link into the user's files", () => {
      writeFileSync(join(outside, 'profile'), '# mine\n');
      repository.git('config', 'core.hooksPath', '.husky/_');
      mkdirSync(join(repository.folder, '.husky'));
      symlinkSync(join(outside, 'profile'), join(repository.folder, '.husky/pre-commit'));
      assert.equal(repository.keysmith(['hook', 'install']).code, 2);
      assert.equal(readFileSync(join(outside, 'profile'), 'utf8'), '# mine\n');
    });

    for (const [what, target] of [
      ['a device', '/dev/zero'],
      ['nowhere', '/no/such/file'],
    ] as const)
      it(`refuses a hook that is a link to ${what}`, () => {
        symlinkSync(target, join(repository.folder, '.git/hooks/pre-commit'));
        for (const options of [[], ['--elsewhere']])
          assert.equal(repository.keysmith(['hook', 'install', ...options]).code, 2);
      });
  });

  for (const args of [[], ['remove'], ['install', 'now']]) {
    it(`ends with 2 for: hook ${args.join(' ')}`, () => assert.equal(repository.keysmith(['hook', ...args]).code, 2));
  }
});
