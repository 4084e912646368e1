import type * as vscode from 'vscode';
import type { KeyDesk } from './commands/desk.ts';
import type { CommandHandlers } from './contract.ts';
import { leakHandlers, type LeakTools } from './leaks/leakHandlers.ts';
import type { Recording } from './requests/recording.ts';
import type { RequestsView } from './requests/requestsView.ts';
import type { KeyTree } from './tree/keyTree.ts';
import type { UseDesk } from './use/useDesk.ts';
import { useHandlers } from './use/useHandlers.ts';

export interface HandlerTools {
  readonly desk: KeyDesk;
  readonly tree: KeyTree;
  readonly leaks: LeakTools;
  readonly requests: RequestsView;
  readonly recording: Recording;
  readonly use: UseDesk;
  readonly log: vscode.LogOutputChannel;
}

/** What each command does. Its code is loaded when it first runs. */
export function commandHandlers({ desk, tree, leaks, requests, recording, use, log }: HandlerTools): CommandHandlers {
  return {
    ...leakHandlers(leaks),
    ...useHandlers(use),
    'keysmith.emulator.start': async () => (await import('./commands/runEmulator.ts')).startEmulator(desk),
    'keysmith.emulator.stop': async () => (await import('./commands/runEmulator.ts')).stopEmulator(desk.session),
    'keysmith.emulator.enforce': async () => (await import('./commands/runEmulator.ts')).enforceAgain(desk),
    'keysmith.key.createSecret': async (node) =>
      (await import('./commands/createKey.ts')).createKey(desk, 'secret', node),
    'keysmith.key.createRestricted': async (node) =>
      (await import('./commands/createKey.ts')).createKey(desk, 'restricted', node),
    'keysmith.key.createOrganization': async (node) =>
      (await import('./commands/createKey.ts')).createKey(desk, 'organization', node),
    'keysmith.key.duplicate': async (node) => (await import('./commands/duplicateKey.ts')).duplicateKey(desk, node),
    'keysmith.key.reveal': async (node) => (await import('./commands/revealKey.ts')).revealKey(desk, node),
    'keysmith.key.hide': async () => desk.secretBox.hide(),
    'keysmith.key.copy': async (node) => (await import('./commands/revealKey.ts')).copyKey(desk, node),
    'keysmith.key.edit': async (node) => (await import('./commands/editKey.ts')).editKey(desk, node),
    'keysmith.key.editPermissions': async (node) => (await import('./commands/editKey.ts')).editPermissions(desk, node),
    'keysmith.key.limit': async (node) => (await import('./commands/limitKey.ts')).limitKey(desk, node),
    'keysmith.key.rotate': async (node) => (await import('./commands/rotateKey.ts')).rotateKey(desk, node),
    'keysmith.key.delete': async (node, selected) =>
      (await import('./commands/deleteKey.ts')).deleteKey(desk, node, selected),
    'keysmith.key.openLog': async (node) => (await import('./requests/openLog.ts')).openLog(desk, requests, node),
    'keysmith.requests.show': async () => requests.show(),
    'keysmith.requests.explain': async (id) =>
      (await import('./requests/explainRequest.ts')).askAndExplain(desk, requests, id),
    'keysmith.record.start': async () => (await import('./requests/record.ts')).startRecording(desk, recording),
    'keysmith.record.stop': async () => (await import('./requests/record.ts')).stopRecording(desk, recording),
    'keysmith.leastPrivilege': async (node) => (await import('./requests/record.ts')).proposeFromLog(desk, node),
    'keysmith.leastPrivilege.guess': async () => (await import('./requests/guessKey.ts')).guessFromWorkspace(desk),
    'keysmith.requests.export': async () => (await import('./requests/exportRequests.ts')).exportRequests(desk),
    'keysmith.key.openDashboard': async (node) => (await import('./commands/workplace.ts')).openDashboard(desk, node),
    'keysmith.vault.import': async () => (await import('./commands/importToVault.ts')).importToVault(desk),
    'keysmith.vault.rename': async (node) => (await import('./commands/renameStored.ts')).renameStored(desk, node),
    'keysmith.vault.forget': async (node, selected) =>
      (await import('./commands/forgetStored.ts')).forgetStored(desk, node, selected),
    'keysmith.vault.show': async () => (await import('./commands/storedKeys.ts')).showStored(desk),
    'keysmith.tryCall': async () => (await import('./commands/tryCall.ts')).tryCall(desk),
    'keysmith.openWalkthrough': async () => (await import('./commands/tryCall.ts')).openWalkthrough(),
    'keysmith.switchMode': async () => (await import('./commands/workplace.ts')).switchMode(desk),
    'keysmith.filter': async () => (await import('./commands/workplace.ts')).filterTree(tree),
    'keysmith.clearFilter': async () => {
      tree.filter = '';
    },
    'keysmith.showMore': async (node) => tree.showMore(node),
    'keysmith.refresh': async () => tree.refresh(),
    'keysmith.showLog': async () => log.show(),
  };
}
