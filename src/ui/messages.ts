import * as vscode from 'vscode';
import type { Problem } from '../domain/problem.ts';

/** A refusal in one line: what happened and what to do, the variable part last. */
export function problemMessage(problem: Problem): string {
  const { t } = vscode.l10n;
  switch (problem.kind) {
    case 'keyNotFound':
      return t('This key no longer exists. Refresh the list: {0}', problem.id);
    case 'alreadyRevealed':
      return t(
        'A live secret can be revealed once, and this one has been. Rotate or delete the key to get a new one: {0}',
        problem.id,
      );
    case 'publishableNotDeletable':
      return t('A publishable key cannot be deleted. Rotate it instead: {0}', problem.id);
    case 'portTaken':
      return t(
        'The emulator did not start, because another program uses port {0}. Port {1} is free.',
        problem.port,
        problem.free,
      );
    case 'storeDamaged':
      return t(
        "The emulator's store is damaged and was left as it is. Move it away to start afresh: {0}",
        problem.path,
      );
    case 'storeNewer':
      return t(
        "The emulator's store was written by a newer Keysmith and was left as it is. Update the extension: {0}",
        problem.path,
      );
    case 'storeInUse':
      return t("Another program has the emulator's store. Stop that program, then try again: {0}", problem.path);
    case 'storeUnwritable':
      return t(
        "The emulator's store cannot be written. Free the path or the disk, then try again: {0} ({1})",
        problem.path,
        problem.why,
      );
    case 'emulatorCrashed':
      return t('The emulator stopped unexpectedly. Start it again: {0}', problem.why);
    case 'emulatorUnreachable':
      return t('The emulator does not answer. Start it again: {0}', problem.why);
    case 'emulatorStopped':
      return t('The emulator is not running. Start it first.');
    case 'vaultEntryMissing':
      return t('The vault has no secret for this key: {0}', problem.id);
    case 'vaultEntryDamaged':
      return t("This key's entry in the vault is damaged and was left as it is: {0}", problem.id);
    case 'vaultEntryNewer':
      return t("This key's entry in the vault was written by a newer Keysmith. Update the extension: {0}", problem.id);
    case 'vaultUnavailable':
      return t("The editor's secret storage refused. Check that this machine has a keyring: {0}", problem.why);
    case 'serviceRefused':
      return t('The request was refused: {0}', problem.why);
    case 'workspaceUntrusted':
      return t('The emulator does not start in an untrusted workspace. Trust the workspace first.');
    default:
      return problem satisfies never;
  }
}
