import * as vscode from 'vscode';
import type { Kind } from '../domain/kind.ts';
import type { Mode } from '../domain/mode.ts';
import type { Group } from './tree/nodes.ts';

/** The names of things as a person reads them. Live is loud wherever it stands. */
export function modeWord(mode: Mode): string {
  return mode === 'live' ? vscode.l10n.t('LIVE') : vscode.l10n.t('Sandbox');
}

export const modeIcon = (mode: Mode): string => (mode === 'live' ? 'broadcast' : 'beaker');

export function kindWord(kind: Kind): string {
  switch (kind) {
    case 'publishable':
      return vscode.l10n.t('publishable key');
    case 'secret':
      return vscode.l10n.t('secret key');
    case 'restricted':
      return vscode.l10n.t('restricted key');
    case 'organization':
      return vscode.l10n.t('organization key');
    default:
      return kind satisfies never;
  }
}

export const kindIcons = {
  publishable: 'globe',
  secret: 'key',
  restricted: 'shield',
  organization: 'organization',
} as const satisfies Record<Kind, string>;

export function groupWord(group: Group): string {
  if (group === 'organization') return vscode.l10n.t('Organization keys');
  return group === 'standard' ? vscode.l10n.t('Standard keys') : vscode.l10n.t('Restricted keys');
}

export function dateWord(date: Date | undefined): string {
  return date
    ? date.toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' })
    : vscode.l10n.t('never');
}
