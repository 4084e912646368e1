import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyModel, type KeyModel } from '../../../src/ui/tree/keyModel.ts';
import { nodeId, type KeyTreeNode } from '../../../src/ui/tree/nodes.ts';
import { aKey } from '../fixtures.ts';

const account = { id: 'acct_1', name: 'Example shop', organization: undefined, platform: undefined };

function everyNode(model: KeyModel, nodes: readonly KeyTreeNode[] = model.roots()): KeyTreeNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(model, model.children(node))]);
}

describe('keyModel', () => {
  const model = keyModel(
    [account],
    [
      aKey({ id: 'mk_a' }),
      aKey({ id: 'mk_b', mode: 'live' }),
      aKey({ id: 'mk_c', kind: 'restricted' }),
      aKey({ id: 'mk_d', owner: { account: 'acct_2' } }),
    ],
  );

  it('puts each key under its account, mode and list', () => {
    assert.deepEqual(everyNode(model).map(nodeId), [
      'acct_1',
      'acct_1/sandbox',
      'acct_1/sandbox/standard',
      'mk_a',
      'acct_1/sandbox/restricted',
      'mk_c',
      'acct_1/live',
      'acct_1/live/standard',
      'mk_b',
      'acct_1/live/restricted',
    ]);
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
