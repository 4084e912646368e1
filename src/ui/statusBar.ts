import * as vscode from 'vscode';
import type { EmulatorSession, EmulatorState } from '../management/emulatorSession.ts';
import type { CommandId } from './contract.ts';
import { keysView } from './contract.ts';
import type { Mode } from '../domain/mode.ts';
import type { Selection } from './selection.ts';
import { modeIcon, modeWord } from './words.ts';

/** The status-bar item: the emulator's state, and the mode that is worked in. */
export function createStatusBar(session: EmulatorSession, selection: Selection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('keysmith.status', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Stripe Keys');
  const show = (state: EmulatorState): void => {
    const { text, tooltip, command } = faceOf(state, selection.value.mode);
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.accessibilityInformation = { label: tooltip, role: 'button' };
    const background = backgroundOf(state, selection.value.mode);
    item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
  };
  show(session.state);
  item.show();
  return vscode.Disposable.from(
    item,
    session.onDidChangeState(show),
    selection.onDidChange(() => show(session.state)),
  );
}

/** LIVE is loud; a failed emulator is a warning. */
function backgroundOf(state: EmulatorState, mode: Mode): string | undefined {
  if (state.kind === 'failed') return 'statusBarItem.warningBackground';
  return state.kind === 'running' && mode === 'live' ? 'statusBarItem.errorBackground' : undefined;
}

function faceOf(
  state: EmulatorState,
  mode: Mode,
): {
  text: string;
  tooltip: string;
  command: CommandId | `${typeof keysView}.focus`;
} {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case 'running': {
      const word = modeWord(mode);
      return {
        text: `$(${modeIcon(mode)}) Stripe: ${word}`,
        tooltip: t('Stripe emulator running at {0}, mode {1}', state.origin, word),
        command: 'keysmith.switchMode',
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
