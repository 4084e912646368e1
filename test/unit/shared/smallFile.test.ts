import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { regularFileInside } from '../../../src/shared/regularFileInside.ts';
import { readSmallFile, readSmallFileSync } from '../../../src/shared/smallFile.ts';

describe('small files of a repository', function () {
  if (process.platform === 'win32') return; // without pipes in the file system, and links only for some users

  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-small-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const fifo = (path: string): Buffer => execFileSync('mkfifo', [path]);
  const sparse = (path: string): void => {
    writeFileSync(path, '');
    truncateSync(path, 5 * 1024 ** 3);
  };

  for (const [what, make, problem] of [
    ['nothing', () => undefined, 'absent'],
    ['a device', (path: string) => symlinkSync('/dev/zero', path), 'link'],
    ['a link to another file', (path: string) => symlinkSync('/etc/hostname', path), 'link'],
    ['a link that leads nowhere', (path: string) => symlinkSync('nowhere', path), 'link'],
    ['links in a circle', (path: string) => symlinkSync(path, path), 'link'],
    ['a folder', (path: string) => mkdirSync(path), 'notRegular'],
    ['a pipe', fifo, 'notRegular'],
    ['5 GB', sparse, 'tooLarge'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const path = join(folder, 'file');
      make(path);
      assert.deepEqual(await readSmallFile(path), { ok: false, problem });
      assert.deepEqual(readSmallFileSync(path), { ok: false, problem });
    });
  }

  it('reads no device that is named itself, nor one behind a link that is followed', async () => {
    const path = join(folder, 'file');
    symlinkSync('/dev/zero', path);
    assert.deepEqual(await readSmallFile('/dev/zero'), { ok: false, problem: 'notRegular' });
    assert.deepEqual(await readSmallFile(path, { links: 'follow' }), { ok: false, problem: 'notRegular' });
    assert.deepEqual(readSmallFileSync(path, { links: 'follow' }), { ok: false, problem: 'notRegular' });
  });

  it('reads no socket', async () => {
    const path = join(folder, 'file');
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once('listening', resolve));
    assert.deepEqual(await readSmallFile(path), { ok: false, problem: 'notRegular' });
    server.close();
  });

  it('reads up to its limit, and a link where it is told to', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'twelve bytes');
    symlinkSync(path, join(folder, 'link'));
    const whole = { ok: true, value: Buffer.from('twelve bytes') };
    assert.deepEqual(await readSmallFile(path, { most: 12 }), whole);
    assert.deepEqual(readSmallFileSync(path, { most: 12 }), whole);
    assert.deepEqual(await readSmallFile(path, { most: 11 }), { ok: false, problem: 'tooLarge' });
    assert.deepEqual(await readSmallFile(join(folder, 'link'), { links: 'follow' }), whole);
  });
});

describe('a regular file inside a folder', function () {
  if (process.platform === 'win32') return;

  let [folder, outside] = ['', ''];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-inside-'));
    outside = mkdtempSync(join(tmpdir(), 'keysmith-outside-'));
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'real'), 'x');
    writeFileSync(join(outside, 'real'), 'x');
  });
  afterEach(() => {
    for (const one of [folder, outside]) rmSync(one, { recursive: true, force: true });
  });

  const link =
    (to: string) =>
    (path: string): void =>
      symlinkSync(to.replace('OUTSIDE', outside), path);
  for (const [what, name, make, answer] of [
    ['a file', 'sub/real', undefined, 'sub/real'],
    ['a new file', '.env', undefined, '.env'],
    ['a new file in new folders', 'a/b/c', undefined, 'a/b/c'],
    ['a link to a file inside', '.env', link('sub/real'), 'sub/real'],
    ['a link out', '.env', link('OUTSIDE/real'), 'outside'],
    ['a link to a new file outside', '.env', link('OUTSIDE/new'), 'outside'],
    ['a link that leads nowhere', '.env', link('nowhere'), 'outside'],
    ['links in a circle', '.env', link('.env'), 'outside'],
    ['a device', '.env', link('/dev/null'), 'outside'],
    ['a folder', 'sub', undefined, 'notRegular'],
    ['the folder itself', '.', undefined, 'outside'],
    ['what is above', '../other', undefined, 'outside'],
    ['a file of a neighbour whose name begins alike', '../NEXT', undefined, 'outside'],
  ] as const) {
    it(`judges ${what}`, async () => {
      const path = join(folder, name.replace('NEXT', `${folder.split('/').at(-1)}2/x`));
      make?.(path);
      const found = await regularFileInside(folder, path);
      assert.equal(found.ok ? found.value.path.slice(folder.length + 1) : found.problem, answer);
    });
  }

  it('judges a file behind a folder that is a link out, whether it is there or not', async () => {
    symlinkSync(outside, join(folder, 'linked'));
    assert.deepEqual(await regularFileInside(folder, join(folder, 'linked/real')), { ok: false, problem: 'outside' });
    assert.deepEqual(await regularFileInside(folder, join(folder, 'linked/new')), { ok: false, problem: 'outside' });
  });

  it('judges by the real path of the folder too', async () => {
    const linked = join(outside, 'linked');
    symlinkSync(folder, linked);
    const found = await regularFileInside(linked, join(linked, 'sub/real'));
    assert.deepEqual(found, { ok: true, value: { path: join(folder, 'sub/real'), exists: true } });
  });

  it('judges a pipe, and what is too large', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    assert.deepEqual(await regularFileInside(folder, join(folder, 'pipe')), { ok: false, problem: 'notRegular' });
    truncateSync(join(folder, 'sub/real'), 5 * 1024 ** 3);
    assert.deepEqual(await regularFileInside(folder, join(folder, 'sub/real')), { ok: false, problem: 'tooLarge' });
  });
});
