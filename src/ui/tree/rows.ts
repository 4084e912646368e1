import * as vscode from 'vscode';
import { groupWord, kindIcons, kindWord, modeIcon, modeWord } from '../words.ts';
import { keyWords, shortMask, type KeyMarks } from './keyWords.ts';
import { keyUri } from './keyDecorations.ts';
import { nodeId, type GroupNode, type KeyNode, type KeyTreeNode, type ModeNode, type MoreNode } from './nodes.ts';
import { statusRow, vaultRow } from './vaultRows.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** What a row needs besides its node. */
export interface RowFacts {
  /** How many rows it opens to. */
  readonly children: number;
  readonly marks: KeyMarks;
  readonly now: Date;
  /** A filter is on: everything that is left is shown open. */
  readonly filtered: boolean;
  /** Whether a person opened or closed it; undefined where nobody did. */
  readonly open: boolean | undefined;
}

/** How a node looks as a row of the tree. */
export function rowOf(node: KeyTreeNode, facts: RowFacts): vscode.TreeItem {
  const row = bareRow(node, facts);
  if (row.collapsibleState !== None) row.collapsibleState = stateOf(row.collapsibleState, facts);
  // To the editor a filtered tree is another one, which leaves the expansion of the whole one as it was.
  row.id = facts.filtered ? `filtered/${nodeId(node)}` : nodeId(node);
  row.contextValue = contextValue(node);
  return row;
}

function stateOf(
  first: vscode.TreeItemCollapsibleState | undefined,
  { filtered, open }: RowFacts,
): vscode.TreeItemCollapsibleState {
  if (filtered) return Expanded;
  if (open === undefined) return first ?? None;
  return open ? Expanded : Collapsed;
}

function bareRow(node: KeyTreeNode, facts: RowFacts): vscode.TreeItem {
  switch (node.type) {
    case 'organization': {
      const row = new vscode.TreeItem(node.organization.name, Expanded);
      row.description = node.organization.id;
      row.iconPath = new vscode.ThemeIcon('organization');
      row.accessibilityInformation = { label: vscode.l10n.t('Organization {0}', node.organization.name) };
      return row;
    }
    case 'account': {
      const row = new vscode.TreeItem(node.account.name, node.open ? Expanded : Collapsed);
      row.description = node.account.id;
      row.iconPath = new vscode.ThemeIcon(node.account.platform === undefined ? 'account' : 'plug');
      row.accessibilityInformation = {
        label:
          node.account.platform === undefined
            ? vscode.l10n.t('Account {0}', node.account.name)
            : vscode.l10n.t('Connected account {0}', node.account.name),
      };
      return row;
    }
    case 'mode':
      return modeRow(node);
    case 'group':
      return groupRow(node, facts);
    case 'key':
      return keyRow(node, facts);
    case 'more':
      return moreRow(node);
    case 'status':
      return statusRow(node);
    case 'vault':
    case 'vaultMode':
    case 'kept':
    case 'unreadable':
      return vaultRow(node, facts.children);
    default:
      return node satisfies never;
  }
}

function modeRow({ mode }: ModeNode): vscode.TreeItem {
  const row = new vscode.TreeItem(modeWord(mode), mode === 'sandbox' ? Expanded : Collapsed);
  row.iconPath = new vscode.ThemeIcon(
    modeIcon(mode),
    mode === 'live' ? new vscode.ThemeColor('charts.red') : undefined,
  );
  row.tooltip =
    mode === 'live'
      ? vscode.l10n.t('Live mode: real objects, real money')
      : vscode.l10n.t('Sandbox: simulated objects, no money moves');
  return row;
}

const groupIcons = { standard: 'key', restricted: 'shield', organization: 'key' } as const;

function groupRow({ mode, group }: GroupNode, { children }: RowFacts): vscode.TreeItem {
  const row = new vscode.TreeItem(groupWord(group), children === 0 ? None : mode === 'sandbox' ? Expanded : Collapsed);
  row.description = children === 0 ? vscode.l10n.t('none') : String(children);
  row.iconPath = new vscode.ThemeIcon(groupIcons[group]);
  const name = mode ? `${groupWord(group)}, ${modeWord(mode)}` : groupWord(group);
  row.accessibilityInformation = { label: vscode.l10n.t('{0}: {1}', name, children) };
  return row;
}

function keyRow({ key }: KeyNode, { marks, now }: RowFacts): vscode.TreeItem {
  const row = new vscode.TreeItem(key.name, None);
  const words = keyWords(key, marks, now);
  const mask = shortMask(key);
  row.description = words.join(' · ');
  row.iconPath = new vscode.ThemeIcon(kindIcons[key.kind]);
  row.resourceUri = keyUri(key, now);
  const said = words.filter((word) => word !== mask && word !== modeWord('live'));
  row.accessibilityInformation = {
    label: [
      key.name,
      kindWord(key.kind),
      modeWord(key.mode),
      vscode.l10n.t('ends in {0}', mask.slice(-4)),
      ...said,
    ].join(', '),
  };
  return row;
}

function moreRow(node: MoreNode): vscode.TreeItem {
  const row = new vscode.TreeItem(vscode.l10n.t('Show More'), None);
  row.description = vscode.l10n.t(
    '{0} more keys; the filter finds them too',
    node.hidden.toLocaleString(vscode.env.language),
  );
  row.iconPath = new vscode.ThemeIcon('ellipsis');
  row.command = { command: 'keysmith.showMore', title: vscode.l10n.t('Show More'), arguments: [node] };
  row.accessibilityInformation = { label: vscode.l10n.t('Show More, {0} more keys', node.hidden) };
  return row;
}

/** What `when` clauses ask of a row: `key.secret.sandbox`, `group.standard.live`, `kept.secret.live`, `unreadable.damaged`, … */
function contextValue(node: KeyTreeNode): string {
  switch (node.type) {
    case 'organization':
    case 'account':
    case 'more':
    case 'status':
    case 'vault':
    case 'vaultMode':
      return node.type;
    case 'mode':
      return `mode.${node.mode}`;
    case 'group':
      return `group.${node.group}.${node.mode ?? 'all'}`;
    case 'key':
      return `key.${node.key.kind}.${node.key.mode}`;
    case 'kept':
      return `kept.${node.entry.kind}.${node.entry.mode}`;
    case 'unreadable':
      return `unreadable.${node.entry.state}`;
    default:
      return node satisfies never;
  }
}
