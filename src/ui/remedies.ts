import * as vscode from 'vscode';
import type { Problem } from '../domain/problem.ts';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import type { Offer } from './offer.ts';

/** The one action that a message about a problem offers. */
export function remedyFor(problem: Problem, session: EmulatorSession): Offer | undefined {
  switch (problem.kind) {
    case 'portTaken':
      return {
        label: vscode.l10n.t('Use Port {0} Now', problem.free),
        run: async () => (await import('./commands/runEmulator.ts')).startEmulator(session, problem.free),
      };
    case 'emulatorStopped':
    case 'emulatorCrashed':
    case 'emulatorUnreachable':
      return {
        label: vscode.l10n.t('Start Emulator'),
        run: () => vscode.commands.executeCommand('keysmith.emulator.start'),
      };
    case 'workspaceUntrusted':
      return {
        label: vscode.l10n.t('Manage Trust'),
        run: () => vscode.commands.executeCommand('workbench.trust.manage'),
      };
    default:
      return undefined;
  }
}
