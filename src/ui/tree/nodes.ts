import type { Account } from '../../domain/account.ts';
import type { ApiKey } from '../../domain/key.ts';
import type { Mode } from '../../domain/mode.ts';

export type Group = 'standard' | 'restricted';

export interface AccountNode {
  readonly type: 'account';
  readonly account: Account;
  /** Shown open at first: the first account only, so that a tree of many begins short. */
  readonly open: boolean;
}
export interface ModeNode {
  readonly type: 'mode';
  readonly account: Account;
  readonly mode: Mode;
}
export interface GroupNode {
  readonly type: 'group';
  readonly account: Account;
  readonly mode: Mode;
  readonly group: Group;
}
export interface KeyNode {
  readonly type: 'key';
  readonly account: Account;
  readonly key: ApiKey;
}
export type KeyTreeNode = AccountNode | ModeNode | GroupNode | KeyNode;

/** The list in which Stripe's API keys page shows a key. */
export const groupOf = (key: ApiKey): Group => (key.kind === 'restricted' ? 'restricted' : 'standard');

/** Stable over refreshes, so that the editor keeps expansion and selection. */
export function nodeId(node: KeyTreeNode): string {
  switch (node.type) {
    case 'account':
      return node.account.id;
    case 'mode':
      return `${node.account.id}/${node.mode}`;
    case 'group':
      return `${node.account.id}/${node.mode}/${node.group}`;
    case 'key':
      return node.key.id;
    default:
      return node satisfies never;
  }
}
