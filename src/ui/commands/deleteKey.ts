import * as vscode from 'vscode';
import { isSecretKind } from '../../domain/kind.ts';
import type { ApiKey } from '../../domain/key.ts';
import { askText } from '../prompts/askText.ts';
import { back } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { dateWord, modeWord } from '../words.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickKey } from './pickKey.ts';

/** Deletes a key after saying what will stop working; a live one asks for its name. */
export async function deleteKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Delete Key');
  const { key } = node ?? (await pickKey(desk.session, title));
  if (!isSecretKind(key.kind) && !key.expires) throw new Refusal({ kind: 'publishableNotDeletable', id: key.id });
  await confirm(key);
  if (key.mode === 'live') await askNameOf(key, title);
  orRefuse(await serviceOf(desk).delete(key.id));
  // A vault entry of a deleted key opens nothing any more.
  await desk.vault.forget(key.id);
  desk.refresh();
  void vscode.window.showInformationMessage(vscode.l10n.t('Deleted the key “{0}”.', key.name));
}

async function confirm(key: ApiKey): Promise<void> {
  const button = key.expires ? vscode.l10n.t('End Key Now') : vscode.l10n.t('Delete Key');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the {0} key “{1}”?', modeWord(key.mode), key.name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Last used: {0}. Any code that uses {1} can no longer make API calls. This cannot be undone.',
        dateWord(key.lastUsed),
        key.mask,
      ),
    },
    button,
  );
  if (chosen !== button) throw new vscode.CancellationError();
}

async function askNameOf(key: ApiKey, title: string): Promise<void> {
  const answer = await askText(
    { title },
    {
      prompt: vscode.l10n.t('This is a LIVE key. Type its name to delete it: {0}', key.name),
      submit: async (value) =>
        value.trim() === key.name ? undefined : vscode.l10n.t('This is not its name: {0}', key.name),
    },
  );
  if (answer === back) throw new vscode.CancellationError();
}
