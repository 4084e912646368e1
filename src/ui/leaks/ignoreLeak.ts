import * as vscode from 'vscode';
import { guardMethods, type ExcuseParams, type FixedFile, type LeakPlace } from '../../leaks/protocol.ts';
import { addFiles, folderOf, saveAll } from './applyFix.ts';
import type { GuardConnection } from './guardConnection.ts';
import { pickLeak } from './pickLeak.ts';

/** Excuses a key wherever it stands, by its fingerprint in the workspace folder's `.keysmithignore`. */
export async function ignoreLeak(guard: GuardConnection, given?: LeakPlace): Promise<void> {
  const place = given ?? (await pickLeak(vscode.l10n.t('Ignore Leaked Key')));
  if (!place) return;
  const folder = folderOf(vscode.Uri.parse(place.uri));
  const reason = vscode.l10n.t('ignored on {0}', new Date().toISOString().slice(0, 10));
  const params: ExcuseParams = { folder: folder.toString(), fingerprint: place.fingerprint, reason };
  const file = (await guard.request(guardMethods.excuse, params)) as FixedFile;
  const edit = new vscode.WorkspaceEdit();
  await addFiles(edit, [file]);
  if (await vscode.workspace.applyEdit(edit)) await saveAll([vscode.Uri.parse(file.uri)]);
}
