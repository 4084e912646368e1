import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { storeSchema } from '../../../src/emulator/store/migrations.ts';
import { openDatabase } from '../../../src/emulator/store/database.ts';

describe('openDatabase', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-store-'));
    path = join(folder, 'emulator.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function openAndClose(): string {
    const opened = openDatabase(path, storeSchema);
    if (!opened.ok) return opened.problem.kind;
    opened.value.close();
    return 'opened';
  }

  it('makes a new store that only its owner can read, and opens it again', () => {
    assert.equal(openAndClose(), 'opened');
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(openAndClose(), 'opened');
  });

  it('refuses a store of a newer version and leaves it as it is', () => {
    openAndClose();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    const before = readFileSync(path);
    const opened = openDatabase(path, storeSchema);
    assert.deepEqual(opened, {
      ok: false,
      problem: { kind: 'storeNewer', path, found: 999, known: storeSchema.migrations.length },
    });
    assert.deepEqual(readFileSync(path), before);
  });

  for (const [why, write] of [
    [
      'a file that is no database',
      () => writeFileSync(path, 'not a database, and long enough to have a header'.repeat(50)),
    ],
    [
      "another program's database",
      () => {
        const other = new DatabaseSync(path);
        other.exec('CREATE TABLE theirs (x); PRAGMA application_id = 7');
        other.close();
      },
    ],
    [
      'a database with a destroyed page',
      () => {
        openAndClose();
        const bytes = readFileSync(path);
        bytes.fill(0xff, 4096, 4096 * 3);
        writeFileSync(path, bytes);
      },
    ],
  ] as const) {
    it(`refuses ${why} and leaves it as it is`, () => {
      write();
      const before = readFileSync(path);
      assert.equal(openAndClose(), 'storeDamaged');
      assert.deepEqual(readFileSync(path), before);
    });
  }

  it('refuses a folder where the file should be', () => {
    mkdirSync(path);
    assert.equal(openAndClose(), 'storeUnwritable');
  });

  it('refuses a store that another process has', () => {
    const first = openDatabase(path, storeSchema);
    assert.ok(first.ok);
    assert.equal(openAndClose(), 'storeInUse');
    first.value.close();
    assert.equal(openAndClose(), 'opened');
  });
});
