import * as vscode from 'vscode';
import { guardMethods, type ScanAnswer, type ScanParams, type ScanProgressParams } from '../../leaks/protocol.ts';
import { setContext } from '../context.ts';
import { leaksView } from '../contract.ts';
import type { Findings } from './findings.ts';
import type { GuardConnection } from './guardConnection.ts';

/** Looks through every file of the workspace, with progress and a way out; what it finds goes into the view and the problems. */
export async function scanWorkspace(guard: GuardConnection, findings: Findings, cache: vscode.Uri): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to look through it for leaks.'));
    return;
  }
  const answer = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Looking for leaked keys'),
      cancellable: true,
    },
    (progress, cancel) =>
      scan(guard, folders, {
        id: findings.newScan(),
        cache,
        cancel,
        onProgress: ({ files, leaks }) => progress.report({ message: counts(files, leaks) }),
      }),
  );
  if (answer.cancelled) return;
  findings.replace(answer);
  setContext('scanned', true);
  const leaks = answer.files.reduce((sum, file) => sum + file.leaks.length, 0);
  const skipped = answer.skipped.length > 0 ? ` ${vscode.l10n.t('{0} were not read.', answer.skipped.length)}` : '';
  void vscode.window.showInformationMessage(`${counts(answer.scanned, leaks)}${skipped}`);
  if (leaks > 0) await vscode.commands.executeCommand(`${leaksView}.focus`);
}

/** Looks through some files again, after they have changed. */
export async function rescan(guard: GuardConnection, findings: Findings, uris: readonly vscode.Uri[]): Promise<void> {
  const params: ScanParams = { roots: uris.map(String), exclude: [], id: findings.newScan() };
  const answer = (await guard.request(guardMethods.scan, params)) as ScanAnswer;
  findings.update(uris, answer.files);
}

const counts = (files: number, leaks: number): string =>
  leaks === 1 ? vscode.l10n.t('{0} files, 1 leak.', files) : vscode.l10n.t('{0} files, {1} leaks.', files, leaks);

async function scan(
  guard: GuardConnection,
  folders: readonly vscode.WorkspaceFolder[],
  {
    id,
    cache,
    cancel,
    onProgress,
  }: {
    readonly id: number;
    readonly cache: vscode.Uri;
    readonly cancel: vscode.CancellationToken;
    readonly onProgress: (progress: ScanProgressParams) => void;
  },
): Promise<ScanAnswer> {
  const params: ScanParams = {
    roots: folders.map(({ uri }) => uri.toString()),
    exclude: excludedGlobs(),
    cache: cache.fsPath,
    id,
  };
  const listening = await guard.onNotification(guardMethods.scanProgress, (progress) => {
    if ((progress as ScanProgressParams).id === id) onProgress(progress as ScanProgressParams);
  });
  try {
    return (await guard.request(guardMethods.scan, params, cancel)) as ScanAnswer;
  } finally {
    listening.dispose();
  }
}

/** The globs that are set to true in `files.exclude`; those of a workspace only where it is trusted, for they hide what is in it. */
function excludedGlobs(): string[] {
  const settings = vscode.workspace.getConfiguration('files');
  const { defaultValue, globalValue } = settings.inspect<Record<string, unknown>>('exclude') ?? {};
  const globs = vscode.workspace.isTrusted
    ? settings.get<Record<string, unknown>>('exclude')
    : { ...defaultValue, ...globalValue };
  return Object.entries(globs ?? {}).flatMap(([glob, on]) => (on === true ? [glob] : []));
}
