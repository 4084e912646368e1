import { modes } from '../../domain/mode.ts';
import type { ListedEntry } from '../../vault/entry.ts';
import type { KnownKeys } from '../../vault/inStep.ts';
import { isOwnKey } from '../../vault/ownKey.ts';
import type { KeptNode, UnreadableNode, VaultModeNode, VaultTreeNode } from './nodes.ts';

/** What stands in the tree of the vault, cut into rows as they are opened. */
export interface VaultModel {
  roots(): readonly VaultTreeNode[];
  children(node: VaultTreeNode): readonly VaultTreeNode[];
  parent(node: VaultTreeNode): VaultTreeNode | undefined;
  kept(): readonly KeptNode[];
}

/**
 * The entries that have no other row: those put in by hand, those whose key the service has never heard of, and those that cannot be read.
 * What the emulator made means nothing while that does not run, and is left out then.
 *
 * @param keys undefined where the service does not run
 */
export function keptApart(entries: readonly ListedEntry[], keys: KnownKeys | undefined): readonly ListedEntry[] {
  return entries.filter(({ id, state }) => {
    if (isOwnKey(id)) return true;
    if (keys?.deleted(id)) return false;
    return state !== 'kept' || (keys !== undefined && !keys.has(id));
  });
}

/** The entries whose name, mask or id has the text, whatever its case; all where it is empty. */
export function filterEntries(entries: readonly ListedEntry[], text: string): readonly ListedEntry[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return entries;
  return entries.filter((entry) =>
    (entry.state === 'kept' ? `${entry.id}\n${entry.name}\n${entry.mask}` : entry.id).toLowerCase().includes(wanted),
  );
}

/** Vault > mode > key, by name; entries that cannot be read stand last, beside the modes. Without entries there is no row. */
export function vaultModel(entries: readonly ListedEntry[], readable = true): VaultModel {
  const kept = entries
    .flatMap((entry): KeptNode[] => (entry.state === 'kept' ? [{ type: 'kept', entry }] : []))
    .toSorted((a, b) => order.compare(a.entry.name, b.entry.name));
  const unreadable = entries.flatMap((entry): UnreadableNode[] =>
    entry.state === 'kept' ? [] : [{ type: 'unreadable', entry }],
  );
  const root = { type: 'vault', readable } as const;
  const ofMode = ({ mode }: VaultModeNode): KeptNode[] => kept.filter(({ entry }) => entry.mode === mode);
  return {
    roots: () => (entries.length > 0 || !readable ? [root] : []),
    kept: () => kept,
    children(node) {
      switch (node.type) {
        case 'vault':
          return [
            ...modes
              .map((mode): VaultModeNode => ({ type: 'vaultMode', mode }))
              .filter((mode) => ofMode(mode).length > 0),
            ...unreadable,
          ];
        case 'vaultMode':
          return ofMode(node);
        case 'kept':
        case 'unreadable':
          return [];
        default:
          return node satisfies never;
      }
    },
    parent(node) {
      if (node.type === 'vault') return undefined;
      return node.type === 'kept' ? { type: 'vaultMode', mode: node.entry.mode } : root;
    },
  };
}

const order = new Intl.Collator(undefined, { numeric: true });
