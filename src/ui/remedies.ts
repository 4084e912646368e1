import * as vscode from 'vscode';
import type { Problem } from '../domain/problem.ts';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import type { NotificationAction, Notifier } from './notifier.ts';
import type { OwnRows } from './ownRows.ts';
import type { UnreadableNode } from './tree/nodes.ts';

/** The one action that a message about a problem offers. */
export function remedyFor(
  problem: Problem,
  session: EmulatorSession,
  { notifier, rows }: { readonly notifier: Notifier; readonly rows: OwnRows },
): NotificationAction | undefined {
  switch (problem.kind) {
    case 'portTaken':
      return {
        label: vscode.l10n.t('Use Port {0} Now', problem.free),
        run: async () => (await import('./commands/runEmulator.ts')).startEmulator({ session, notifier }, problem.free),
      };
    case 'emulatorStopped':
    case 'emulatorCrashed':
    case 'emulatorUnreachable':
      return {
        label: vscode.l10n.t('Start Emulator'),
        run: () => vscode.commands.executeCommand('keysmith.emulator.start'),
      };
    case 'workspaceUntrusted':
    case 'useUntrusted':
      return {
        label: vscode.l10n.t('Manage Trust'),
        run: () => vscode.commands.executeCommand('workbench.trust.manage'),
      };
    case 'liveForbidden':
      return {
        label: vscode.l10n.t('Open Setting'),
        run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'keysmith.use.liveKeys'),
      };
    case 'vaultUnavailable':
      return {
        label: vscode.l10n.t('How to Get a Keyring'),
        run: () => vscode.env.openExternal(vscode.Uri.parse(keyringGuide)),
      };
    case 'vaultEntryDamaged':
    case 'vaultEntryNewer':
      return {
        label: vscode.l10n.t('Forget…'),
        run: () => vscode.commands.executeCommand('keysmith.vault.forget', rows.vouch(unreadable(problem))),
      };
    default:
      return undefined;
  }
}

/** The editor's own guide to a machine without a keyring, as its own message on that opens it. */
const keyringGuide = 'https://go.microsoft.com/fwlink/?linkid=2239490';

function unreadable({ kind, id }: Extract<Problem, { kind: 'vaultEntryDamaged' | 'vaultEntryNewer' }>): UnreadableNode {
  return { type: 'unreadable', entry: { state: kind === 'vaultEntryNewer' ? 'newer' : 'damaged', id } };
}
