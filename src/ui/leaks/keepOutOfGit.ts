import * as vscode from 'vscode';
import { guardMethods, type KeepOutAnswer, type KeepOutParams, type LeakPlace } from '../../leaks/protocol.ts';
import { folderOf, noFolder } from './applyFix.ts';
import type { GuardConnection } from './guardConnection.ts';
import type { LeakDesk } from './moveLeak.ts';

/** Makes git ignore the environment file that a key stands in; where git tracks it, it is asked whether it shall go on. */
export async function keepOutOfGit({ guard, notifier }: LeakDesk, given?: LeakPlace): Promise<void> {
  const uri = given ? vscode.Uri.parse(given.uri) : vscode.window.activeTextEditor?.document.uri;
  if (!uri) return notifier.information(vscode.l10n.t('Open the file that git shall ignore first.'));
  const name = vscode.workspace.asRelativePath(uri);
  let answer = await ask(guard, uri, false);
  if (!answer.ok && answer.tracked && vscode.workspace.isTrusted) {
    const stop = vscode.l10n.t('Stop Tracking {0}', name);
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('git tracks {0}. Shall it stop?', name),
      {
        modal: true,
        detail: vscode.l10n.t(
          'The file stays here, and the next commit removes it from the repository. What was committed before stays in the history: rotate its keys.',
        ),
      },
      stop,
    );
    if (chosen !== stop) throw new vscode.CancellationError();
    answer = await ask(guard, uri, true);
  }
  if (answer.ok) notifier.information(vscode.l10n.t('git ignores {0} now.', name));
  else notifier.warning(answer.why);
}

/** Makes git let go of a file of the folder that a document is in. What was done is undefined, else why it was not. */
export async function stopTracking(
  guard: GuardConnection,
  document: vscode.Uri,
  file: string,
): Promise<string | undefined> {
  const folder = folderOf(document);
  if (!folder) return noFolder();
  const answer = await ask(guard, vscode.Uri.joinPath(folder, file), true);
  return answer.ok ? undefined : answer.why;
}

async function ask(guard: GuardConnection, uri: vscode.Uri, untrack: boolean): Promise<KeepOutAnswer> {
  const folder = folderOf(uri);
  if (!folder) return { ok: false, why: noFolder() };
  const params: KeepOutParams = { uri: uri.toString(), folder: folder.toString(), untrack };
  return (await guard.request(guardMethods.keepOut, params)) as KeepOutAnswer;
}
