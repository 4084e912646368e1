import * as vscode from 'vscode';
import type { ListedEntry } from '../../vault/entry.ts';
import { isOwnKey } from '../../vault/ownKey.ts';
import type { KeyTreeNode } from '../tree/nodes.ts';
import { modeWord } from '../words.ts';
import type { KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickStored } from './storedKeys.ts';

/** Removes secrets from the vault, after saying of each whether it can be had again; damaged ones too. */
export async function forgetStored(
  desk: KeyDesk,
  node?: KeyTreeNode,
  selected: readonly KeyTreeNode[] = [],
): Promise<void> {
  const nodes = selected.length > 0 ? selected : node ? [node] : [];
  const entries = nodes.length > 0 ? await entriesOf(desk, nodes) : [await askWhich(desk)];
  await confirm(entries);
  for (const { id } of entries) orRefuse(await desk.vault.forget(id));
  desk.refresh();
}

function askWhich(desk: KeyDesk): Promise<ListedEntry> {
  return pickStored(desk, vscode.l10n.t('Forget from Vault'), vscode.l10n.t('Which key?'));
}

/** What the vault has for these rows; refused where that is nothing. */
async function entriesOf({ vault }: KeyDesk, nodes: readonly KeyTreeNode[]): Promise<ListedEntry[]> {
  const ids = nodes.flatMap((node) => idOf(node) ?? []);
  const all = orRefuse(await vault.list());
  const found = all.filter(({ id }) => ids.includes(id));
  if (found.length === 0) throw new Refusal({ kind: 'vaultEntryMissing', id: ids.join(', ') });
  return found;
}

function idOf(node: KeyTreeNode): string | undefined {
  if (node.type === 'key') return node.key.id;
  return node.type === 'kept' || node.type === 'unreadable' ? node.entry.id : undefined;
}

async function confirm(entries: readonly ListedEntry[]): Promise<void> {
  const { t } = vscode.l10n;
  const [first, ...others] = entries;
  if (!first) return;
  const forget = t('Forget');
  const message = others.length === 0 ? t('Forget “{0}”?', nameOf(first)) : t('Forget these {0} keys?', entries.length);
  const detail = others.length === 0 ? lossOf(first) : entries.map((entry) => `${title(entry)}: ${lossOf(entry)}`);
  const chosen = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: typeof detail === 'string' ? detail : detail.join('\n') },
    forget,
  );
  if (chosen !== forget) throw new vscode.CancellationError();
}

const nameOf = (entry: ListedEntry): string => (entry.state === 'kept' ? entry.name : entry.id);

const title = (entry: ListedEntry): string =>
  entry.state === 'kept' ? `“${entry.name}”, ${modeWord(entry.mode)}, ${entry.mask}` : `“${entry.id}”`;

/** What is lost with an entry, in a sentence. */
function lossOf(entry: ListedEntry): string {
  const { t } = vscode.l10n;
  switch (entry.state) {
    case 'kept':
      return entry.mode === 'sandbox' && !isOwnKey(entry.id)
        ? t('It can be revealed again at any time.')
        : t('Unless it is saved elsewhere it is lost: it cannot be revealed again.');
    case 'damaged':
      return t('The entry is damaged: its secret cannot be read any more.');
    case 'newer':
      return t('A newer Keysmith wrote the entry and can still read it; forgotten, it is lost there too.');
    default:
      return entry satisfies never;
  }
}
