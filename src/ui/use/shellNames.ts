import * as vscode from 'vscode';

/** By their names the terminals of our profile are known. */
export const shellNames = {
  sandbox: () => vscode.l10n.t('Stripe shell (sandbox)'),
  live: () => vscode.l10n.t('Stripe shell (LIVE)'),
  none: () => vscode.l10n.t('Stripe shell (no key)'),
} as const;

/** Tells of which keys a terminal has got: ids, which are no secrets. */
export const keysVariable = 'KEYSMITH_KEYS';
