import * as vscode from 'vscode';
import type { Problem } from '../../domain/problem.ts';
import type { VaultEntry } from '../../vault/entry.ts';
import { problemMessage } from '../messages.ts';
import { askChoice, type Choice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { dateWord, kindIcons, modeWord } from '../words.ts';
import type { KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';

interface Stored {
  readonly id: string;
  /** Undefined where the entry cannot be read; `problem` then says why. */
  readonly entry: VaultEntry | undefined;
  readonly problem: Problem | undefined;
}

async function storedKeys({ vault }: KeyDesk): Promise<Stored[]> {
  const ids = orRefuse(await vault.ids());
  return await Promise.all(
    ids.map(async (id) => {
      const read = await vault.read(id);
      return read.ok ? { id, entry: read.value, problem: undefined } : { id, entry: undefined, problem: read.problem };
    }),
  );
}

function choiceOf(stored: Stored): Choice<Stored> {
  const { id, entry, problem } = stored;
  if (!entry)
    return {
      label: `$(warning) ${id}`,
      description: vscode.l10n.t('damaged'),
      detail: problem && problemMessage(problem),
      value: stored,
    } as Choice<Stored>;
  return {
    label: `$(${kindIcons[entry.kind]}) ${entry.name}`,
    description: `${modeWord(entry.mode)} · ${entry.secret.mask}`,
    detail: vscode.l10n.t('{0}, stored {1}', id, dateWord(entry.stored)),
    value: stored,
  };
}

/** Lists what the vault has: ids, masks, times. Choosing an entry copies its secret. */
export async function showStored(desk: KeyDesk): Promise<void> {
  const title = vscode.l10n.t('What Is Stored');
  const stored = await storedKeys(desk);
  const placeholder =
    stored.length === 0 ? vscode.l10n.t('The vault is empty') : vscode.l10n.t('Choose a key to copy it');
  const chosen = await askChoice({ title }, { placeholder, choices: stored.map(choiceOf) });
  if (chosen === back || !chosen.entry) return;
  await desk.clipboard.copy(chosen.entry.secret);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Copied the {0} key “{1}”.', modeWord(chosen.entry.mode), chosen.entry.name),
  );
}

/** Removes a secret from the vault, after saying whether it can be had again. */
export async function forgetStored(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Forget from Vault');
  const id = node?.key.id ?? (await askWhich(desk, title));
  const read = await desk.vault.read(id);
  if (!read.ok && read.problem.kind === 'vaultEntryMissing') throw new Refusal(read.problem);
  const name = read.ok ? read.value.name : id;
  const forget = vscode.l10n.t('Forget');
  const again = read.ok && read.value.mode === 'sandbox' && !id.startsWith('own_');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Forget “{0}”?', name),
    {
      modal: true,
      detail: again
        ? vscode.l10n.t('It can be revealed again at any time.')
        : vscode.l10n.t('Unless it is saved elsewhere it is lost: it cannot be revealed again.'),
    },
    forget,
  );
  if (chosen !== forget) throw new vscode.CancellationError();
  orRefuse(await desk.vault.forget(id));
  desk.refresh();
}

async function askWhich(desk: KeyDesk, title: string): Promise<string> {
  const stored = await storedKeys(desk);
  const placeholder = stored.length === 0 ? vscode.l10n.t('The vault is empty') : vscode.l10n.t('Which key?');
  const chosen = await askChoice({ title }, { placeholder, choices: stored.map(choiceOf) });
  if (chosen === back) throw new vscode.CancellationError();
  return chosen.id;
}
