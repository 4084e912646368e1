import * as vscode from 'vscode';
import type { EmulatorSession, EmulatorState } from '../management/emulatorSession.ts';
import type { CommandId } from './contract.ts';
import { keysView } from './contract.ts';
import { modeIcon, modeWord } from './words.ts';

/** The status-bar item: the emulator's state, and the mode that is worked in. */
export function createStatusBar(session: EmulatorSession): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('keysmith.status', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Stripe Keys');
  const show = (state: EmulatorState): void => {
    const { text, tooltip, command } = faceOf(state);
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.accessibilityInformation = { label: tooltip, role: 'button' };
    item.backgroundColor =
      state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  show(session.state);
  item.show();
  return vscode.Disposable.from(item, session.onDidChangeState(show));
}

function faceOf(state: EmulatorState): {
  text: string;
  tooltip: string;
  command: CommandId | `${typeof keysView}.focus`;
} {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case 'running': {
      const mode = modeWord('sandbox');
      return {
        text: `$(${modeIcon('sandbox')}) Stripe: ${mode}`,
        tooltip: t('Stripe emulator running at {0}, mode {1}', state.origin, mode),
        command: `${keysView}.focus`,
      };
    }
    case 'starting':
      return {
        text: '$(loading~spin) Stripe',
        tooltip: t('Stripe emulator is starting'),
        command: `${keysView}.focus`,
      };
    case 'stopped':
      return {
        text: `$(circle-slash) Stripe: ${t('off')}`,
        tooltip: t('Stripe emulator is not running. Click to start it.'),
        command: 'keysmith.emulator.start',
      };
    case 'failed':
      return {
        text: `$(warning) Stripe: ${t('failed')}`,
        tooltip: t('Stripe emulator failed. Click to start it again.'),
        command: 'keysmith.emulator.start',
      };
    default:
      return state satisfies never;
  }
}
