import * as vscode from 'vscode';
import { Refusal } from '../commands/failure.ts';
import { setting } from '../settings.ts';

export function refuseUntrusted(): void {
  if (!vscode.workspace.isTrusted) throw new Refusal({ kind: 'useUntrusted' });
}

/** Asks before live keys go into something, unless a setting forbids it. Without a yes nothing is handed over. */
export async function passLiveKeys(names: readonly string[], into: string): Promise<void> {
  const [first, ...others] = [...new Set(names)];
  if (first === undefined) return;
  if (setting('keysmith.use.liveKeys') !== 'ask') throw new Refusal({ kind: 'liveForbidden', name: first });
  const { t } = vscode.l10n;
  const give = t('Hand Over LIVE Key');
  const question =
    others.length === 0
      ? t('Hand the LIVE key “{0}” to {1}?', first, into)
      : t('Hand the LIVE keys {0} to {1}?', [first, ...others].map((name) => `“${name}”`).join(', '), into);
  const detail = t('Mode: LIVE. What runs there acts on real customers and real money, and can read the key.');
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, give);
  if (chosen !== give) throw new vscode.CancellationError();
}
