import * as vscode from 'vscode';
import { leaksView } from '../contract.ts';
import type { OwnRows } from '../ownRows.ts';
import { Findings } from './findings.ts';
import type { GuardConnection } from './guardConnection.ts';
import { LeakTree } from './leakTree.ts';
import { rescan } from './scanWorkspace.ts';

export interface LeaksView extends vscode.Disposable {
  readonly findings: Findings;
  readonly tree: LeakTree;
}

/** The view of what a scan has found: it says so where there was none, or where it found nothing, and follows what is saved. */
export function createLeaksView(guard: GuardConnection, rows: OwnRows): LeaksView {
  const findings = new Findings();
  const tree = new LeakTree(findings, rows);
  const view = vscode.window.createTreeView(leaksView, { treeDataProvider: tree, showCollapseAll: true });
  const disposable = vscode.Disposable.from(
    findings,
    view,
    findings.onDidChange(() => {
      const count = findings.all().length;
      const { last } = findings;
      view.message = last && count === 0 ? vscode.l10n.t('No leaks in {0} files.', last.scanned) : '';
      view.badge = count > 0 ? { value: count, tooltip: vscode.l10n.t('{0} leaks', count) } : undefined;
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (findings.last && uri.scheme === 'file') void rescan(guard, findings, [uri]).catch(() => undefined); // the next scan finds it
    }),
  );
  return { findings, tree, dispose: () => disposable.dispose() };
}
