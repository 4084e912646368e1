import * as vscode from 'vscode';
import {
  guardMethods,
  type DocumentEdit,
  type FixAnswer,
  type FixParams,
  type KeepAnswer,
  type KeepParams,
  type LeakPlace,
  type TextRange,
} from '../../leaks/protocol.ts';
import type { GuardConnection } from './guardConnection.ts';

export type Fix = Extract<FixAnswer, { readonly ok: true }>;

/** The folder whose environment file a document's program reads: its workspace folder, else its own. Undefined where it is in none. */
export function folderOf(uri: vscode.Uri): vscode.Uri | undefined {
  const file = uri.scheme === 'vscode-notebook-cell' ? uri.with({ scheme: 'file', fragment: '' }) : uri;
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri;
  if (folder) return folder;
  return file.scheme === 'file' ? vscode.Uri.joinPath(file, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
}

export const noFolder = (): string => vscode.l10n.t('Save the file first: there is no folder for the key yet.');

/** What reads a leak from an environment variable. */
export async function askFix(
  guard: GuardConnection,
  place: LeakPlace,
  chosen: Pick<FixParams, 'replacement' | 'file'> = {},
): Promise<FixAnswer> {
  const uri = vscode.Uri.parse(place.uri);
  const folder = folderOf(uri)?.toString();
  if (folder === undefined) return { ok: false, why: noFolder() };
  const params: FixParams = { place, folder, ...chosen };
  return freshly(uri, async () => (await guard.request(guardMethods.fix, params)) as FixAnswer);
}

/** Asks again where the document has changed meanwhile: edits count in the text that they were planned in. */
async function freshly<T>(uri: vscode.Uri, ask: () => Promise<T>): Promise<T> {
  const version = (): number | undefined =>
    vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.version;
  const before = version();
  const answer = await ask();
  return version() === before ? answer : ask();
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

/** An edit of one document, as the editor makes it. */
export function editOf(uri: vscode.Uri, edits: readonly DocumentEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, rangeFrom(range), newText);
  return edit;
}

/**
 * Puts keys into an environment file. The server writes it, past the editor, whose own save would follow links, and leave a copy of the key
 * in the local history.
 */
export async function keepInFile(guard: GuardConnection, params: KeepParams): Promise<KeepAnswer> {
  return (await guard.request(guardMethods.keep, params)) as KeepAnswer;
}

export type Applied =
  | { readonly ok: true; readonly notes: readonly string[] }
  | { readonly ok: false; readonly why: string };

/**
 * Makes a fix in an order in which the key is always somewhere: the environment file first, then the text that reads it. Called again after
 * it was interrupted, it goes on where it was.
 */
export async function applyFix(
  guard: GuardConnection,
  place: LeakPlace,
  fix: Fix,
  replacement?: string,
): Promise<Applied> {
  const uri = vscode.Uri.parse(place.uri);
  const folder = folderOf(uri)?.toString();
  if (folder === undefined) return { ok: false, why: noFolder() };
  const { variable: name, token, file, example } = fix;
  const value = replacement ?? token;
  const kept = await keepInFile(guard, { folder, file, example, variables: [{ name, value }] });
  if (!kept.ok) return kept;
  // The text may have changed, and what is written into it counts in the text as it is now.
  const now = await askFix(guard, place, { file, ...(replacement === undefined ? {} : { replacement }) });
  const why =
    !now.ok || now.variable !== name
      ? now.ok
        ? vscode.l10n.t('{0} was changed meanwhile.', file)
        : now.why
      : (await vscode.workspace.applyEdit(editOf(uri, now.edits)))
        ? undefined
        : vscode.l10n.t('The editor did not change the file.');
  if (why === undefined) return kept;
  return {
    ok: false,
    why: vscode.l10n.t('{0} has the key as {1} now, but the text was not changed: {2}', file, name, why),
  };
}
