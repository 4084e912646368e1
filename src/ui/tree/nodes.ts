import type { Account, Organization } from '../../domain/account.ts';
import type { ApiKey, Owner } from '../../domain/key.ts';
import type { Mode } from '../../domain/mode.ts';
import type { KeptEntry, UnreadableEntry } from '../../vault/entry.ts';

/** Whose keys they are, with the name a person knows. */
export interface NamedOwner {
  readonly owner: Owner;
  readonly id: string;
  readonly name: string;
}

/** The lists of Stripe's API keys page, and that of an organization. */
export type Group = 'standard' | 'restricted' | 'organization';

export interface OrganizationNode {
  readonly type: 'organization';
  readonly organization: Organization;
}
export interface AccountNode {
  readonly type: 'account';
  readonly account: Account;
  /** Shown open at first: the first account only, so that a tree of many begins short. */
  readonly open: boolean;
}
export interface ModeNode {
  readonly type: 'mode';
  readonly owner: NamedOwner;
  readonly mode: Mode;
}
export interface GroupNode {
  readonly type: 'group';
  readonly owner: NamedOwner;
  readonly group: Group;
  /** Undefined for an organization's keys, which stand in one list. */
  readonly mode: Mode | undefined;
}
export interface KeyNode {
  readonly type: 'key';
  readonly owner: NamedOwner;
  readonly key: ApiKey;
}
/** Stands for the keys of a long list that are not shown yet. */
export interface MoreNode {
  readonly type: 'more';
  readonly list: GroupNode;
  /** How many it stands for. */
  readonly hidden: number;
}
/** What a service of keys has. */
export type ServiceNode = OrganizationNode | AccountNode | ModeNode | GroupNode | KeyNode | MoreNode;

/** What the vault keeps and no other row shows. */
export interface VaultNode {
  readonly type: 'vault';
  /** False where the editor's secret storage refuses. */
  readonly readable: boolean;
}
export interface VaultModeNode {
  readonly type: 'vaultMode';
  readonly mode: Mode;
}
export interface KeptNode {
  readonly type: 'kept';
  readonly entry: KeptEntry;
}
export interface UnreadableNode {
  readonly type: 'unreadable';
  readonly entry: UnreadableEntry;
}
export type VaultTreeNode = VaultNode | VaultModeNode | KeptNode | UnreadableNode;

/** Why there are no keys of a service, and the way to have them: it takes the place of the welcome view where the vault has rows. */
export interface StatusNode {
  readonly type: 'status';
  readonly state: 'stopped' | 'starting' | 'failed' | 'untrusted';
}

export type KeyTreeNode = StatusNode | ServiceNode | VaultTreeNode;

/** The list in which a key stands. */
export function groupOf({ kind }: ApiKey): Group {
  return kind === 'restricted' || kind === 'organization' ? kind : 'standard';
}

export const accountOwner = ({ id, name }: Account): NamedOwner => ({ owner: { account: id }, id, name });
export const organizationOwner = ({ id, name }: Organization): NamedOwner => ({
  owner: { organization: id },
  id,
  name,
});

export const groupId = (owner: string, mode: Mode | undefined, group: Group): string =>
  `${owner}/${mode ?? 'all'}/${group}`;

/** Stable over refreshes, so that the editor keeps expansion and selection. */
export function nodeId(node: KeyTreeNode): string {
  switch (node.type) {
    case 'organization':
      return node.organization.id;
    case 'account':
      return node.account.id;
    case 'mode':
      return `${node.owner.id}/${node.mode}`;
    case 'group':
      return groupId(node.owner.id, node.mode, node.group);
    case 'key':
      return node.key.id;
    case 'more':
      return `${nodeId(node.list)}/more`;
    case 'status':
    case 'vault':
      return node.type;
    case 'vaultMode':
      return `vault/${node.mode}`;
    case 'kept':
    case 'unreadable':
      return `vault/${node.entry.id}`;
    default:
      return node satisfies never;
  }
}
