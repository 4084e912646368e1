import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../../src/emulator/store/database.ts';
import { storeSchema } from '../../../src/emulator/store/migrations.ts';
import { StoreFolder } from './storeFolder.ts';

const now = new Date('2026-10-01T12:00:00Z');

/** What stood in a store before its schema had so many steps. */
function writeOldStore(path: string, steps: number, sql: string): void {
  const opened = openDatabase(path, { ...storeSchema, migrations: storeSchema.migrations.slice(0, steps) });
  assert.ok(opened.ok);
  opened.value.exec(sql);
  opened.value.close();
}

describe('a store from when no permissions meant all of them', () => {
  let folder: StoreFolder;
  beforeEach(() => {
    folder = new StoreFolder();
    const key = (id: string, kind: string, permissions: string, note: string, deleted = 'NULL'): string =>
      `INSERT INTO keys (id, ${kind === 'organization' ? 'organization' : 'account'}, mode, kind, name, hash, mask, created, permissions, note, deleted)
       VALUES ('${id}', '${kind === 'organization' ? 'org_1' : 'acct_1'}', 'sandbox', '${kind}', 'x', x'${Buffer.from(id).toString('hex')}', '…', 1, '${permissions}', '${note}', ${deleted});`;
    writeOldStore(
      folder.path,
      3,
      `INSERT INTO organizations VALUES ('org_1', 'x'); INSERT INTO accounts VALUES ('acct_1', 'x', 'org_1', NULL);
       ${key('mk_all', 'organization', '[]', '')}
       ${key('mk_noted', 'organization', '[]', 'in the safe')}
       ${key('mk_reader', 'organization', '["customer_read"]', '')}
       ${key('mk_deleted', 'organization', '[]', '', '7')}
       ${key('mk_secret', 'secret', '[]', '')}
       ${key('mk_restricted', 'restricted', '[]', '')}`,
    );
  });
  afterEach(() => folder.remove());

  for (const [id, permissions, note] of [
    ['mk_all', [], /^\(Keysmith: this key has no permissions.*Edit its permissions/],
    ['mk_noted', [], /^in the safe \(Keysmith: this key has no permissions/],
    ['mk_reader', ['customer_read'], /^$/],
    ['mk_deleted', [], /^$/],
    ['mk_secret', [], /^$/],
    ['mk_restricted', [], /^$/],
  ] as const) {
    it(`leaves ${id} what it was granted, and says in its note where that is nothing now`, () => {
      const key = folder.open().keys.find(id, now);
      assert.deepEqual(key?.permissions, permissions);
      assert.match(key.note, note);
    });
  }

  it('says it once', () => {
    folder.open();
    assert.equal(
      folder
        .open()
        .keys.find('mk_all', now)
        ?.note.match(/Keysmith/g)?.length,
      1,
    );
  });
});
