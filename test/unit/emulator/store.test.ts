import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { EmulatorClock } from '../../../src/emulator/emulatorClock.ts';
import { storeSchema } from '../../../src/emulator/store/migrations.ts';
import type { Store } from '../../../src/emulator/store/store.ts';
import { aKey, testSecret } from '../fixtures.ts';
import { StoreFolder } from './storeFolder.ts';

const now = new Date('2026-10-01T12:00:00Z');
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);
const ours = 0x4b_73_6d_45;

const { migrations } = storeSchema;

describe('the store', () => {
  let folder: StoreFolder;
  beforeEach(() => {
    folder = new StoreFolder();
  });
  afterEach(() => folder.remove());

  describe('is brought up to date', () => {
    for (const version of migrations.keys()) {
      it(`from version ${version}, with the keys it has`, () => {
        const old = new DatabaseSync(folder.path);
        for (const [step, migration] of migrations.slice(0, version).entries()) {
          old.exec(migration);
          if (step === 0)
            old.exec(`
              INSERT INTO accounts (id, name) VALUES ('acct_1', 'One');
              INSERT INTO keys (id, account, mode, kind, name, hash, token, mask, created)
              VALUES ('mk_1', 'acct_1', 'sandbox', 'secret', 'Old', x'00', '${testSecret()}', '…', 0)`);
        }
        if (version > 0) old.exec(`PRAGMA user_version = ${version}; PRAGMA application_id = ${ours}`);
        old.close();
        const store = folder.open();
        const keys = store.keys.list({}, now).map(({ name, id }) => [name, store.keys.reveal(id, now)]);
        assert.deepEqual(keys, version === 0 ? [] : [['Old', testSecret()]]);
        folder.close();
        const current = new DatabaseSync(folder.path);
        assert.deepEqual({ ...current.prepare('PRAGMA user_version').get() }, { user_version: migrations.length });
        current.close();
      });
    }

    it('whole or not at all', () => {
      const old = new DatabaseSync(folder.path);
      old.exec(migrations[0] ?? '');
      old.exec(`CREATE TABLE tokens (in_the_way); PRAGMA user_version = 1; PRAGMA application_id = ${ours}`);
      old.close();
      assert.throws(() => folder.open());
      const after = new DatabaseSync(folder.path);
      assert.deepEqual({ ...after.prepare('PRAGMA user_version').get() }, { user_version: 1 });
      assert.ok(after.prepare('SELECT token FROM keys').all());
      after.close();
    });
  });

  it('is for its owner only, with its write-ahead log, whatever it was before', function () {
    if (process.platform === 'win32') this.skip();
    const umask = process.umask(0);
    try {
      folder.open();
      assert.deepEqual(folder.modes(), [0o600, 0o600]);
      folder.close();
      chmodSync(folder.path, 0o644);
      folder.open();
      assert.deepEqual(folder.modes(), [0o600, 0o600]);
    } finally {
      process.umask(umask);
    }
  });

  describe('rolls a transaction back whole', () => {
    let store: Store;
    const place = { account: 'acct_1', mode: 'sandbox' } as const;
    beforeEach(() => {
      store = folder.open();
      store.accounts.add({ id: 'acct_1', name: 'One', organization: undefined, platform: undefined });
      store.keys.add(aKey(), { token: testSecret(), keep: true });
      store.settings.enforcement = 'audit';
    });

    for (const [what, change, seen] of [
      [
        'a new account',
        () => store.accounts.add({ id: 'acct_2', name: 'Two', organization: undefined, platform: undefined }),
        () => store.accounts.all().map(({ id }) => id),
      ],
      ['a deleted key', () => store.keys.delete('mk_1', now), () => store.keys.findByToken(testSecret(), now)?.status],
      ['an edit', () => store.keys.update('mk_1', { name: 'New' }), () => store.keys.find('mk_1', now)?.name],
      [
        'a new object',
        () => store.objects.add(place, 'customer', { id: 'cus_1' }),
        () => store.objects.find(place, 'customer', 'cus_1'),
      ],
      ['the enforcement', () => (store.settings.enforcement = 'off'), () => store.settings.enforcement],
      [
        'the clock',
        () => new EmulatorClock(() => now, store.settings).advance(60),
        () => new EmulatorClock(() => now, store.settings).now().toISOString(),
      ],
      [
        'a reset',
        () => store.clear(),
        () => [store.accounts.all(), store.settings.enforcement, store.keys.reveal('mk_1', now)],
      ],
      [
        'a transaction inside it',
        () => store.transaction(() => store.keys.update('mk_1', { note: 'x' })),
        () => store.keys.find('mk_1', now)?.note,
      ],
    ] as const) {
      it(`with ${what}`, () => {
        const before = seen();
        assert.throws(
          () =>
            store.transaction(() => {
              change();
              assert.notDeepEqual(seen(), before);
              throw new Error('no');
            }),
          /^Error: no$/,
        );
        assert.deepEqual(seen(), before);
        store = folder.open();
        assert.deepEqual(seen(), before);
      });
    }

    it('without losing the last uses that waited to be written', () => {
      store.touch('mk_1', now);
      assert.throws(() =>
        store.transaction(() => {
          store.clear();
          throw new Error('no');
        }),
      );
      store = folder.open();
      assert.deepEqual(store.keys.find('mk_1', now)?.lastUsed, now);
    });
  });

  it('does what is to follow a change once it is committed, and never where it was rolled back', () => {
    const store = folder.open();
    const done: string[] = [];
    const follow = (what: string): void => store.afterCommit(() => done.push(what));
    store.transaction(() => {
      follow('committed');
      store.transaction(() => follow('inside'));
      assert.deepEqual(done, []);
    });
    assert.throws(() =>
      store.transaction(() => {
        follow('rolled back');
        throw new Error('no');
      }),
    );
    follow('outside');
    assert.deepEqual(done, ['committed', 'inside', 'outside']);
  });

  describe('knows an idempotency key', () => {
    const place = { account: 'acct_1', mode: 'live' } as const;
    const replay = { fingerprint: Buffer.from('f'), request: 'req_1', status: 200, body: '{}' };
    for (const [when, known] of [
      [now, true],
      [later(23.99), true],
      [later(24), false],
      [later(48), false],
    ] as const) {
      it(`${known ? 'still' : 'no longer'} at ${when.toISOString()}`, () => {
        const store = folder.open();
        store.idempotency.add(place, 'key', replay, now);
        assert.equal(store.idempotency.find(place, 'key', when) !== undefined, known);
      });
    }

    it('in its own account and mode only', () => {
      const store = folder.open();
      store.idempotency.add(place, 'key', replay, now);
      assert.deepEqual(store.idempotency.find(place, 'key', now), replay);
      assert.equal(store.idempotency.find({ ...place, mode: 'sandbox' }, 'key', now), undefined);
      assert.equal(store.idempotency.find({ ...place, account: 'acct_2' }, 'key', now), undefined);
    });

    it('and clears those away that are over', () => {
      const store = folder.open();
      store.transaction(() => {
        for (let index = 0; index < 1200; index += 1)
          store.idempotency.add(place, `key ${index}`, replay, index < 600 ? now : later(25));
      });
      folder.close();
      const database = new DatabaseSync(folder.path);
      const { count } = database.prepare('SELECT count(*) AS count FROM idempotency').get() as { count: number };
      database.close();
      assert.equal(count, 600);
    });
  });
});
