import * as vscode from 'vscode';
import { EmulatorSession } from './management/emulatorSession.ts';
import { systemClock } from './shared/clock.ts';
import { registerCommands, showProblem } from './ui/commands/registerCommands.ts';
import { contextKeys, keysView } from './ui/contract.ts';
import type { Problem } from './domain/problem.ts';
import { Guard } from './ui/guard.ts';
import type { Offer } from './ui/offer.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { KeyTree } from './ui/tree/keyTree.ts';
import { Vault } from './vault/vault.ts';

/** What `deactivate` has to wait for; everything else ends through `context.subscriptions`. */
let running: { readonly session: EmulatorSession; readonly guard: Guard } | undefined;

export function activate(context: vscode.ExtensionContext): unknown {
  const log = vscode.window.createOutputChannel('Keysmith', { log: true });
  const program = (name: string): string => context.asAbsolutePath(`dist/${name}.js`);
  const data = vscode.Uri.joinPath(context.globalStorageUri, 'emulator').fsPath;
  const session = new EmulatorSession({ program: program('emulator'), data, log });
  const vault = new Vault(context.secrets, systemClock);
  const guard = new Guard(program('languageServer'), log);
  const remedyOf = (problem: Problem): Offer | undefined => remedies(problem, session);
  const tree = new KeyTree(session, (problem) => {
    if (problem.kind !== 'emulatorUnreachable') showProblem(problem, remedyOf); // the session tells of that by itself
  });
  const desk = { session, vault, refresh: () => tree.refresh() };

  context.subscriptions.push(
    log,
    guard,
    tree,
    createStatusBar(session),
    vscode.window.createTreeView(keysView, { treeDataProvider: tree, showCollapseAll: true }),
    session.onDidChangeState(
      ({ kind }) => void vscode.commands.executeCommand('setContext', contextKeys.emulator, kind),
    ),
    registerCommands(
      {
        'keysmith.emulator.start': async () => (await import('./ui/commands/runEmulator.ts')).startEmulator(session),
        'keysmith.emulator.stop': async () => (await import('./ui/commands/runEmulator.ts')).stopEmulator(session),
        'keysmith.key.reveal': async (node) => (await import('./ui/commands/revealKey.ts')).revealKey(desk, node),
        'keysmith.key.copy': async (node) => (await import('./ui/commands/revealKey.ts')).copyKey(desk, node),
        'keysmith.refresh': async () => tree.refresh(),
        'keysmith.showLog': async () => log.show(),
      },
      log,
      remedyOf,
    ),
  );
  void vscode.commands.executeCommand('setContext', contextKeys.emulator, session.state.kind);
  void session.join(); // another window may run one already; where none does, nothing happens
  running = { session, guard };
  return context.extensionMode === vscode.ExtensionMode.Test ? { session, tree, vault, log } : undefined;
}

export async function deactivate(): Promise<void> {
  await Promise.all([running?.session.dispose(), running?.guard.stop()]);
}

/** The one action that a message about a problem offers. */
function remedies(problem: Problem, session: EmulatorSession): Offer | undefined {
  switch (problem.kind) {
    case 'portTaken':
      return {
        label: vscode.l10n.t('Use Port {0} Now', problem.free),
        run: async () => (await import('./ui/commands/runEmulator.ts')).startEmulator(session, problem.free),
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
