import * as vscode from 'vscode';
import {
  guardMethods,
  type FixAnswer,
  type FixedFile,
  type FixParams,
  type LeakPlace,
  type TextRange,
} from '../../leaks/protocol.ts';
import type { GuardConnection } from './guardConnection.ts';

export type Fix = Extract<FixAnswer, { readonly ok: true }>;

/** The folder whose environment file a document's program reads: its workspace folder, else its own. */
export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
}

/** What reads a leak from an environment variable. */
export async function askFix(guard: GuardConnection, place: LeakPlace, replacement?: string): Promise<FixAnswer> {
  const uri = vscode.Uri.parse(place.uri);
  const params: FixParams = {
    place,
    folder: folderOf(uri).toString(),
    ...(replacement === undefined ? {} : { replacement }),
  };
  return (await guard.request(guardMethods.fix, params)) as FixAnswer;
}

/** A range as it is sent: the editor's own prints itself in another shape. */
export function plainRange({ start, end }: vscode.Range): TextRange {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

export function rangeFrom({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Adds new and changed files to an edit, so that one undo takes everything back. */
export async function addFiles(edit: vscode.WorkspaceEdit, files: readonly FixedFile[]): Promise<void> {
  for (const { uri: text, exists, text: content } of files) {
    const uri = vscode.Uri.parse(text);
    if (!exists) {
      edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(content) });
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const old = document.getText();
    if (content.startsWith(old)) edit.insert(uri, document.positionAt(old.length), content.slice(old.length));
    else edit.replace(uri, new vscode.Range(document.positionAt(0), document.positionAt(old.length)), content);
  }
}

const isOpen = ({ uri }: FixedFile): boolean =>
  vscode.workspace.textDocuments.some((document) => document.uri.toString() === vscode.Uri.parse(uri).toString());

/** Writes files at once, past the editor where they are not open in it: a paste can carry edits of its own document only. */
export async function writeFiles(files: readonly FixedFile[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  await addFiles(edit, files.filter(isOpen));
  if (edit.size > 0 && (await vscode.workspace.applyEdit(edit)))
    await saveAll(files.map(({ uri }) => vscode.Uri.parse(uri)));
  const others = files.filter((file) => !isOpen(file));
  await Promise.all(
    others.map(({ uri, text }) => vscode.workspace.fs.writeFile(vscode.Uri.parse(uri), new TextEncoder().encode(text))),
  );
}

/** Makes the edits of a fix, all or none, and saves the files beside the document: a program reads them from the disk. */
export async function applyFix({ edits, files }: Fix, uri: vscode.Uri): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, rangeFrom(range), newText);
  await addFiles(edit, files);
  const applied = await vscode.workspace.applyEdit(edit);
  if (applied) await saveAll(files.map((file) => vscode.Uri.parse(file.uri)));
  return applied;
}

export async function saveAll(uris: readonly vscode.Uri[]): Promise<void> {
  const wanted = new Set(uris.map(String));
  const unsaved = vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && wanted.has(uri.toString()));
  await Promise.all(unsaved.map((document) => document.save()));
}
