import * as vscode from 'vscode';
import type { KeptEntry, UnreadableEntry } from '../../vault/entry.ts';
import { isOwnKey } from '../../vault/ownKey.ts';
import { dateWord, kindIcons, kindWord, modeIcon, modeWord } from '../words.ts';
import type { StatusNode, VaultModeNode, VaultNode, VaultTreeNode } from './nodes.ts';

const { Expanded, None } = vscode.TreeItemCollapsibleState;

/** How a node of the vault looks as a row; `children` is how many rows it opens to. */
export function vaultRow(node: VaultTreeNode, children: number): vscode.TreeItem {
  switch (node.type) {
    case 'vault':
      return rootRow(node);
    case 'vaultMode':
      return modeRow(node, children);
    case 'kept':
      return keptRow(node.entry);
    case 'unreadable':
      return unreadableRow(node.entry);
    default:
      return node satisfies never;
  }
}

function rootRow({ readable }: VaultNode): vscode.TreeItem {
  const row = new vscode.TreeItem(vscode.l10n.t('Kept in the vault'), readable ? Expanded : None);
  row.iconPath = new vscode.ThemeIcon(readable ? 'lock' : 'warning');
  if (readable) {
    row.tooltip = vscode.l10n.t('Keys that were put into the vault by hand, and what no other row shows');
  } else {
    row.description = vscode.l10n.t('cannot be read');
    row.tooltip = vscode.l10n.t("The editor's secret storage refused. “What Is Stored” tells why.");
    row.command = { command: 'keysmith.vault.show', title: vscode.l10n.t('What Is Stored') };
  }
  return row;
}

function modeRow({ mode }: VaultModeNode, children: number): vscode.TreeItem {
  const row = new vscode.TreeItem(modeWord(mode), Expanded);
  row.description = String(children);
  row.iconPath = new vscode.ThemeIcon(
    modeIcon(mode),
    mode === 'live' ? new vscode.ThemeColor('charts.red') : undefined,
  );
  row.accessibilityInformation = {
    label: vscode.l10n.t('{0}: {1}', vscode.l10n.t('Kept in the vault, {0}', modeWord(mode)), children),
  };
  return row;
}

function keptRow({ id, name, kind, mode, mask, stored }: KeptEntry): vscode.TreeItem {
  const { t } = vscode.l10n;
  const row = new vscode.TreeItem(name, None);
  const gone = isOwnKey(id) ? [] : [t('its key is gone')];
  row.description = [...(mode === 'live' ? [modeWord(mode)] : []), mask, kindWord(kind), ...gone].join(' · ');
  row.iconPath = new vscode.ThemeIcon(kindIcons[kind]);
  row.tooltip = t('{0}, in the vault since {1}', `${mask} · ${kindWord(kind)} · ${modeWord(mode)}`, dateWord(stored));
  row.accessibilityInformation = {
    label: [name, kindWord(kind), modeWord(mode), t('ends in {0}', mask.slice(-4)), t('in vault'), ...gone].join(', '),
  };
  return row;
}

function unreadableRow({ id, state }: UnreadableEntry): vscode.TreeItem {
  const row = new vscode.TreeItem(id, None);
  const newer = state === 'newer';
  row.description = newer ? vscode.l10n.t('written by a newer Keysmith') : vscode.l10n.t('damaged');
  row.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  row.tooltip = newer
    ? vscode.l10n.t('A newer Keysmith wrote this entry, and it is left as it is. Update the extension to use it.')
    : vscode.l10n.t(
        'This entry of the vault is damaged and cannot be read. It is left as it is until it is forgotten.',
      );
  row.accessibilityInformation = {
    label: newer
      ? vscode.l10n.t('Entry of the vault, written by a newer Keysmith: {0}', id)
      : vscode.l10n.t('Damaged entry of the vault: {0}', id),
  };
  return row;
}

/** The row that says why the keys of the emulator are missing; chosen, it does what the welcome view offers. */
export function statusRow({ state }: StatusNode): vscode.TreeItem {
  const { label, icon, command } = facesOf()[state];
  const row = new vscode.TreeItem(label, None);
  row.iconPath = new vscode.ThemeIcon(icon);
  if (command) {
    row.description = command.title;
    row.command = command;
    row.accessibilityInformation = { label: `${label}. ${command.title}` };
  }
  return row;
}

interface Face {
  readonly label: string;
  readonly icon: string;
  readonly command?: vscode.Command;
}

function facesOf(): Readonly<Record<StatusNode['state'], Face>> {
  const { t } = vscode.l10n;
  const start = { command: 'keysmith.emulator.start', title: t('Start Emulator') };
  return {
    stopped: { label: t('The emulator is not running'), icon: 'circle-slash', command: start },
    starting: { label: t('The emulator is starting…'), icon: 'loading~spin' },
    failed: { label: t('The emulator is not running any more'), icon: 'warning', command: start },
    untrusted: {
      label: t('No emulator in an untrusted workspace'),
      icon: 'workspace-untrusted',
      command: { command: 'workbench.trust.manage', title: t('Manage Trust') },
    },
  };
}
