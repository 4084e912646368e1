import * as vscode from 'vscode';

/** By its name a terminal with a live key is known. */
export const liveShellName = (): string => vscode.l10n.t('Stripe shell (LIVE)');
