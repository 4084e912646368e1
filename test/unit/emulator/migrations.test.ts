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

describe('a store from when payment details were kept as they came', () => {
  it('holds none of them any more, in none of its files, and keeps the rest of its objects', () => {
    const folder = new StoreFolder();
    const secrets = ['4242424242424242', '9x7k1', '000123456789', 'DE89370400440532013000', '805317294', '6z9q4'];
    const [number, cvc, account_number, iban, id_number, ssn_last_4] = secrets;
    const card = { number, cvc, exp_month: 8 };
    const objects = [
      { id: 'pm_1', card, sepa_debit: { iban }, us_bank_account: { account_number, routing_number: '110000000' } },
      { id: 'tok_1', card, bank_account: { account_number }, pii: { id_number } },
      { id: 'pi_1', payment_method_data: { card, us_bank_account: { account_number } } },
      { id: 'cus_1', name: 'Ada', source: card },
      { id: 'ba_1', external_account: { account_number } },
      { id: 'person_1', id_number, ssn_last_4, first_name: 'Ada' },
      { id: 'acct_2', identity: { individual: { id_numbers: [{ value: id_number }] } } },
      { id: 'usba_1', account_number },
      { id: 'in_1', number: 'INV-1' },
    ];
    writeOldStore(
      folder.path,
      5,
      objects
        .map(
          (one) =>
            `INSERT INTO objects (account, mode, type, id, body) VALUES ('acct_1', 'sandbox', 't', '${one.id}', '${JSON.stringify(one)}');` +
            `INSERT INTO idempotency VALUES ('acct_1', 'sandbox', '${one.id}', x'00', 'req_1', 200, '${JSON.stringify(one)}', 1);`,
        )
        .join(''),
    );
    const there = (): string[] => secrets.filter((secret) => folder.filesWith(secret).length > 0);
    assert.deepEqual(there(), secrets);
    const store = folder.open();
    const kept = (id: string) => store.objects.find({ account: 'acct_1', mode: 'sandbox' }, 't', id);
    assert.deepEqual(kept('pm_1')?.['card'], { exp_month: 8 });
    assert.deepEqual(kept('pm_1')?.['us_bank_account'], { routing_number: '110000000' });
    assert.deepEqual(
      [kept('cus_1')?.['name'], kept('person_1')?.['first_name'], kept('in_1')?.['number']],
      ['Ada', 'Ada', 'INV-1'],
    );
    folder.close();
    assert.deepEqual(there(), []);
    folder.remove();
  });
});
