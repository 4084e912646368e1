import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './extension.ts';

/** What the guard says of a document. */
export const problemsOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Keysmith');

/** The fixes that the guard offers for the first leak of a document, in order. */
export async function fixesOf(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
  await eventually('a finding', () => (problemsOf(document.uri).length > 0 ? true : undefined));
  const [problem] = problemsOf(document.uri);
  assert.ok(problem);
  const ask = async (): Promise<vscode.CodeAction[]> =>
    await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
  // The editor cancels the question where another extension's answer changes meanwhile; a person looks again.
  const actions = await eventually('actions', async () => await ask().catch(() => undefined));
  return actions.filter(({ title }) => /^(?:Move to vault|Rotate this key|Ignore (?:on|in|this))/.test(title));
}

export async function applyAction({ command, edit }: vscode.CodeAction): Promise<void> {
  if (edit) await vscode.workspace.applyEdit(edit);
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
}

/** Ends the first leak of a document by the first fix, and waits until the guard sees none. */
export async function moveToVault(document: vscode.TextDocument): Promise<void> {
  const [move] = await fixesOf(document);
  assert.ok(move && move.title.startsWith('Move to vault'));
  await applyAction(move);
  await eventually('no finding', () => (problemsOf(document.uri).length === 0 ? true : undefined));
}
