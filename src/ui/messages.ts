import * as vscode from 'vscode';
import type { AddressProblem } from '../domain/addressRules.ts';
import type { Problem } from '../domain/problem.ts';
import { maskTokens } from '../domain/secret.ts';

/** A refusal in one line: what happened and what to do, the variable part last. What was typed may be a token, so those are masked. */
export const problemMessage = (problem: Problem): string => maskTokens(sentenceOf(problem));

function sentenceOf(problem: Problem): string {
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
    case 'publishableNotLimited':
      return t('A publishable key is meant for everyone and cannot be limited to addresses: {0}', problem.id);
    case 'publishableNotEditable':
      return t('A publishable key always has its standard name and cannot be edited: {0}', problem.id);
    case 'permissionsFixed':
      return t('Only restricted and organization keys have permissions to change: {0}', problem.id);
    case 'keyInactive':
      return t('This key has expired and cannot be changed any more. Refresh the list: {0}', problem.id);
    case 'alreadyExpiring':
      return t(
        'This key has been rotated already and ends by itself at {0}. Delete it to end it now.',
        problem.at.toLocaleString(),
      );
    case 'nameInvalid':
      return t('A key needs a name of one line and at most {0} characters.', problem.limit);
    case 'noteTooLong':
      return t('A note has at most {0} characters.', problem.limit);
    case 'expiryInvalid':
      return t('Choose a time in the future, at most {0} days from now.', problem.limitDays);
    case 'verificationMissing':
      return t('A verification code is needed to create this key. Ask for one first.');
    case 'codeWrong':
      return t('This is not the code that was sent. Tries left: {0}', problem.triesLeft);
    case 'codeExpired':
      return t('This code is older than ten minutes. Ask for a new one.');
    case 'codeUsedUp':
      return t('This code has been used, or was tried too often. Ask for a new one.');
    case 'addressInvalid':
      return addressMessage(problem);
    case 'ownerNotFound':
      return t('There is no such account or organization: {0}', problem.id);
    case 'kindNotCreatable':
      return t('This kind of key cannot be created here: {0}', problem.what);
    case 'permissionUnknown':
      return problem.suggestion
        ? t('There is no permission {0}. Did you mean {1}?', problem.permission, problem.suggestion)
        : t('There is no such permission: {0}', problem.permission);
    case 'seedInvalid':
      return t('The seed file cannot be used ({0}): {1}', problem.why, problem.path);
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
      return problem.why === ''
        ? t('The emulator stopped unexpectedly. Start it again; the log has the details.')
        : t('The emulator stopped unexpectedly. Start it again: {0}', problem.why);
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
      return t(
        "The editor's secret storage refused, so nothing was kept or given. Set up a keyring on this machine: {0}",
        problem.why,
      );
    case 'serviceRefused':
      return t('The request was refused: {0}', problem.why);
    case 'answerUnreadable':
      return t(
        'The Stripe emulator answered what Keysmith does not understand; it may be of another version. Stop it and start it again: {0}',
        problem.why,
      );
    case 'workspaceUntrusted':
      return t('The emulator does not start in an untrusted workspace. Trust the workspace first.');
    case 'useUntrusted':
      return t('No key is handed over in an untrusted workspace. Trust the workspace first.');
    case 'useUnknown':
      return t('There is no such key in the vault or the service that is connected: {0}', problem.wanted);
    case 'useAmbiguous':
      return t(
        'Several keys are called “{0}”. Use the id of one: {1}',
        problem.wanted,
        problem.ids.join(', '), // ids are no secrets
      );
    case 'liveNotInVault':
      return t('A live key is handed over from the vault only. Reveal it once, or move it there: {0}', problem.name);
    case 'liveForbidden':
      return t('No live key is handed over, because keysmith.use.liveKeys is “never”: {0}', problem.name);
    case 'useShownInTerminal':
      return t(
        'No key is handed over: with this “console” the editor types the environment into a terminal, where the key would be seen. Use “internalConsole”.',
      );
    case 'useInArguments':
      return t('Nothing was started: a key stands outside “env”, where other programs can read it. Put it into “env”.');
    case 'useWrittenDown':
      return t(
        'No key is put into a terminal while the editor writes those to disk. Set to “never”: {0}',
        problem.setting,
      );
    case 'useNotChosen':
      return t('No key is chosen for this variable in this workspace: {0}', problem.variable);
    case 'liveTooLongToShow':
      return t(
        'No live key is handed over to a command that is too long to be shown whole. Put it into a script, and run that.',
      );
    case 'useMalformed':
      return t(
        'A key is asked for by “keysmith:” and its name as the value of a variable in “env”, or by the property “keysmith”, which is true or an object of variables and key names. This is neither: {0}',
        problem.what,
      );
    default:
      return problem satisfies never;
  }
}

/** Which entry of a list of addresses is refused, and why. */
export function addressMessage({ entry, why, suggestion }: AddressProblem): string {
  const { t } = vscode.l10n;
  switch (why) {
    case 'syntax':
      return t('Not an IPv4 address such as 203.0.113.7 or a range such as 203.0.113.0/24: {0}', entry);
    case 'ipv6':
      return t('Stripe limits keys to IPv4 addresses only; this is IPv6: {0}', entry);
    case 'prefix':
      return t('The prefix behind the slash is a whole number from 0 to 32: {0}', entry);
    case 'hostBits':
      return t('This address is not the first of its range. Did you mean {0}? You wrote {1}', suggestion ?? '', entry);
    case 'duplicate':
      return t('This address is listed twice: {0}', entry);
    default:
      return why satisfies never;
  }
}
