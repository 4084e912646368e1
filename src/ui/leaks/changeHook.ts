import * as vscode from 'vscode';
import { guardMethods, type HookAnswer, type HookParams } from '../../leaks/protocol.ts';
import { askChoice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import type { GuardConnection } from './guardConnection.ts';

/** Puts the scan before the commits of a repository, or takes it away. */
export async function changeHook(guard: GuardConnection, action: HookParams['action'], cli: string): Promise<void> {
  const folder = await askFolder();
  if (!folder) return;
  const params: HookParams = { action, folder: folder.uri.toString(), file: cli, by: runtime() };
  const { ok, message } = (await guard.request(guardMethods.hook, params)) as HookAnswer;
  void (ok ? vscode.window.showInformationMessage(message) : vscode.window.showErrorMessage(message));
}

/** What runs the program: the editor's own Node, which in a desktop editor has to be told to be one. */
function runtime(): string[] {
  return 'electron' in process.versions ? ['env', 'ELECTRON_RUN_AS_NODE=1', process.execPath] : [process.execPath];
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
