import * as vscode from 'vscode';
import { maskToken } from '../../domain/secret.ts';
import { dateWord, groupWord, kindIcons, kindWord, modeIcon, modeWord } from '../words.ts';
import { nodeId, type GroupNode, type KeyNode, type KeyTreeNode, type ModeNode } from './nodes.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How a node looks as a row of the tree. `children` is how many rows it opens to. */
export function rowOf(node: KeyTreeNode, children: number): vscode.TreeItem {
  const row = bareRow(node, children);
  row.id = nodeId(node);
  row.contextValue = contextValue(node);
  return row;
}

function bareRow(node: KeyTreeNode, children: number): vscode.TreeItem {
  switch (node.type) {
    case 'account': {
      const row = new vscode.TreeItem(node.account.name, node.open ? Expanded : Collapsed);
      row.description = node.account.id;
      row.iconPath = new vscode.ThemeIcon('account');
      row.accessibilityInformation = { label: vscode.l10n.t('Account {0}', node.account.name) };
      return row;
    }
    case 'mode':
      return modeRow(node);
    case 'group':
      return groupRow(node, children);
    case 'key':
      return keyRow(node);
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

function groupRow({ mode, group }: GroupNode, children: number): vscode.TreeItem {
  const row = new vscode.TreeItem(groupWord(group), children === 0 ? None : mode === 'sandbox' ? Expanded : Collapsed);
  row.description = children === 0 ? vscode.l10n.t('none') : String(children);
  row.iconPath = new vscode.ThemeIcon(group === 'standard' ? 'key' : 'shield');
  row.accessibilityInformation = { label: vscode.l10n.t('{0}, {1}: {2}', groupWord(group), modeWord(mode), children) };
  return row;
}

function keyRow({ key }: KeyNode): vscode.TreeItem {
  const row = new vscode.TreeItem(key.name, None);
  const mask = key.kind === 'publishable' ? maskToken(key.mask) : key.mask;
  row.description = key.mode === 'live' ? `${modeWord('live')} · ${mask}` : mask;
  row.iconPath = new vscode.ThemeIcon(kindIcons[key.kind]);
  row.tooltip = keyTooltip({ key }, mask);
  row.accessibilityInformation = {
    label: vscode.l10n.t(
      '{0}, {1}, {2}, ends in {3}',
      key.name,
      kindWord(key.kind),
      modeWord(key.mode),
      mask.slice(-4),
    ),
  };
  return row;
}

function keyTooltip({ key }: Pick<KeyNode, 'key'>, mask: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.appendMarkdown(`$(${kindIcons[key.kind]}) **`);
  tooltip.appendText(key.name);
  tooltip.appendMarkdown(`** · $(${modeIcon(key.mode)}) ${modeWord(key.mode)}\n\n\`${mask}\`\n\n`);
  for (const line of [
    vscode.l10n.t('Created: {0}', dateWord(key.created)),
    vscode.l10n.t('Last used: {0}', dateWord(key.lastUsed)),
    ...(key.expires ? [vscode.l10n.t('Expires: {0}', dateWord(key.expires))] : []),
  ]) {
    tooltip.appendText(line);
    tooltip.appendMarkdown('  \n');
  }
  if (key.note) tooltip.appendText(key.note);
  return tooltip;
}

/** What `when` clauses ask of a row: `key.secret.sandbox`, `group.standard.live`, … */
function contextValue(node: KeyTreeNode): string {
  switch (node.type) {
    case 'account':
      return 'account';
    case 'mode':
      return `mode.${node.mode}`;
    case 'group':
      return `group.${node.group}.${node.mode}`;
    case 'key':
      return `key.${node.key.kind}.${node.key.mode}`;
    default:
      return node satisfies never;
  }
}
