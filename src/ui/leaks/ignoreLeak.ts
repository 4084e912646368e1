import * as vscode from 'vscode';
import { guardMethods, type ExcuseAnswer, type ExcuseParams, type LeakPlace } from '../../leaks/protocol.ts';
import { folderOf, noFolder } from './applyFix.ts';
import type { LeakDesk } from './moveLeak.ts';
import { pickLeak } from './pickLeak.ts';

/** Excuses a key wherever it stands, by its fingerprint in the workspace folder's `.keysmithignore`. */
export async function ignoreLeak({ guard, notifier }: LeakDesk, given?: LeakPlace): Promise<void> {
  const place = given ?? (await pickLeak(vscode.l10n.t('Ignore Leaked Key')));
  if (!place) return;
  const folder = folderOf(vscode.Uri.parse(place.uri));
  if (!folder) return notifier.warning(noFolder());
  const reason = vscode.l10n.t('ignored on {0}', new Date().toISOString().slice(0, 10));
  const params: ExcuseParams = { folder: folder.toString(), fingerprint: place.fingerprint, reason };
  const answer = (await guard.request(guardMethods.excuse, params)) as ExcuseAnswer;
  if (!answer.ok) notifier.warning(answer.why);
}
