import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import { keyModel, readKeyData } from '../tree/keyModel.ts';
import { shortMask } from '../tree/keyWords.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { kindIcons, modeIcon, modeWord } from '../words.ts';
import { orRefuse, Refusal } from './failure.ts';

interface KeyItem extends vscode.QuickPickItem {
  readonly node?: KeyNode;
}

/** Asks which key a command is for, of those it can be for, grouped by account and mode. Cancelled, it ends the command. */
export async function pickKey(
  session: EmulatorSession,
  title: string,
  fits: (key: ApiKey) => boolean = () => true,
): Promise<KeyNode> {
  if (session.state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const data = orRefuse(await readKeyData(session.state.service));
  const nodes = keyModel({ ...data, keys: data.keys.filter(fits) }).keys();
  const groups = Map.groupBy(
    nodes,
    ({ owner, key }) => `$(${modeIcon(key.mode)}) ${owner.name} · ${modeWord(key.mode)}`,
  );
  const items = [...groups].flatMap(([heading, inGroup]): KeyItem[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...inGroup.map((node) => ({
      label: node.key.name,
      iconPath: new vscode.ThemeIcon(kindIcons[node.key.kind]),
      description: `${modeWord(node.key.mode)} · ${shortMask(node.key)}`,
      node,
    })),
  ]);
  const placeHolder = items.length > 0 ? vscode.l10n.t('Choose a key') : vscode.l10n.t('There is no key for this');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (!chosen?.node) throw new vscode.CancellationError();
  return chosen.node;
}
