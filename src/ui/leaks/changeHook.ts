import * as vscode from 'vscode';
import { writeLauncher } from '../../handover/launcher.ts';
import { guardMethods, type HookAnswer, type HookParams } from '../../leaks/protocol.ts';
import type { Notifier } from '../notifier.ts';
import { askChoice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import type { GuardConnection } from './guardConnection.ts';

export interface HookTools {
  readonly guard: GuardConnection;
  readonly notifier: Notifier;
  /** Where the program `keysmith` is put, which outlives an update of the extension. */
  readonly launcherFolder: string;
  /** The command line's bundle. */
  readonly cli: string;
}

/** Puts the scan before the commits of a repository, or takes it away. */
export async function changeHook(
  { guard, notifier, launcherFolder, cli }: HookTools,
  action: HookParams['action'],
): Promise<void> {
  const folder = await askFolder();
  if (!folder) return;
  const file = await writeLauncher(launcherFolder, cli);
  const params: HookParams = { action, folder: folder.uri.toString(), file };
  let answer = (await guard.request(guardMethods.hook, params)) as HookAnswer;
  if (answer.elsewhere !== undefined) {
    await askElsewhere(answer.elsewhere);
    answer = (await guard.request(guardMethods.hook, { ...params, elsewhere: true })) as HookAnswer;
  }
  if (answer.ok) notifier.information(answer.message);
  else notifier.error(answer.message);
}

/** Throws where the user does not want it. */
async function askElsewhere(hook: string): Promise<void> {
  const change = vscode.l10n.t('Change It');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Change a hook outside this repository?'),
    {
      modal: true,
      detail: vscode.l10n.t('Commits in every repository whose hooks are there run it too: {0}', hook),
    },
    change,
  );
  if (chosen !== change) throw new vscode.CancellationError();
}

async function askFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [only, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (!only) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open the folder of a repository first.'));
    return undefined;
  }
  if (others.length === 0) return only;
  const chosen = await askChoice<vscode.WorkspaceFolder>(
    { title: vscode.l10n.t('Pre-commit Hook') },
    {
      placeholder: vscode.l10n.t('In which folder?'),
      choices: [only, ...others].map((folder) => ({
        label: folder.name,
        description: folder.uri.fsPath,
        value: folder,
      })),
    },
  );
  return chosen === back ? undefined : chosen;
}
