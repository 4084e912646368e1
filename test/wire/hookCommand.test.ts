import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { liveSecret } from '../unit/fixtures.ts';
import { TestRepository } from './git/testRepository.ts';

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

  it('says so, and lets the commit through, where the program is gone', () => {
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    const hook = read('.git/hooks/pre-commit');
    repository.write('.git/hooks/pre-commit', hook.replaceAll('cli.js', 'gone.js'));
    stage(leak);
    const { code, stderr } = repository.git('commit', '-q', '-m', 'x');
    assert.equal(code, 0);
    assert.match(stderr, /This commit was not looked through/);
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
    stage(leak);
    assert.equal(repository.git('commit', '-q', '-m', 'x').code, 1);
  });

  it("goes into husky's own file", () => {
    repository.git('config', 'core.hooksPath', '.husky/_');
    repository.write('.husky/pre-commit', 'npm test\n');
    assert.equal(repository.keysmith(['hook', 'install']).code, 0);
    assert.match(read('.husky/pre-commit'), /scan --staged[^]*npm test\n$/);
  });

  it('says what to write where pre-commit has the hooks', () => {
    repository.write('.pre-commit-config.yaml', 'repos: []\n');
    const { code, stderr } = repository.keysmith(['hook', 'install']);
    assert.equal(code, 2);
    assert.match(stderr, /local hook .+ entry ".+ scan --staged"/);
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

  for (const args of [[], ['remove'], ['install', 'now']]) {
    it(`ends with 2 for: hook ${args.join(' ')}`, () => assert.equal(repository.keysmith(['hook', ...args]).code, 2));
  }
});
