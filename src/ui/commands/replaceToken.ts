import * as vscode from 'vscode';
import type { Secret } from '../../domain/secret.ts';

/** Files in which people keep a key's text; source is not among them: there a key does not belong at all. */
const environmentFiles = '**/{.env,.env.*,*.env}';
const skipped = '**/node_modules/**';
const mostFiles = 200;

/** Looks for the old token in the workspace's environment files and, after asking, puts the new one in its place. One undo takes it back. */
export async function offerReplacement(old: Secret, replacement: Secret): Promise<void> {
  const uris = await vscode.workspace.findFiles(environmentFiles, skipped, mostFiles);
  const found = (await Promise.all(uris.map((uri) => placesOf(uri, old)))).filter(({ ranges }) => ranges.length > 0);
  if (found.length === 0) return;
  const names = found.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(', ');
  const replace = vscode.l10n.t('Replace');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Put the new key where the old one stands?'),
    { modal: true, detail: names },
    replace,
  );
  if (chosen !== replace) return;
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, ranges } of found) for (const range of ranges) edit.replace(uri, range, replacement.reveal());
  await vscode.workspace.applyEdit(edit);
  await Promise.all(found.map(async ({ uri }) => (await vscode.workspace.openTextDocument(uri)).save()));
}

interface Places {
  readonly uri: vscode.Uri;
  readonly ranges: readonly vscode.Range[];
}

async function placesOf(uri: vscode.Uri, secret: Secret): Promise<Places> {
  const text = secret.reveal();
  const document = await vscode.workspace.openTextDocument(uri);
  const content = document.getText();
  const ranges: vscode.Range[] = [];
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + text.length)) {
    ranges.push(new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)));
  }
  return { uri, ranges };
}
