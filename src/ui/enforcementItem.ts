import * as vscode from 'vscode';
import type { EmulatorSession, EmulatorState } from '../management/emulatorSession.ts';
import type { Enforcement } from '../management/keyService.ts';

/**
 * Says in the status bar of every window, loudly, that the emulator refuses nothing, whoever set it so; a click ends that. `recorded` tells
 * whether this window records, and so says it already.
 */
export function createEnforcementItem(
  session: EmulatorSession,
  recorded: () => boolean,
): vscode.Disposable & { refresh(): void } {
  const item = vscode.window.createStatusBarItem('keysmith.enforcement', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Stripe emulator refuses nothing');
  item.text = `$(unlock) ${vscode.l10n.t('Stripe: nothing is refused')}`;
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.command = 'keysmith.emulator.enforce';
  const show = (enforcement: Enforcement): void => {
    if (enforcement === 'enforce' || recorded()) return item.hide();
    item.tooltip = vscode.l10n.t(
      'The Stripe emulator lets every request through (mode “{0}”), in every window. Click to have it refuse again what a key may not do.',
      enforcement,
    );
    item.accessibilityInformation = { label: item.tooltip, role: 'button' };
    item.show();
  };
  const refresh = async (state: EmulatorState): Promise<void> => {
    const enforcement = state.kind === 'running' ? await state.service.enforcement() : undefined;
    if (session.state === state) show(enforcement?.ok ? enforcement.value : 'enforce');
  };
  const refreshNow = (): void => void refresh(session.state); // a service that does not answer is told by the session
  refreshNow();
  const subscriptions = vscode.Disposable.from(
    item,
    session.onDidChangeState(refreshNow),
    session.onDidChangeKeys(refreshNow),
  );
  return { refresh: refreshNow, dispose: () => subscriptions.dispose() };
}
