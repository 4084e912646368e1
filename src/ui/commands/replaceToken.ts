import * as vscode from 'vscode';
import type { Secret } from '../../domain/secret.ts';

/** Files in which people keep a key's text; source is not among them: there a key does not belong at all. */
const environmentFiles = '**/{.env,.env.*,*.env}';
const skipped = '**/node_modules/**';
const mostFiles = 200;

/**
 * Looks for the old token in the workspace's environment files and, after asking, puts the new one in its place. The files are written past
 * the editor: its own save would leave a copy of the token in the local history.
 */
export async function offerReplacement(old: Secret, replacement: Secret): Promise<void> {
  const uris = await vscode.workspace.findFiles(environmentFiles, skipped, mostFiles);
  const texts = await Promise.all(uris.map(async (uri) => ({ uri, text: await textOf(uri) })));
  const found = texts.filter(({ text }) => text.includes(old.reveal())).map(({ uri }) => uri);
  if (found.length === 0) return;
  const names = found.map((uri) => vscode.workspace.asRelativePath(uri)).join(', ');
  const replace = vscode.l10n.t('Replace');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Put the new key where the old one stands?'),
    { modal: true, detail: names },
    replace,
  );
  if (chosen !== replace) return;
  await Promise.all(found.map((uri) => replaceIn(uri, old.reveal(), replacement.reveal())));
}

/** The text as it is on disk, with its byte-order mark where it has one. */
async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(uri));
}

/** A file with unsaved changes is changed where it is open, and left for the person to save. */
async function replaceIn(uri: vscode.Uri, old: string, replacement: string): Promise<void> {
  const unsaved = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (!unsaved) {
    const text = await textOf(uri);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text.replaceAll(old, () => replacement)));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  const content = unsaved.getText();
  for (let at = content.indexOf(old); at >= 0; at = content.indexOf(old, at + old.length)) {
    const range = new vscode.Range(unsaved.positionAt(at), unsaved.positionAt(at + old.length));
    edit.replace(uri, range, replacement);
  }
  await vscode.workspace.applyEdit(edit);
}
