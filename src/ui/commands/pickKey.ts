import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import { keyModel, readKeyData, type KeyData } from '../tree/keyModel.ts';
import { shortMask } from '../tree/keyWords.ts';
import type { KeptNode, KeyNode } from '../tree/nodes.ts';
import { kindIcons, modeWord } from '../words.ts';
import type { KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';

interface KeyItem extends vscode.QuickPickItem {
  readonly node?: KeyNode | KeptNode;
}

/** Asks which key a command is for, of those of the service it can be for, grouped by account and mode. Cancelled, it ends the command. */
export async function pickKey(
  session: EmulatorSession,
  title: string,
  fits: (key: ApiKey) => boolean = () => true,
): Promise<KeyNode> {
  if (session.state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const data = orRefuse(await readKeyData(session.state.service));
  const node = await askWhich(title, serviceItems({ ...data, keys: data.keys.filter(fits) }));
  if (node.type !== 'key') throw new vscode.CancellationError();
  return node;
}

/**
 * Asks which key, of the service where that runs, and of what the vault keeps beside those. Where neither can be asked, the command ends
 * with the reason.
 */
export async function pickAnyKey({ session, vault }: KeyDesk, title: string): Promise<KeyNode | KeptNode> {
  const { state } = session;
  const read = state.kind === 'running' ? await readKeyData(state.service) : undefined;
  const data = read?.ok ? read.value : undefined;
  const listed = await vault.list();
  if (!data && !listed.ok) throw new Refusal(listed.problem);
  const known = new Set(data?.keys.map(({ id }) => id));
  const kept = (listed.ok ? listed.value : []).flatMap((entry): KeptNode[] =>
    entry.state === 'kept' && !known.has(entry.id) ? [{ type: 'kept', entry }] : [],
  );
  if (!data && kept.length === 0) throw new Refusal(read && !read.ok ? read.problem : { kind: 'emulatorStopped' });
  return await askWhich(title, [...(data ? serviceItems(data) : []), ...vaultItems(kept)]);
}

function serviceItems(data: KeyData): KeyItem[] {
  const nodes = keyModel(data).keys();
  const groups = Map.groupBy(nodes, ({ owner, key }) => `${owner.name} · ${modeWord(key.mode)}`);
  return [...groups].flatMap(([heading, inGroup]): KeyItem[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...inGroup.map((node) => ({
      label: node.key.name,
      iconPath: new vscode.ThemeIcon(kindIcons[node.key.kind]),
      description: `${modeWord(node.key.mode)} · ${shortMask(node.key)}`,
      node,
    })),
  ]);
}

function vaultItems(nodes: readonly KeptNode[]): KeyItem[] {
  if (nodes.length === 0) return [];
  return [
    { label: vscode.l10n.t('Vault'), kind: vscode.QuickPickItemKind.Separator },
    ...nodes.map((node) => ({
      label: node.entry.name,
      iconPath: new vscode.ThemeIcon(kindIcons[node.entry.kind]),
      description: `${modeWord(node.entry.mode)} · ${node.entry.mask}`,
      node,
    })),
  ];
}

async function askWhich(title: string, items: readonly KeyItem[]): Promise<KeyNode | KeptNode> {
  const placeHolder = items.length > 0 ? vscode.l10n.t('Choose a key') : vscode.l10n.t('There is no key for this');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (!chosen?.node) throw new vscode.CancellationError();
  return chosen.node;
}
