import * as vscode from 'vscode';
import type { KnownKey } from './leaks/protocol.ts';
import { EmulatorSession } from './management/emulatorSession.ts';
import { launcherFile } from './handover/launcherFile.ts';
import { systemClock } from './shared/clock.ts';
import { createApi, type KeysmithApi } from './ui/api.ts';
import { SecretClipboard } from './ui/clipboard.ts';
import { registerCommands } from './ui/commands/registerCommands.ts';
import { createKeysView } from './ui/keysView.ts';
import { registerTasks } from './ui/keysmithTasks.ts';
import { Guard } from './ui/guard.ts';
import { setContext } from './ui/context.ts';
import { createEnforcementItem } from './ui/enforcementItem.ts';
import { commandHandlers } from './ui/handlers.ts';
import { createLeaksView } from './ui/leaks/leaksView.ts';
import { registerPasteGuard } from './ui/leaks/pasteGuard.ts';
import { Notifier } from './ui/notifier.ts';
import { OwnRows } from './ui/ownRows.ts';
import { SecretBox } from './ui/prompts/secretBox.ts';
import { remedyFor } from './ui/remedies.ts';
import { resumeEmulator } from './ui/resumeEmulator.ts';
import { Recording } from './ui/requests/recording.ts';
import { registerRequestLinks } from './ui/requests/requestLinks.ts';
import { registerRequestsView } from './ui/requests/requestsView.ts';
import { Selection } from './ui/selection.ts';
import { setting } from './ui/settings.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { registerKeyDecorations } from './ui/tree/keyDecorations.ts';
import { KeyTree } from './ui/tree/keyTree.ts';
import { HandedOver } from './ui/use/handedOver.ts';
import { registerUse, type KeyUse } from './ui/use/registerUse.ts';
import { Vault } from './vault/vault.ts';

/** What `deactivate` has to wait for; everything else ends through `context.subscriptions`. */
let running: { readonly session: EmulatorSession; readonly guard: Guard; readonly use: KeyUse } | undefined;

export function activate(context: vscode.ExtensionContext): KeysmithApi & { readonly inside?: unknown } {
  const log = vscode.window.createOutputChannel('Keysmith', { log: true });
  const program = (name: string): string => context.asAbsolutePath(`dist/${name}.js`);
  const data = vscode.Uri.joinPath(context.globalStorageUri, 'emulator').fsPath;
  const launcherFolder = vscode.Uri.joinPath(context.globalStorageUri, 'bin').fsPath;
  const session = new EmulatorSession({ program: program('emulator'), data, log });
  const vault = new Vault(context.secrets, systemClock);
  const knownKeys = async (): Promise<readonly KnownKey[]> =>
    (await import('./ui/leaks/knownKeys.ts')).findKnownKeys(vault, session);
  const guard = new Guard({ program: program('languageServer'), log, knownKeys });
  const selection = new Selection(context.workspaceState);
  const clipboard = new SecretClipboard(() => setting('keysmith.clipboard.clearAfterSeconds'));
  const rows = new OwnRows();
  const handedOver = new HandedOver(context.globalState);
  const notifier: Notifier = new Notifier({
    log,
    remedyOf: (problem) => remedyFor(problem, session, { notifier, rows }),
  });
  const secretBox = new SecretBox(() => ({
    hideAfterSeconds: setting('keysmith.reveal.hideAfterSeconds'),
    copy: (secret, copied) =>
      void notifier.run('Copying a secret', async () => {
        await clipboard.copy(secret);
        copied?.();
      }),
    changed: () => {
      setContext('shown', secretBox.shownKey !== undefined);
      tree.redraw();
    },
  }));
  const tree = new KeyTree({
    session,
    vault,
    rows,
    shownKey: () => secretBox.shownKey,
    onRead: (keys, entries) =>
      void notifier.run('Following keys in the vault', async () => {
        const followed = await (await import('./vault/inStep.ts')).keepInStep(vault, entries, keys);
        if (!followed.ok) log.warn(`The vault could not follow what became of its keys: ${followed.problem.kind}`);
      }),
    onProblem: (problem) => {
      if (problem.kind !== 'emulatorUnreachable') notifier.problem(problem); // the session tells of that by itself
    },
  });
  const view = createKeysView(tree);
  const desk = {
    session,
    vault,
    notifier,
    guard,
    rows,
    handedOver,
    secretBox,
    clipboard,
    selection,
    refresh: () => tree.refresh(),
    showRow: (keyId: string) => view.showRow(keyId),
  };

  const requests = registerRequestsView(vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview'), desk);
  const use = registerUse({
    keys: desk,
    context,
    launcherFolder,
    log,
    cli: program('cli'),
    showProblem: (problem) => notifier.problem(problem),
  });
  const recording = new Recording(session, (on) => {
    setContext('recording', on);
    enforcement.refresh();
  });
  const enforcement = createEnforcementItem(session, () => recording.on);
  const leaks = createLeaksView(guard, rows);
  const leakDesk = { guard, vault, notifier, knownKeys, refresh: () => tree.refresh(), keys: desk };

  context.subscriptions.push(
    log,
    guard,
    tree,
    selection,
    clipboard,
    secretBox,
    createStatusBar(session, selection),
    enforcement,
    view,
    leaks,
    requests,
    recording,
    registerRequestLinks((id) => void vscode.commands.executeCommand('keysmith.requests.explain', id ?? '')),
    use,
    handedOver,
    registerPasteGuard(leakDesk, () => setting('keysmith.guard.enabled')),
    tree.onDidChangeTreeData(() => void guard.tellKnownKeys()), // nobody waits for what a hover tells
    registerKeyDecorations(),
    registerTasks(session, launcherFile(launcherFolder)),
    context.secrets.onDidChange(({ key }) => {
      vault.noteChange(key);
      tree.refreshVault();
    }),
    session.onDidChangeState(({ kind }) => setContext('emulator', kind)),
    session.onDidCrash((problem) => notifier.problem(problem)),
    resumeEmulator(session, context.workspaceState),
    registerCommands(
      commandHandlers({
        desk,
        tree,
        log,
        requests,
        recording,
        use: use.desk,
        leaks: {
          desk: leakDesk,
          findings: leaks.findings,
          tree: leaks.tree,
          cache: vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'scan.json'),
          launcherFolder,
          cli: program('cli'),
        },
      }),
      rows,
      notifier,
    ),
  );
  setContext('emulator', session.state.kind);
  setContext('grouping', 'key');
  running = { session, guard, use };
  const api = createApi(session, vault);
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { ...api, inside: { session, tree, vault, secrets: context.secrets } }
    : api;
}

export async function deactivate(): Promise<void> {
  await Promise.all([running?.session.dispose(), running?.guard.stop(), running?.use.stop()]);
}
