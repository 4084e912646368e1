import type { Account, Organization } from '../../domain/account.ts';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import { modes } from '../../domain/mode.ts';
import type { Result } from '../../domain/problem.ts';
import type { KeyService } from '../../management/keyService.ts';
import { ok } from '../../shared/result.ts';
import {
  accountOwner,
  groupId,
  groupOf,
  organizationOwner,
  type AccountNode,
  type GroupNode,
  type KeyNode,
  type ModeNode,
  type NamedOwner,
  type OrganizationNode,
  type ServiceNode,
} from './nodes.ts';

/** What the tree shows, read once a refresh and cut into rows as they are opened. */
export interface KeyModel {
  roots(): readonly ServiceNode[];
  children(node: ServiceNode): readonly ServiceNode[];
  parent(node: ServiceNode): ServiceNode | undefined;
  /** How much a row opens to, shown or not. */
  size(node: ServiceNode): number;
  /** Every key, shown or not, in the order of the tree. */
  keys(): readonly KeyNode[];
  /** The ids of the lists that have keys. */
  lists(): readonly string[];
  /** The list of a key, and how many keys of it must be shown for this one to be. */
  placeOf(node: KeyNode): { readonly list: string; readonly place: number };
}

export interface KeyData {
  readonly organizations: readonly Organization[];
  readonly accounts: readonly Account[];
  readonly keys: readonly ApiKey[];
}

export async function readKeyData(service: KeyService): Promise<Result<KeyData>> {
  const [organizations, accounts, keys] = await Promise.all([
    service.organizations(),
    service.accounts(),
    service.keys(),
  ]);
  if (!organizations.ok) return organizations;
  if (!accounts.ok) return accounts;
  if (!keys.ok) return keys;
  return ok({ organizations: organizations.value, accounts: accounts.value, keys: keys.value });
}

/** The keys whose name, note, mask or id has the text, whatever its case; all where it is empty. */
export function filterKeys(keys: readonly ApiKey[], text: string): readonly ApiKey[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return keys;
  return keys.filter(({ id, name, note, mask }) => `${id}\n${name}\n${note}\n${mask}`.toLowerCase().includes(wanted));
}

const organizationNode = (organization: Organization): OrganizationNode => ({ type: 'organization', organization });

export interface KeyModelOptions {
  /** How many keys of a list, given by its id, have a row; one more row stands for the others. */
  readonly shown?: (list: string) => number;
  /** Leaves out rows below which there is no key: what a filter has emptied says nothing. */
  readonly withKeysOnly?: boolean;
}

/** Organization > account > mode > list > key; connected accounts stand under their platform. */
export function keyModel(
  { organizations, accounts, keys }: KeyData,
  { shown = () => Infinity, withKeysOnly = false }: KeyModelOptions = {},
): KeyModel {
  const owners = new Map<string, NamedOwner>(
    [...organizations.map(organizationOwner), ...accounts.map(accountOwner)].map((owner) => [owner.id, owner]),
  );
  const nodes = keys.flatMap((key): KeyNode[] => {
    const owner = owners.get(ownerId(key.owner));
    return owner ? [{ type: 'key', owner, key }] : [];
  });
  const byGroup = Map.groupBy(nodes, groupIdOf);
  const accountNode = (account: Account): AccountNode => ({ type: 'account', account, open: account === accounts[0] });
  const below = (parent: Account): AccountNode[] =>
    accounts.filter(({ platform }) => platform === parent.id).map(accountNode);

  const hasKeys = (node: ServiceNode): boolean =>
    node.type === 'key' || (node.type === 'group' ? listOf(node).length > 0 : childrenOf(node).some(hasKeys));
  const kept = (nodes: readonly ServiceNode[]): readonly ServiceNode[] =>
    withKeysOnly ? nodes.filter(hasKeys) : nodes;

  return {
    roots: () =>
      kept([
        ...organizations.map(organizationNode),
        ...accounts
          .filter(({ organization, platform }) => organization === undefined && platform === undefined)
          .map(accountNode),
      ]),
    keys: () => nodes,
    lists: () => [...byGroup.keys()],
    placeOf(node) {
      const list = groupIdOf(node);
      return { list, place: (byGroup.get(list) ?? []).findIndex(({ key }) => key.id === node.key.id) + 1 };
    },
    size(node) {
      return node.type === 'group' ? listOf(node).length : this.children(node).length;
    },
    children(node) {
      return node.type === 'group' ? rowsOf(node) : kept(childrenOf(node));
    },
    parent(node) {
      switch (node.type) {
        case 'organization':
          return undefined;
        case 'account': {
          const platform = accounts.find(({ id }) => id === node.account.platform);
          const organization = organizations.find(({ id }) => id === node.account.organization);
          return platform ? accountNode(platform) : organization && organizationNode(organization);
        }
        case 'mode':
          return ownerNode(node.owner);
        case 'group':
          return node.mode ? { type: 'mode', owner: node.owner, mode: node.mode } : ownerNode(node.owner);
        case 'more':
          return node.list;
        case 'key': {
          const group = groupOf(node.key);
          return {
            type: 'group',
            owner: node.owner,
            group,
            mode: group === 'organization' ? undefined : node.key.mode,
          };
        }
        default:
          return node satisfies never;
      }
    },
  };

  function childrenOf(node: ServiceNode): readonly ServiceNode[] {
    switch (node.type) {
      case 'organization': {
        const { id } = node.organization;
        const owner = organizationOwner(node.organization);
        return [
          { type: 'group', owner, group: 'organization', mode: undefined },
          ...accounts
            .filter(({ organization, platform }) => organization === id && platform === undefined)
            .map(accountNode),
        ];
      }
      case 'account': {
        const owner = accountOwner(node.account);
        return [...modes.map((mode): ModeNode => ({ type: 'mode', owner, mode })), ...below(node.account)];
      }
      case 'mode':
        return (['standard', 'restricted'] as const).map((group): GroupNode => ({
          type: 'group',
          owner: node.owner,
          group,
          mode: node.mode,
        }));
      case 'group':
        return listOf(node);
      case 'key':
      case 'more':
        return [];
      default:
        return node satisfies never;
    }
  }

  function listOf({ owner, mode, group }: GroupNode): readonly KeyNode[] {
    return byGroup.get(groupId(owner.id, mode, group)) ?? [];
  }

  function rowsOf(list: GroupNode): readonly ServiceNode[] {
    const all = listOf(list);
    const some = all.slice(0, shown(groupId(list.owner.id, list.mode, list.group)));
    return some.length === all.length ? all : [...some, { type: 'more', list, hidden: all.length - some.length }];
  }

  function ownerNode({ id }: NamedOwner): ServiceNode | undefined {
    const account = accounts.find((one) => one.id === id);
    const organization = organizations.find((one) => one.id === id);
    return account ? accountNode(account) : organization && organizationNode(organization);
  }
}

function groupIdOf({ owner, key }: KeyNode): string {
  const group = groupOf(key);
  return groupId(owner.id, group === 'organization' ? undefined : key.mode, group);
}
