import * as vscode from 'vscode';
import type { Mode } from '../../domain/mode.ts';
import { modes } from '../../domain/mode.ts';
import { askChoice, heading, type Choice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import type { Selected } from '../selection.ts';
import type { KeptNode, KeyNode } from '../tree/nodes.ts';
import { modeIcon, modeWord } from '../words.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';

/** Chooses the account and mode that are worked in, for this workspace. */
export async function switchMode(desk: KeyDesk): Promise<void> {
  const accounts = orRefuse(await serviceOf(desk).accounts());
  const current = desk.selection.value;
  const choices = accounts.flatMap(({ id, name }): Choice<Selected>[] => [
    heading(`${name} · ${id}`),
    ...modes.map((mode) => ({
      label: modeWord(mode),
      iconPath: new vscode.ThemeIcon(modeIcon(mode)),
      description: name,
      value: { account: id, mode },
    })),
  ]);
  const chosen = await askChoice(
    { title: vscode.l10n.t('Switch Account or Mode') },
    {
      placeholder: vscode.l10n.t('Work in'),
      choices,
      active: ({ account, mode }) => mode === current.mode && account === (current.account ?? accounts[0]?.id),
    },
  );
  if (chosen !== back) await desk.selection.choose(chosen);
}

/** Opens the API keys page of Stripe's Dashboard: the key's own account and mode where a row is given, as far as it knows them. */
export async function openDashboard(desk: KeyDesk, node?: KeyNode | KeptNode): Promise<void> {
  const { account, mode } = placeOf(node) ?? desk.selection.value;
  await vscode.env.openExternal(vscode.Uri.parse(dashboardUrl(account, mode)));
}

function placeOf(node: KeyNode | KeptNode | undefined): Selected | undefined {
  if (node?.type === 'kept') return { account: undefined, mode: node.entry.mode }; // the Dashboard knows who is signed in
  return node && 'account' in node.key.owner ? { account: node.key.owner.account, mode: node.key.mode } : undefined;
}

function dashboardUrl(account: string | undefined, mode: Mode): string {
  return [
    'https://dashboard.stripe.com',
    ...(account ? [account] : []),
    ...(mode === 'sandbox' ? ['test'] : []),
    'apikeys',
  ].join('/');
}

/** Narrows the tree as the person types. Enter keeps the filter, an empty one shows everything; Escape leaves the earlier one. */
export function filterTree(tree: { filter: string }): Promise<void> {
  const earlier = tree.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Keys');
  input.prompt = vscode.l10n.t('Part of a name, note, mask or id. Enter keeps the filter, Escape leaves it as it was.');
  input.value = earlier;
  return new Promise((resolve) => {
    let kept = false;
    input.onDidChangeValue((value) => {
      tree.filter = value;
    });
    input.onDidAccept(() => {
      kept = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!kept) tree.filter = earlier;
      input.dispose();
      resolve();
    });
    input.show();
  });
}
