import * as vscode from 'vscode';
import { guardMethods, type LoadAnswer, type LoadOffer, type LoadParams } from '../../leaks/protocol.ts';
import type { NotificationAction } from '../notifier.ts';
import { editOf, folderOf } from './applyFix.ts';
import type { GuardConnection } from './guardConnection.ts';

export interface LoadingWords {
  /** Who loads the variable, or that nobody does: a sentence, or nothing. */
  readonly message: string;
  readonly action: NotificationAction | undefined;
}

/** How the program of a document gets the variables of an environment file, with what would give it them. */
export async function askLoading(guard: GuardConnection, uri: vscode.Uri, file: string): Promise<LoadingWords> {
  const ask = async (): Promise<LoadAnswer> => {
    const folder = folderOf(uri)?.toString();
    if (folder === undefined) return { message: '' };
    const params: LoadParams = { uri: uri.toString(), folder, file };
    return (await guard.request(guardMethods.load, params)) as LoadAnswer;
  };
  const { message, offer } = await ask();
  if (!offer) return { message, action: undefined };
  // The text may be another one when the button is pressed.
  const run = async (): Promise<void> => take((await ask()).offer);
  return { message, action: { label: offer.label, run } };
}

async function take(offer: LoadOffer | undefined): Promise<void> {
  if (!offer) return;
  if (offer.kind === 'copy') {
    await vscode.env.clipboard.writeText(offer.text);
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', offer.text), 5000);
    return;
  }
  const uri = vscode.Uri.parse(offer.uri);
  await vscode.window.showTextDocument(uri);
  await vscode.workspace.applyEdit(editOf(uri, offer.edits));
}
