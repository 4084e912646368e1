import * as vscode from 'vscode';
import type { Severity } from '../../leaks/protocol.ts';
import type { OwnRows } from '../ownRows.ts';
import { modeWord } from '../words.ts';
import { rangeOf, type Finding, type Findings } from './findings.ts';
import { groupFindings, placesOf, type LeakFileNode, type LeakGrouping, type LeakTreeNode } from './leakNodes.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** What was found in the workspace: a row a key, or a row a file. */
export class LeakTree implements vscode.TreeDataProvider<LeakTreeNode> {
  readonly #findings: Findings;
  readonly #rows: OwnRows;
  readonly onDidChangeTreeData;
  readonly #changed = new vscode.EventEmitter<void>();
  #grouping: LeakGrouping = 'key';

  constructor(findings: Findings, rows: OwnRows) {
    this.#findings = findings;
    this.#rows = rows;
    this.onDidChangeTreeData = this.#changed.event;
    findings.onDidChange(() => this.#changed.fire());
  }

  set grouping(grouping: LeakGrouping) {
    this.#grouping = grouping;
    this.#changed.fire();
  }

  getChildren(node?: LeakTreeNode): LeakTreeNode[] {
    if (!node) return this.#rows.vouchAll(groupFindings(this.#findings.all(), this.#grouping));
    return node.type === 'leakPlace' ? [] : this.#rows.vouchAll(placesOf(node));
  }

  getTreeItem(node: LeakTreeNode): vscode.TreeItem {
    switch (node.type) {
      case 'leakedKey': {
        const [first] = node.places;
        const row = new vscode.TreeItem(first.mask, node.places.length > 5 ? Collapsed : Expanded);
        const places =
          node.places.length === 1 ? vscode.l10n.t('1 place') : vscode.l10n.t('{0} places', node.places.length);
        row.description = [...wordsOf(first), places].join(' · ');
        row.iconPath = severityIcon(first.severity);
        row.tooltip = first.message;
        row.id = `key/${node.fingerprint}`;
        row.contextValue = 'leakedKey';
        row.accessibilityInformation = { label: `${first.message} ${places}` };
        return row;
      }
      case 'leakFile':
        return fileRow(node);
      case 'leakPlace':
        return placeRow(node.finding, node.below === 'leakFile');
      default:
        return node satisfies never;
    }
  }
}

const wordsOf = ({ mode }: Finding): string[] => (mode ? [modeWord(mode)] : []);

function fileRow(node: LeakFileNode): vscode.TreeItem {
  const uri = vscode.Uri.parse(node.uri);
  const row = new vscode.TreeItem(uri, Expanded);
  row.description = true; // the editor says where it lies
  row.iconPath = vscode.ThemeIcon.File;
  row.id = `file/${node.uri}`;
  row.contextValue = 'leakFile';
  return row;
}

function placeRow(finding: Finding, belowFile: boolean): vscode.TreeItem {
  const { uri, range, mask, message, severity, fingerprint } = finding;
  const line = range.start.line + 1;
  const path = vscode.workspace.asRelativePath(uri);
  const name = path.split('/').at(-1) ?? path;
  const row = new vscode.TreeItem(belowFile ? mask : `${name}:${line}`, None);
  const folder = path.slice(0, Math.max(0, path.length - name.length - 1));
  row.description = belowFile ? [...wordsOf(finding), vscode.l10n.t('line {0}', line)].join(' · ') : folder;
  row.iconPath = belowFile ? severityIcon(severity) : vscode.ThemeIcon.File;
  if (!belowFile) row.resourceUri = uri;
  row.tooltip = message;
  row.id = `place/${uri.toString()}/${range.start.line}/${range.start.character}/${fingerprint}/${belowFile}`;
  row.contextValue = 'leakPlace';
  row.accessibilityInformation = { label: vscode.l10n.t('{0}, line {1}: {2}', path, line, message) };
  row.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [uri, { selection: rangeOf(finding) } satisfies vscode.TextDocumentShowOptions],
  };
  return row;
}

function severityIcon(severity: Severity): vscode.ThemeIcon {
  if (severity === 'error') return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  if (severity === 'warning')
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  return new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground'));
}
