import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../../src/emulator/store/database.ts';
import { storeSchema } from '../../../src/emulator/store/migrations.ts';
import { fakeToken } from '../fixtures.ts';
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

describe('a store from when answers were remembered with their tokens', () => {
  it('holds none of them any more, in none of its files', () => {
    const folder = new StoreFolder();
    const tokenAt = (index: number): string => fakeToken(`sk_test_n${index}n`, 90);
    const body = (index: number): string =>
      JSON.stringify({ object: 'v2.iam.api_key', id: 'mk_1', secret_key: { token: tokenAt(index) } });
    const rows = Array.from({ length: 300 }, (_, index) => index);
    writeOldStore(
      folder.path,
      4,
      rows
        .map(
          (index) =>
            `INSERT INTO idempotency VALUES ('acct_1', 'sandbox', '${(index * 149) % 300}', x'00', 'req_1', 200, '${body(index)}', 1);`,
        )
        .join('') +
        `INSERT INTO idempotency VALUES ('acct_1', 'sandbox', 'customer', x'00', 'req_2', 200, '{"object":"customer"}', 1);`,
    );
    const there = (): number[] => rows.filter((index) => folder.filesWith(`n${index}n`).length > 0);
    assert.equal(there().length, rows.length);
    const store = folder.open();
    assert.deepEqual(there(), []);
    assert.equal(
      store.idempotency.find({ account: 'acct_1', mode: 'sandbox' }, 'customer', new Date(2))?.request,
      'req_2',
    );
    folder.remove();
  });
});
