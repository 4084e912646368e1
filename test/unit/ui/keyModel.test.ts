import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Account } from '../../../src/domain/account.ts';
import { filterKeys, keyModel, type KeyModel } from '../../../src/ui/tree/keyModel.ts';
import { nodeId, type ServiceNode } from '../../../src/ui/tree/nodes.ts';
import { aKey } from '../fixtures.ts';

const anAccount = (id: string, over: Partial<Account> = {}): Account => ({
  id,
  name: id,
  organization: undefined,
  platform: undefined,
  ...over,
});

function everyNode(model: KeyModel, nodes: readonly ServiceNode[] = model.roots()): ServiceNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(model, model.children(node))]);
}

const modesOf = (account: string, keys: Record<string, string[]> = {}): string[] =>
  ['sandbox', 'live'].flatMap((mode) => [
    `${account}/${mode}`,
    ...['standard', 'restricted'].flatMap((group) => [
      `${account}/${mode}/${group}`,
      ...(keys[`${mode}/${group}`] ?? []),
    ]),
  ]);

describe('keyModel', () => {
  const model = keyModel({
    organizations: [{ id: 'org_1', name: 'Organization' }],
    accounts: [
      anAccount('acct_1', { organization: 'org_1' }),
      anAccount('acct_2', { organization: 'org_1', platform: 'acct_1' }),
      anAccount('acct_3'),
    ],
    keys: [
      aKey({ id: 'mk_a' }),
      aKey({ id: 'mk_b', mode: 'live' }),
      aKey({ id: 'mk_c', kind: 'restricted' }),
      aKey({ id: 'mk_d', owner: { account: 'acct_gone' } }),
      aKey({ id: 'mk_e', owner: { organization: 'org_1' }, kind: 'organization', mode: 'live' }),
      aKey({ id: 'mk_f', owner: { account: 'acct_2' } }),
    ],
  });

  it('puts each key under its organization, account, mode and list', () => {
    assert.deepEqual(everyNode(model).map(nodeId), [
      'org_1',
      'org_1/all/organization',
      'mk_e',
      'acct_1',
      ...modesOf('acct_1', { 'sandbox/standard': ['mk_a'], 'sandbox/restricted': ['mk_c'], 'live/standard': ['mk_b'] }),
      'acct_2',
      ...modesOf('acct_2', { 'sandbox/standard': ['mk_f'] }),
      'acct_3',
      ...modesOf('acct_3'),
    ]);
  });

  it('gives every row an id of its own', () => {
    const ids = everyNode(model).map(nodeId);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('finds the parent of every row', () => {
    for (const node of everyNode(model)) {
      for (const child of model.children(node)) {
        const parent = model.parent(child);
        assert.equal(parent && nodeId(parent), nodeId(node));
      }
    }
  });
});

describe('a long list', () => {
  const keys = ['a', 'b', 'c', 'd', 'e'].map((name) => aKey({ id: `mk_${name}` }));
  const group = 'acct_1/sandbox/standard';
  const listIn = (model: KeyModel): ServiceNode => {
    const list = everyNode(model).find((node) => nodeId(node) === group);
    assert.ok(list);
    return list;
  };
  for (const [shown, rows] of [
    [2, ['mk_a', 'mk_b', `${group}/more`]],
    [4, ['mk_a', 'mk_b', 'mk_c', 'mk_d', `${group}/more`]],
    [5, ['mk_a', 'mk_b', 'mk_c', 'mk_d', 'mk_e']],
    [200, ['mk_a', 'mk_b', 'mk_c', 'mk_d', 'mk_e']],
  ] as const) {
    const model = keyModel(
      { organizations: [], accounts: [anAccount('acct_1')], keys },
      { shown: (list) => (list === group ? shown : 0) },
    );
    it(`of 5 keys has ${rows.length} rows where ${shown} keys may be shown, and says how many there are`, () => {
      const list = listIn(model);
      const children = model.children(list);
      assert.deepEqual(children.map(nodeId), rows);
      assert.equal(model.size(list), 5);
      assert.equal(model.keys().length, 5);
      const more = children.find((node) => node.type === 'more');
      assert.equal(more?.hidden ?? 0, 5 - Math.min(shown, 5));
      assert.equal(more && nodeId(model.parent(more) ?? more), more && group);
    });
  }

  it('tells how far down a key stands', () => {
    const model = keyModel({ organizations: [], accounts: [anAccount('acct_1')], keys }, { shown: () => 1 });
    assert.deepEqual(model.lists(), [group]);
    assert.deepEqual(
      model.keys().map((node) => model.placeOf(node)),
      [1, 2, 3, 4, 5].map((place) => ({ list: group, place })),
    );
  });
});

describe('filterKeys', () => {
  const keys = [
    aKey({ id: 'mk_one', name: 'Billing worker', mask: 'rk_test_…aB3d' }),
    aKey({ id: 'mk_two', name: 'Checkout', note: 'in the safe', mask: 'sk_live_…9999' }),
  ];
  for (const [text, ids] of [
    ['', ['mk_one', 'mk_two']],
    ['  ', ['mk_one', 'mk_two']],
    ['BILL', ['mk_one']],
    ['safe', ['mk_two']],
    ['ab3D', ['mk_one']],
    ['mk_', ['mk_one', 'mk_two']],
    ['nothing', []],
  ] as const) {
    it(`finds ${ids.length} for ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        filterKeys(keys, text).map(({ id }) => id),
        ids,
      ));
  }
});
