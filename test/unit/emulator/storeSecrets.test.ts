import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createKey } from '../../../src/emulator/keys/createKey.ts';
import { deleteKey, revealKey, rotateKey } from '../../../src/emulator/keys/keyActions.ts';
import { sendCode } from '../../../src/emulator/keys/verify.ts';
import { defaultSeed } from '../../../src/emulator/seed/defaultSeed.ts';
import { plantSeed } from '../../../src/emulator/seed/plantSeed.ts';
import type { Store } from '../../../src/emulator/store/store.ts';
import { aKey, fakeToken } from '../fixtures.ts';
import { StoreFolder } from './storeFolder.ts';

const now = new Date('2026-10-01T12:00:00Z');
const account = 'acct_1aTnTtAAB0hHJ26p';

/** A token like no other, whose body stands nowhere else. */
const tokenOf = (index: number): string => fakeToken(`sk_live_n${index}n`, 90);

describe('the files of the store', () => {
  let folder: StoreFolder;
  let store: Store;
  beforeEach(() => {
    folder = new StoreFolder();
    store = folder.open();
    plantSeed(store, defaultSeed, now);
    store.keys.add(aKey({ id: 'mk_live', owner: { account }, mode: 'live' }), { token: tokenOf(1), keep: true });
  });
  afterEach(() => folder.remove());

  it('hold a live token that may still be revealed', () => {
    assert.notDeepEqual(folder.filesWith(tokenOf(1)), []);
    assert.equal(folder.open().keys.reveal('mk_live', now), tokenOf(1));
  });

  for (const [what, forget] of [
    ['is revealed', () => assert.ok(revealKey(store, 'mk_live', now).ok)],
    ['is deleted', () => store.transaction(() => assert.ok(deleteKey(store, 'mk_live', now).ok))],
    ['is rotated away', () => assert.ok(rotateKey(store, 'mk_live', 'now', now).ok)],
    [
      'has expired',
      () => {
        store.keys.update('mk_live', { expires: now });
        store.transaction(() => store.keys.forgetEnded(now));
      },
    ],
    ['is gone with a reset', () => store.clear()],
  ] as const) {
    it(`hold nothing of a live token once it ${what}`, () => {
      forget();
      assert.deepEqual(folder.filesWith(tokenOf(1).slice(10, 40)), []);
      assert.equal(store.keys.reveal('mk_live', now), undefined);
    });
  }

  it('hold it still before it has expired', () => {
    store.keys.update('mk_live', { expires: new Date(now.getTime() + 1) });
    store.transaction(() => store.keys.forgetEnded(now));
    assert.equal(store.keys.reveal('mk_live', now), tokenOf(1));
  });

  it('hold it still where revealing it was rolled back', () => {
    assert.throws(() =>
      store.transaction(() => {
        revealKey(store, 'mk_live', now);
        throw new Error('no');
      }),
    );
    const revealed = revealKey(store, 'mk_live', now);
    assert.ok(revealed.ok && revealed.value.token === tokenOf(1));
  });

  it('hold nothing of four hundred live tokens whose keys were edited before they were revealed', () => {
    const order = Array.from({ length: 400 }, (_, index) => 1000 + ((index * 149) % 400));
    for (const index of order.toSorted((one, other) => one - other)) {
      store.keys.add(aKey({ id: `mk_${index}`, owner: { account }, mode: 'live' }), {
        token: tokenOf(index),
        keep: true,
      });
      // Rows that grow are moved from page to page.
      if (index % 3 === 0) store.keys.update(`mk_${index - (index % 50)}`, { note: 'n'.repeat(index % 900) });
    }
    for (const index of order) assert.ok(revealKey(store, `mk_${index}`, now).ok);
    const found = order.filter((index) => folder.filesWith(`n${index}n`).length > 0);
    assert.deepEqual(found, []);
  });

  it('never hold a live token that is shown only when it is created', () => {
    const sent = sendCode(store, account, 'live', now);
    const created = createKey(
      store,
      {
        owner: { account },
        mode: 'live',
        kind: 'secret',
        name: 'Live',
        note: '',
        permissions: [],
        connectPermissions: [],
        addresses: [],
        verification: sent,
      },
      now,
    );
    assert.ok(created.ok);
    const body = created.value.token.slice(-40);
    assert.deepEqual(folder.filesWith(body), []);
    folder.close();
    assert.deepEqual(folder.filesWith(body), []);
    assert.ok(folder.open().keys.findByToken(created.value.token, now));
  });

  it('hold the token of a scheduled rotation until it is revealed, and the old one until its own is', () => {
    const rotated = rotateKey(store, 'mk_live', { minutes: 60 }, now);
    assert.ok(rotated.ok);
    const { key, token } = rotated.value;
    assert.notDeepEqual(folder.filesWith(token), []);
    assert.ok(revealKey(store, key.id, now).ok);
    assert.deepEqual(folder.filesWith(token.slice(-40)), []);
    assert.notDeepEqual(folder.filesWith(tokenOf(1)), []);
  });
});
