import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { fingerprintOf } from '../../../../src/domain/fingerprint.ts';
import { scan } from '../../../../src/leaks/scan/scan.ts';
import type { ScanRequest } from '../../../../src/leaks/scan/scanResult.ts';
import { liveSecret, testSecret } from '../../fixtures.ts';

/** Beside git itself: what it ignores is not read, unless it has it all the same. */
describe('scan of a work tree of git', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'keysmith-git-'));
    git('init', '-q', '.');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const leak = `key = "${liveSecret()}"\n`;
  const inTest = `KEY=${testSecret()}\n`;
  function git(...args: string[]): string {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
    return execFileSync('git', ['-C', root, ...identity, ...args], { encoding: 'utf8' });
  }
  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  }
  async function found(over: Partial<ScanRequest> = {}): Promise<string[]> {
    const { files } = await scan({ roots: [root], ...over });
    return files.map(({ file, leaks }) => `${relative(root, file)} ${leaks.map(({ severity }) => severity).join()}`);
  }

  for (const [name, ignoring] of [
    ['taken back by a deeper file', { '.gitignore': 'build\n', 'a/.gitignore': '!build\n' }],
    ['left out by a deeper file', { '.gitignore': '!build\n', 'a/.gitignore': 'build/\n' }],
    ['taken back by the last line', { '.gitignore': '*\n!*/\n!*.js\n' }],
    ['with a name that patterns mean something by', { '.gitignore': '/a/b\\[1\\]\n*.js\n!/a/build/*.js\n' }],
    ['by the work tree itself', { '.git/info/exclude': 'a/build/\n' }],
  ] as const) {
    it(`reads what git would add: ${name}`, async () => {
      write({ ...ignoring, 'a/build/x.js': leak, 'b/build/y.js': leak, 'build/z.js': leak, 'a/b[1]/w.js': leak });
      const others = git('ls-files', '--others', '--exclude-standard', '-z').split('\0');
      const expected = others.filter((file) => file.endsWith('.js')).toSorted();
      assert.deepEqual(
        await found(),
        expected.map((file) => `${file} error`),
      );
    });
  }

  it('reads an ignored file that git has all the same', async () => {
    write({ '.gitignore': '*.env\nout/\n', 'a.env': leak, 'b.env': leak, 'out/deep/c.js': leak, 'out/d.js': leak });
    git('add', '-f', 'b.env', 'out/deep/c.js');
    assert.deepEqual(await found(), ['b.env error', 'out/deep/c.js error']);
  });

  it('but not where our own rules, or the request, leave it out', async () => {
    write({ '.gitignore': '*.env\n', '.keysmithignore': 'a.env\n', 'a.env': leak, 'b/b.env': leak, 'c.env': leak });
    git('add', '-f', '.');
    assert.deepEqual(await found({ exclude: ['b'] }), ['c.env error']);
  });

  it('makes a test key in an environment file grave only where git has the file', async () => {
    write({ '.env': inTest, '.env.local': inTest, 'a.js': inTest });
    git('add', '.env', 'a.js');
    assert.deepEqual(await found(), ['.env error', '.env.local warning', 'a.js warning']);
    assert.deepEqual(await found({ roots: [join(root, '.env')] }), ['.env error']);
  });

  it('excuses by fingerprint also in a file that is named itself', async () => {
    write({ '.keysmithignore': `fingerprint:${fingerprintOf(liveSecret())}\n`, 'a/b.js': leak });
    assert.deepEqual(await found({ roots: [join(root, 'a/b.js')] }), []);
  });

  it('goes by the excludes of the repository in a linked work tree', async () => {
    write({ '.git/info/exclude': 'secret.txt\n', 'readme.txt': 'nothing' });
    git('add', 'readme.txt');
    git('commit', '-qm', 'x');
    const linked = `${root}-linked`;
    git('worktree', 'add', '-q', linked);
    try {
      writeFileSync(join(linked, 'secret.txt'), leak);
      writeFileSync(join(linked, 'other.txt'), leak);
      assert.deepEqual(await found({ roots: [linked] }), [`../${relative(dirname(root), linked)}/other.txt error`]);
    } finally {
      rmSync(linked, { recursive: true });
    }
  });

  it('says which lines of an ignore file mean nothing, once', async () => {
    write({ '.keysmithignore': 'a\nfingerprint:12\n', 'b/c.js': '', 'd/e.js': '' });
    const { mistakes } = await scan({ roots: [join(root, 'b'), join(root, 'd')] });
    assert.deepEqual(
      mistakes.map(({ file, line }) => `${relative(root, file)} ${line}`),
      ['.keysmithignore 2'],
    );
  });
});
