import * as vscode from 'vscode';
import { groupWord, kindIcons, kindWord, modeIcon, modeWord } from '../words.ts';
import { keyTooltip } from './keyTooltip.ts';
import { keyWords, shortMask, type KeyMarks } from './keyWords.ts';
import { keyUri } from './keyDecorations.ts';
import { nodeId, type GroupNode, type KeyNode, type KeyTreeNode, type ModeNode } from './nodes.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** What a row needs besides its node. */
export interface RowFacts {
  /** How many rows it opens to. */
  readonly children: number;
  readonly marks: KeyMarks;
  readonly now: Date;
  /** A filter is on: everything that is left is shown open. */
  readonly filtered: boolean;
}

/** How a node looks as a row of the tree. */
export function rowOf(node: KeyTreeNode, facts: RowFacts): vscode.TreeItem {
  const row = bareRow(node, facts);
  if (facts.filtered && row.collapsibleState === Collapsed) row.collapsibleState = Expanded;
  // An id keeps the expansion a person chose; a filtered tree is another one.
  row.id = facts.filtered ? `filtered/${nodeId(node)}` : nodeId(node);
  row.contextValue = contextValue(node);
  return row;
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
  row.tooltip = keyTooltip(key, marks, now);
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

/** What `when` clauses ask of a row: `key.secret.sandbox`, `group.standard.live`, … */
function contextValue(node: KeyTreeNode): string {
  switch (node.type) {
    case 'organization':
    case 'account':
      return node.type;
    case 'mode':
      return `mode.${node.mode}`;
    case 'group':
      return `group.${node.group}.${node.mode ?? 'all'}`;
    case 'key':
      return `key.${node.key.kind}.${node.key.mode}`;
    default:
      return node satisfies never;
  }
}
