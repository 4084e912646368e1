import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nodeId, type VaultTreeNode } from '../../../src/ui/tree/nodes.ts';
import { treeModel, type TreeModel } from '../../../src/ui/tree/treeModel.ts';
import { filterEntries, keptApart, vaultModel } from '../../../src/ui/tree/vaultModel.ts';
import type { KeptEntry, ListedEntry } from '../../../src/vault/entry.ts';

const anEntry = (id: string, over: Partial<KeptEntry> = {}): KeptEntry => ({
  state: 'kept',
  id,
  name: id,
  kind: 'secret',
  mode: 'sandbox',
  mask: 'sk_test_…1234',
  stored: new Date('2026-01-01T00:00:00Z'),
  ...over,
});

const entries: readonly ListedEntry[] = [
  anEntry('mk_gone'),
  anEntry('mk_known'),
  { state: 'damaged', id: 'mk_broken' },
  anEntry('own_2', { name: 'key 10' }),
  anEntry('own_1', { name: 'key 9', mode: 'live', mask: 'sk_live_…aB3d' }),
  { state: 'newer', id: 'own_new' },
];
const ids = (listed: readonly ListedEntry[]): string[] => listed.map(({ id }) => id);

describe('keptApart', () => {
  for (const [why, keys, left] of [
    [
      'all but what has a row of its own, while the service runs',
      { has: ['mk_known', 'mk_broken'], deleted: [] },
      ['mk_gone', 'mk_broken', 'own_2', 'own_1', 'own_new'],
    ],
    [
      'out what the service has deleted, whoever did that',
      { has: ['mk_known'], deleted: ['mk_gone', 'mk_broken'] },
      ['own_2', 'own_1', 'own_new'],
    ],
    [
      'what was put in by hand and what cannot be read, while it does not',
      undefined,
      ['mk_broken', 'own_2', 'own_1', 'own_new'],
    ],
  ] as const) {
    it(`leaves ${why}`, () => {
      const known = keys && {
        has: (id: string) => keys.has.some((one) => one === id),
        deleted: (id: string) => keys.deleted.some((one) => one === id),
        nameOf: () => undefined,
      };
      assert.deepEqual(ids(keptApart(entries, known)), left);
    });
  }
});

describe('filterEntries', () => {
  for (const [text, left] of [
    [' ', ids(entries)],
    ['KEY 1', ['own_2']],
    ['ab3D', ['own_1']],
    ['mk_b', ['mk_broken']],
    ['nothing', []],
  ] as const) {
    it(`finds ${left.length} for ${JSON.stringify(text)}`, () =>
      assert.deepEqual(ids(filterEntries(entries, text)), left));
  }
});

describe('vaultModel', () => {
  const rows = (model: TreeModel, nodes = model.roots()): string[] =>
    nodes.flatMap((node) => [nodeId(node), ...rows(model, model.children(node))]);
  const tree = (some: readonly ListedEntry[], readable = true): TreeModel =>
    treeModel(undefined, vaultModel(some, readable), { type: 'status', state: 'stopped' });

  it('groups keys by mode and sorts them by name as a person counts, entries that cannot be read last', () => {
    assert.deepEqual(rows(tree([...entries, anEntry('own_3', { name: 'key 9' })])), [
      'status',
      'vault',
      'vault/sandbox',
      'vault/own_3',
      'vault/own_2',
      'vault/mk_gone',
      'vault/mk_known',
      'vault/live',
      'vault/own_1',
      'vault/mk_broken',
      'vault/own_new',
    ]);
  });

  it('leaves the tree empty, for its welcome view, where it has nothing', () => assert.deepEqual(rows(tree([])), []));

  it('has a row that says so where the storage refuses', () =>
    assert.deepEqual(vaultModel([], false).roots(), [{ type: 'vault', readable: false }]));

  it('shows no mode without keys', () =>
    assert.deepEqual(rows(tree([anEntry('own_1')])), ['status', 'vault', 'vault/sandbox', 'vault/own_1']));

  it('finds the parent of every row', () => {
    const model = vaultModel(entries);
    const check = (node: VaultTreeNode): void => {
      for (const child of model.children(node)) {
        assert.equal(nodeId(model.parent(child) ?? child), nodeId(node));
        check(child);
      }
    };
    model.roots().forEach(check);
  });
});
