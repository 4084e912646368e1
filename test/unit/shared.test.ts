import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { replaceFile } from '../../src/shared/replaceFile.ts';

describe('replaceFile', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes and replaces, readable by the owner only', async () => {
    const path = join(folder, 'a.json');
    await replaceFile(path, 'one');
    await replaceFile(path, 'two');
    assert.equal(readFileSync(path, 'utf8'), 'two');
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['a.json']);
  });

  it('leaves nothing behind where it fails', async () => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    await assert.rejects(replaceFile(path, 'text'));
    assert.deepEqual(readdirSync(folder), ['taken']);
  });

  it('writes into no draft that somebody has put there', async () => {
    const [path, elsewhere] = [join(folder, 'a.json'), join(folder, 'elsewhere')];
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, `${path}.${process.pid}.tmp`);
    await replaceFile(path, 'secret');
    assert.equal(readFileSync(elsewhere, 'utf8'), 'mine');
    assert.equal(readFileSync(path, 'utf8'), 'secret');
  });

  it('names every draft differently', async () => {
    const names = new Set<string>();
    const watcher = watch(folder, (_, name) => name?.endsWith('.tmp') && names.add(name));
    try {
      for (let count = 0; names.size < 4 && count < 100; count += 1) {
        await replaceFile(join(folder, 'a.json'), String(count));
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      watcher.close();
    }
    assert.ok(names.size >= 4);
  });

  it('replaces a link, and leaves what it leads to', async () => {
    const [path, elsewhere] = [join(folder, 'a.json'), join(folder, 'elsewhere')];
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, path);
    await replaceFile(path, 'secret');
    assert.equal(readFileSync(elsewhere, 'utf8'), 'mine');
  });

  it('gives the mode that is asked for, whatever the umask', async () => {
    const old = process.umask(0o077);
    try {
      await replaceFile(join(folder, 'a'), '', { mode: 0o664 });
    } finally {
      process.umask(old);
    }
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'a')).mode & 0o777, 0o664);
  });

  describe('inside a folder', () => {
    let inside = '';
    beforeEach(() => {
      inside = join(folder, 'inside');
      mkdirSync(inside);
      mkdirSync(join(folder, 'outside'));
    });

    it('writes there, also where the folder is named by a link', async () => {
      symlinkSync(inside, join(folder, 'link'));
      await replaceFile(join(inside, 'a'), '1', { inside: join(folder, 'link') });
      await replaceFile(join(folder, 'link', 'b'), '2', { inside });
      assert.deepEqual(readdirSync(inside), ['a', 'b']);
    });

    it('writes nothing through a folder that leads out of it', async () => {
      symlinkSync(join(folder, 'outside'), join(inside, 'way'));
      await assert.rejects(replaceFile(join(inside, 'way', 'a'), 'secret', { inside }), /leads out of the folder/);
      assert.deepEqual(readdirSync(join(folder, 'outside')), []);
    });

    it('writes nothing beside it', async () => {
      await assert.rejects(replaceFile(join(folder, 'inside2'), 'secret', { inside }), /leads out of the folder/);
      assert.ok(!existsSync(join(folder, 'inside2')));
    });

    it('replaces no link and no folder', async () => {
      symlinkSync(join(folder, 'outside', 'a'), join(inside, 'a'));
      await assert.rejects(replaceFile(join(inside, 'a'), 'secret', { inside }), /not a regular file/);
      assert.deepEqual(readdirSync(inside), ['a']);
    });
  });
});
