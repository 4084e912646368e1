import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readTracked } from '../../../../src/leaks/exclusions/trackedFiles.ts';
import { indexPaths } from '../../../../src/leaks/git/gitIndex.ts';

/** The judge is git: the paths that it lists itself. */
describe("git's index", () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'keysmith-index-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', root, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const files = [
    '.env',
    'a',
    'a/b'.replace('/', '.'),
    'deep/er/.env.local',
    'deep/er/one',
    'deep/two',
    'zoë',
    'with blank',
    '\u001B[31mred',
    'new\nline',
    ...Array.from({ length: 40 }, (_, index) => `many/${'n'.repeat(index)}/file${index}`.replace('//', '/')),
    `long/${'x'.repeat(200)}/${'y'.repeat(200)}`,
  ];
  function fill(...init: string[]): void {
    git('init', '-q', ...init);
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), file);
    }
    git('add', '.');
  }
  async function tracked(): Promise<string[]> {
    const paths: string[] = [];
    assert.deepEqual(await readTracked(root, (path) => paths.push(path)), { ok: true, value: undefined });
    return paths.toSorted();
  }
  const listed = (...args: string[]): string[] =>
    git('ls-files', '-z', ...args)
      .split('\0')
      .slice(0, -1)
      .toSorted();

  for (const [what, change] of [
    ['version 2', () => fill()],
    [
      'version 3, with an entry that is only meant to be added',
      () => {
        fill();
        writeFileSync(join(root, 'meant'), '');
        git('add', '-N', 'meant');
      },
    ],
    [
      'version 4',
      () => {
        fill();
        git('update-index', '--index-version', '4');
      },
    ],
    ['SHA-256', () => fill('--object-format=sha256')],
    [
      'SHA-256 in version 4',
      () => {
        fill('--object-format=sha256');
        git('update-index', '--index-version', '4');
      },
    ],
    [
      'files that are told to be skipped',
      () => {
        fill();
        git('update-index', '--skip-worktree', '.env');
        git('update-index', '--assume-unchanged', 'a');
      },
    ],
    ['nothing', () => git('init', '-q')],
  ] as const) {
    it(`is read as git lists it: ${what}`, async () => {
      change();
      assert.deepEqual(await tracked(), listed());
    });
  }

  it('is read where it is split, with what was added and taken out since', async () => {
    fill();
    git('update-index', '--split-index');
    writeFileSync(join(root, 'later'), '');
    git('add', 'later');
    git('rm', '-q', '--cached', 'a');
    const found = await tracked();
    for (const path of listed()) assert.ok(found.includes(path), path);
  });

  it('is read where it is sparse: a folder stands for what is in it', async () => {
    fill();
    git('commit', '-qm', 'x');
    git('sparse-checkout', 'set', '--cone', '--sparse-index', 'deep');
    const found = await tracked();
    assert.deepEqual(found, listed('--sparse'));
    assert.ok(found.includes('many/'));
  });

  it('of a linked work tree is its own', async () => {
    fill();
    git('commit', '-qm', 'x');
    const linked = `${root}-linked`;
    git('worktree', 'add', '-q', linked);
    try {
      writeFileSync(join(root, 'only here'), '');
      git('add', 'only here');
      const paths: string[] = [];
      await readTracked(linked, (path) => paths.push(path));
      assert.deepEqual(
        paths.toSorted(),
        listed().filter((path) => path !== 'only here'),
      );
    } finally {
      rmSync(linked, { recursive: true });
    }
  });

  it('of a submodule is its own', async () => {
    fill();
    git('commit', '-qm', 'x');
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', root, 'inner/module');
    const paths: string[] = [];
    await readTracked(join(root, 'inner/module'), (path) => paths.push(path));
    assert.deepEqual(paths.toSorted(), files.toSorted());
  });

  it('that is damaged is told of, wherever it is cut off or changed', () => {
    fill();
    git('update-index', '--index-version', '4');
    const whole = readFileSync(join(root, '.git/index'));
    const read = (bytes: Buffer): { paths: number; ok: boolean } => {
      const found = indexPaths(bytes);
      for (let paths = 0; ; paths += 1) {
        const step = found.next();
        if (step.done === true) return { paths, ok: step.value.ok };
      }
    };
    assert.deepEqual(read(whole), { paths: files.length, ok: true });
    for (let length = 0; length < whole.length - 500; length += 7)
      assert.equal(read(whole.subarray(0, length)).ok, false, String(length));
    for (let at = 0; at < whole.length; at += 5) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      assert.ok(read(changed).paths <= files.length); // it ends, and throws nothing
    }
    assert.equal(read(Buffer.from('no index at all')).ok, false);
  });

  it('of few bytes does not become any amount of text', () => {
    // Each path is as long as the one before, of which it says that it is the same.
    const entry = (name: Buffer, length: number): Buffer => {
      const head = Buffer.alloc(62);
      head.writeUInt16BE(Math.min(length, 0xf_ff), 60);
      return Buffer.concat([head, Buffer.from([0]), name, Buffer.from([0])]);
    };
    const count = 200_000;
    const header = Buffer.from('DIRC\0\0\0\u0004\0\0\0\0', 'latin1');
    header.writeUInt32BE(count, 8);
    const first = entry(Buffer.alloc(4096, 'a'), 4096);
    const others = Array.from({ length: count - 1 }, () => entry(Buffer.alloc(0), 4096));
    const found = indexPaths(Buffer.concat([header, first, ...others, Buffer.alloc(20)]));
    let paths = 0;
    for (let step = found.next(); ; step = found.next()) {
      if (step.done === true) {
        assert.deepEqual(step.value, { ok: false, problem: 'it is too large' });
        break;
      }
      paths += 1;
    }
    assert.ok(paths < count);
  });
});
