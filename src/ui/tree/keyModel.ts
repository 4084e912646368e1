import type { Account } from '../../domain/account.ts';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import { modes } from '../../domain/mode.ts';
import type { Result } from '../../domain/problem.ts';
import type { KeyService } from '../../management/keyService.ts';
import { ok } from '../../shared/result.ts';
import { groupOf, type AccountNode, type KeyNode, type KeyTreeNode } from './nodes.ts';

/** What the tree shows, read once a refresh and cut into rows as they are opened. */
export interface KeyModel {
  roots(): readonly AccountNode[];
  children(node: KeyTreeNode): readonly KeyTreeNode[];
  parent(node: KeyTreeNode): KeyTreeNode | undefined;
  keys(): readonly KeyNode[];
}

export async function readKeyModel(service: KeyService): Promise<Result<KeyModel>> {
  const [accounts, keys] = await Promise.all([service.accounts(), service.keys()]);
  if (!accounts.ok) return accounts;
  if (!keys.ok) return keys;
  return ok(keyModel(accounts.value, keys.value));
}

export function keyModel(accounts: readonly Account[], keys: readonly ApiKey[]): KeyModel {
  const keysByOwner = Map.groupBy(keys, (key) => ownerId(key.owner));
  const keyNodes = (account: Account): KeyNode[] =>
    (keysByOwner.get(account.id) ?? []).map((key) => ({ type: 'key', account, key }));

  const accountNode = (account: Account): AccountNode => ({ type: 'account', account, open: account === accounts[0] });

  return {
    roots: () => accounts.map(accountNode),
    keys: () => accounts.flatMap(keyNodes),
    children(node) {
      const { account } = node;
      switch (node.type) {
        case 'account':
          return modes.map((mode) => ({ type: 'mode', account, mode }));
        case 'mode':
          return (['standard', 'restricted'] as const).map((group) => ({
            type: 'group',
            account,
            mode: node.mode,
            group,
          }));
        case 'group':
          return keyNodes(account).filter(({ key }) => key.mode === node.mode && groupOf(key) === node.group);
        case 'key':
          return [];
        default:
          return node satisfies never;
      }
    },
    parent(node) {
      const { account } = node;
      switch (node.type) {
        case 'account':
          return undefined;
        case 'mode':
          return accountNode(account);
        case 'group':
          return { type: 'mode', account, mode: node.mode };
        case 'key':
          return { type: 'group', account, mode: node.key.mode, group: groupOf(node.key) };
        default:
          return node satisfies never;
      }
    },
  };
}
