import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findKey, type UsableKey } from '../../../src/ui/use/findKey.ts';

const aKey = (id: string, over: Partial<UsableKey> = {}): UsableKey => ({
  id,
  name: 'Secret key',
  kind: 'secret',
  mode: 'sandbox',
  mask: 'sk_test_…1234',
  owner: { id: 'acct_1', name: 'Platform' },
  ...over,
});

describe('findKey', () => {
  const keys = [
    aKey('mk_1'),
    aKey('mk_2', { mode: 'live' }),
    aKey('mk_3', { owner: { id: 'acct_2', name: 'Other' } }),
    aKey('own_1', { name: 'our shop', owner: undefined, mode: 'live' }),
    aKey('own_2', { name: 'twice', owner: undefined }),
    aKey('own_3', { name: 'twice', owner: undefined }),
    aKey('mk_4', { name: 'mk_1' }),
  ];
  it('means the replacement of a key that was rotated, by its id and by its name', () => {
    const replaced = new Map([
      ['mk_1', 'mk_5'],
      ['mk_8', 'mk_9'],
    ]);
    const current = (id: string): string => replaced.get(id) ?? id;
    const both = [aKey('mk_1'), aKey('mk_5'), aKey('mk_8', { name: 'left alone' })];
    for (const [wanted, id] of [
      ['mk_1', 'mk_5'],
      ['mk_5', 'mk_5'],
      ['Secret key', 'mk_5'],
      ['mk_8', 'mk_8'], // its replacement is not there
      ['left alone', 'mk_8'],
    ] as const) {
      const found = findKey(both, wanted, { account: 'acct_1', mode: 'sandbox' }, current);
      assert.equal(found.ok ? found.value.id : found.problem.kind, id, wanted);
    }
    const before = findKey(both, 'Secret key', { account: 'acct_1', mode: 'sandbox' });
    assert.equal(before.ok, false, 'without it there are two of that name');
  });

  const workedIn = { account: 'acct_1', mode: 'sandbox' } as const;

  for (const [why, wanted, place, id] of [
    ['an id', 'mk_3', workedIn, 'mk_3'],
    ['an id that is also a name', 'mk_1', workedIn, 'mk_1'],
    ['the only key of a name, whatever is worked in', 'our shop', workedIn, 'own_1'],
    ['the key of the account and mode that are worked in', 'Secret key', workedIn, 'mk_1'],
    ['the same in live', 'Secret key', { account: 'acct_1', mode: 'live' }, 'mk_2'],
  ] as const) {
    it(`finds ${why}`, () => {
      const found = findKey(keys, wanted, place);
      assert.equal(found.ok ? found.value.id : found.problem.kind, id);
    });
  }

  for (const [why, wanted, place, kind] of [
    ['what is called so nowhere', 'secret key', workedIn, 'useUnknown'],
    ['several of a name', 'twice', workedIn, 'useAmbiguous'],
    ['several, none of them where one works', 'Secret key', { account: 'acct_9', mode: 'live' }, 'useAmbiguous'],
  ] as const) {
    it(`refuses ${why}`, () => {
      const found = findKey(keys, wanted, place);
      assert.equal(found.ok ? found.value.id : found.problem.kind, kind);
    });
  }
});
