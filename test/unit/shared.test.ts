import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
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
});
