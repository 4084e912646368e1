import * as vscode from 'vscode';
import { fingerprintOf } from '../../domain/fingerprint.ts';
import type { Secret } from '../../domain/secret.ts';
import type { GuardConnection } from '../leaks/guardConnection.ts';
import { replaceIn } from '../leaks/replaceLeaked.ts';

/** Files in which people keep a key's text; source is not among them: there a key does not belong at all. */
const environmentFiles = '**/{.env,.env.*,*.env}';
const skipped = '**/node_modules/**';
const mostFiles = 200;

/**
 * Looks for the old token in the workspace's environment files and, after asking, puts the new one in its place. Files that git tracks, that
 * lead out of the folder or have unsaved changes stay as they are, and the question says so. Tells whether nothing
 * failed of what the user wanted.
 */
export async function offerReplacement(guard: GuardConnection, old: Secret, replacement: Secret): Promise<boolean> {
  const fingerprint = fingerprintOf(old.reveal());
  const uris = await vscode.workspace.findFiles(environmentFiles, skipped, mostFiles);
  const asked = await Promise.all(uris.map(async (uri) => ({ uri, answer: await replaceIn(guard, uri, fingerprint) })));
  const found = asked.filter(({ answer }) => answer.ok && answer.places > 0).map(({ uri }) => uri);
  const left = asked.flatMap(({ uri, answer }) =>
    answer.ok ? [] : [`${vscode.workspace.asRelativePath(uri)}: ${answer.why}`],
  );
  const names = found.map((uri) => vscode.workspace.asRelativePath(uri)).join(', ');
  const stay = [vscode.l10n.t('These stay as they are, and may have the old key:'), ...left].join('\n');
  if (found.length === 0) {
    if (left.length > 0) void vscode.window.showWarningMessage(stay);
    return true;
  }
  const replace = vscode.l10n.t('Replace');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Put the new key where the old one stands?'),
    { modal: true, detail: left.length === 0 ? names : `${names}\n\n${stay}` },
    replace,
  );
  if (chosen !== replace) return true;
  const failed: string[] = [];
  for (const uri of found) {
    const answer = await replaceIn(guard, uri, fingerprint, replacement);
    if (!answer.ok) failed.push(answer.why);
  }
  if (failed.length > 0) void vscode.window.showErrorMessage(failed.join(' '));
  return failed.length === 0;
}
