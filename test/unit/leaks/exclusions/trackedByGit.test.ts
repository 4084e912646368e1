import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { trackedByGit } from '../../../../src/leaks/exclusions/trackedByGit.ts';

describe('what git tracks, told without git', () => {
  let folder = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'keysmith-index-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  function add(...names: string[]): void {
    for (const name of names) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), name);
    }
    git('add', '-f', ...names);
  }
  const many = Array.from({ length: 300 }, (_, number) => `src/part${number % 7}/file-${number}.ts`);
  const names = ['.env', 'a', 'deep/er/.env.staging', 'é/ü.env', `long/${'x'.repeat(200)}/${'y'.repeat(200)}`, ...many];

  for (const [what, begin] of [
    ['version 2', () => git('init', '-q')],
    [
      'version 3, with an intent to add',
      () => (git('init', '-q'), add('z'), git('rm', '-q', '--cached', 'z'), git('add', '-N', 'z')),
    ],
    ['version 4', () => (git('init', '-q'), git('config', 'index.version', '4'))],
    ['hashes of 32 bytes', () => git('init', '-q', '--object-format=sha256')],
    ['no checksum', () => (git('init', '-q'), git('config', 'index.skipHash', 'true'))],
    ['an untracked cache', () => (git('init', '-q'), git('config', 'core.untrackedCache', 'true'))],
  ] as const) {
    it(`agrees with git on an index with ${what}`, async () => {
      begin();
      add(...names);
      git('status');
      const listed = git('ls-files', '-z').split('\0').filter(Boolean);
      const of = (name: string): Promise<string> => trackedByGit(join(folder, name));
      for (const name of listed.filter((_, index) => index % 20 === 0)) assert.equal(await of(name), 'yes', name);
      for (const name of ['.env.local', '.en', '.envx', 'src', 'deep/.env', 'deep/er/.env', 'src/part1'])
        assert.equal(await of(name), listed.includes(name) ? 'yes' : 'no', name);
      assert.equal(await trackedByGit(join(folder, 'deep/er/.env.staging')), 'yes');
      assert.equal(await trackedByGit(join(folder, 'deep/er/.env')), 'no');
    });
  }

  it('has no difference of case, and none of the file being there', async () => {
    git('init', '-q');
    add('.ENV');
    rmSync(join(folder, '.ENV'));
    assert.equal(await trackedByGit(join(folder, '.env')), 'yes');
  });

  it('is a no in a folder without a repository, and in an empty one', async () => {
    assert.equal(await trackedByGit(join(folder, '.env')), 'no');
    git('init', '-q');
    assert.equal(await trackedByGit(join(folder, '.env')), 'no');
  });

  it('counts a repository around the nearest one', async () => {
    git('init', '-q');
    add('sub/.env');
    git('init', '-q', 'sub');
    assert.equal(await trackedByGit(join(folder, 'sub/.env')), 'yes');
  });

  it('follows the file of a linked work tree', async () => {
    git('init', '-q', 'main');
    writeFileSync(join(folder, 'main/.env'), '');
    git('-C', 'main', 'add', '-f', '.env');
    git('-C', 'main', 'commit', '-qm', 'a');
    git('-C', 'main', 'worktree', 'add', '-q', '../other');
    assert.equal(await trackedByGit(join(folder, 'other/.env')), 'yes');
    assert.equal(await trackedByGit(join(folder, 'other/.env.local')), 'no');
  });

  it('knows a folder that is a repository itself', async () => {
    git('init', '-q');
    add('.env');
    for (const part of ['HEAD', 'index', 'objects', 'refs'])
      cpSync(join(folder, '.git', part), join(folder, part), { recursive: true });
    rmSync(join(folder, '.git'), { recursive: true });
    assert.equal(await trackedByGit(join(folder, '.env')), 'yes');
  });

  for (const [what, spoil] of [
    ['is cut off', (index: Buffer) => index.subarray(0, index.length / 2)],
    ['is of a version that nobody knows', (index: Buffer) => (index.writeUInt32BE(5, 4), index)],
    ['is something else', () => Buffer.from('hello')],
    ['is empty', () => Buffer.alloc(0)],
    ['claims more entries than it has', (index: Buffer) => (index.writeUInt32BE(0xffffffff, 8), index)],
  ] as const) {
    it(`cannot be told where the index ${what}`, async () => {
      git('init', '-q');
      add(...names);
      const file = join(folder, '.git/index');
      writeFileSync(file, spoil(readFileSync(file)));
      assert.equal(await trackedByGit(join(folder, 'nobody')), 'unknown');
    });
  }

  it('is told of an index that is split, and not where the other half is gone', async () => {
    git('init', '-q');
    add(...names);
    git('config', 'splitIndex.maxPercentChange', '100');
    git('update-index', '--split-index');
    add('later');
    for (const name of ['.env', 'later']) assert.equal(await trackedByGit(join(folder, name)), 'yes', name);
    assert.equal(await trackedByGit(join(folder, 'nobody')), 'no');
    for (const name of readdirSync(join(folder, '.git')))
      if (name.startsWith('sharedindex')) rmSync(join(folder, '.git', name));
    assert.equal(await trackedByGit(join(folder, '.env')), 'unknown');
  });

  it('cannot be told where the index is a device', async () => {
    git('init', '-q');
    symlinkSync('/dev/zero', join(folder, '.git/index'));
    assert.equal(await trackedByGit(join(folder, '.env')), 'unknown');
  });

  it('cannot be told of a folder that is not checked out', async () => {
    git('init', '-q');
    add('a/b', 'c/d');
    git('commit', '-qm', 'a');
    git('sparse-checkout', 'init', '--cone', '--sparse-index');
    git('sparse-checkout', 'set', 'a');
    const told = await Promise.all(['a/b', 'c/d', 'e/f'].map((name) => trackedByGit(join(folder, name))));
    assert.deepEqual(told, ['yes', 'unknown', 'no']);
  });
});
