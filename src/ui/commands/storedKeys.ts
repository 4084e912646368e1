import * as vscode from 'vscode';
import type { ListedEntry } from '../../vault/entry.ts';
import { askChoice, type Choice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import { isLive, letOut, toClipboard, toScreen } from '../use/liveGuard.ts';
import { dateWord, kindIcons, modeWord } from '../words.ts';
import type { KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { noteRevealed } from './noteRevealed.ts';

function choiceOf(entry: ListedEntry): Choice<ListedEntry> {
  const { t } = vscode.l10n;
  const { id } = entry;
  const warning = new vscode.ThemeIcon('warning');
  switch (entry.state) {
    case 'kept':
      return {
        label: entry.name,
        iconPath: new vscode.ThemeIcon(kindIcons[entry.kind]),
        description: `${modeWord(entry.mode)} · ${entry.mask}`,
        detail: t('{0}, stored {1}', id, dateWord(entry.stored)),
        value: entry,
      };
    case 'damaged':
      return { label: id, iconPath: warning, description: t('damaged, and left as it is'), value: entry };
    case 'newer':
      return { label: id, iconPath: warning, description: t('written by a newer Keysmith'), value: entry };
    default:
      return entry satisfies never;
  }
}

/** Asks for an entry of the vault. Cancelled, it ends the command. */
export async function pickStored(
  { vault }: KeyDesk,
  title: string,
  placeholder: string,
  fits: (entry: ListedEntry) => boolean = () => true,
): Promise<ListedEntry> {
  const entries = orRefuse(await vault.list()).filter(fits);
  const chosen = await askChoice(
    { title },
    {
      placeholder: entries.length === 0 ? vscode.l10n.t('The vault is empty') : placeholder,
      choices: entries.map(choiceOf),
    },
  );
  if (chosen === back) throw new vscode.CancellationError();
  return chosen;
}

/** Lists what the vault has: ids, masks, times. Choosing an entry copies its secret. */
export async function showStored(desk: KeyDesk): Promise<void> {
  const { id } = await pickStored(desk, vscode.l10n.t('What Is Stored'), vscode.l10n.t('Choose a key to copy it'));
  await copyStored(desk, id);
}

/** Copies a secret of the vault, without showing it. */
export async function copyStored(desk: KeyDesk, id: string): Promise<void> {
  const { secret, mode, name } = orRefuse(await desk.vault.read(id));
  await letOut([{ name, live: isLive(mode, secret) }], toClipboard());
  await desk.clipboard.copy(secret);
  noteRevealed({ mode });
  void vscode.window.showInformationMessage(vscode.l10n.t('Copied the {0} key “{1}”.', modeWord(mode), name));
}

/** Shows a secret of the vault. */
export async function revealStored(desk: KeyDesk, id: string): Promise<void> {
  const entry = orRefuse(await desk.vault.read(id));
  await letOut([{ name: entry.name, live: isLive(entry.mode, entry.secret) }], toScreen());
  noteRevealed(entry);
  await desk.secretBox.show(entry, entry.secret, vscode.l10n.t('From the vault.'));
}
