import * as vscode from 'vscode';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { requestsIn, sourceExtensions } from '../../requests/fromSource/guessFromSource.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { propose } from './proposeKey.ts';

const mostFiles = 20_000;
const mostBytes = 2_000_000;
const foreign = '**/{node_modules,vendor,dist,build,target,venv,__pycache__,.*}/**';

/** Says what the SDK calls in the workspace would need: a guess, for nobody ran them. */
export async function guessFromWorkspace(desk: KeyDesk): Promise<void> {
  serviceOf(desk);
  const requests = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reading source for calls of Stripe'),
      cancellable: true,
    },
    (_, cancel) => readWorkspace(cancel),
  );
  if (!requests) return;
  if (requests.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No call of a Stripe SDK was found in the workspace. Recording a run finds what the source does not tell.',
      ),
    );
    return;
  }
  await propose(desk, requests, { guess: true });
}

/** Undefined where it was cancelled. */
async function readWorkspace(cancel: vscode.CancellationToken): Promise<LoggedRequest[] | undefined> {
  const files = await vscode.workspace.findFiles(`**/*.{${sourceExtensions.join(',')}}`, foreign, mostFiles, cancel);
  const found: LoggedRequest[] = [];
  for (const file of files) {
    if (cancel.isCancellationRequested) return undefined;
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > mostBytes) continue;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      found.push(...requestsIn(text, vscode.workspace.asRelativePath(file)));
    } catch {
      // it vanished meanwhile
    }
  }
  return found;
}
