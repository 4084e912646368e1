import * as vscode from 'vscode';
import { maskToken } from '../../domain/secret.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import { readKeyModel } from '../tree/keyModel.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { kindIcons, modeIcon, modeWord } from '../words.ts';
import { orRefuse, Refusal } from './failure.ts';

interface KeyItem extends vscode.QuickPickItem {
  readonly node?: KeyNode;
}

/** Asks which key a command is for, grouped by account and mode. Cancelled, it ends the command. */
export async function pickKey(session: EmulatorSession, title: string): Promise<KeyNode> {
  if (session.state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const model = orRefuse(await readKeyModel(session.state.service));
  const groups = Map.groupBy(
    model.keys(),
    ({ account, key }) => `$(${modeIcon(key.mode)}) ${account.name} · ${modeWord(key.mode)}`,
  );
  const items = [...groups].flatMap(([heading, nodes]): KeyItem[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...nodes.map((node) => ({
      label: `$(${kindIcons[node.key.kind]}) ${node.key.name}`,
      description: `${modeWord(node.key.mode)} · ${maskToken(node.key.mask)}`,
      node,
    })),
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a key'),
    matchOnDescription: true,
  });
  if (!chosen?.node) throw new vscode.CancellationError();
  return chosen.node;
}
