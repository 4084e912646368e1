import * as vscode from 'vscode';
import { isSecretKind } from '../../domain/kind.ts';
import type { RevealedKey } from '../../management/keyService.ts';
import { problemMessage } from '../messages.ts';
import { askText } from '../prompts/askText.ts';
import { back } from '../prompts/steps.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { showUntilSaved } from './showUntilSaved.ts';

/** A code of six digits goes on by itself, and many a user presses Enter all the same. */
const afterCodeMs = 700;

/**
 * After a key was made: keeps its secret in the vault, shows it, and asks where else it was saved. What was made is never lost by closing
 * a prompt: the vault has it, and where it does not the secret is shown until the user has saved it.
 */
export async function handOver(desk: KeyDesk, made: RevealedKey, what: string): Promise<void> {
  await present(desk, made, { what, kept: await keep(desk, made) });
}

/** Puts the secret of a new key into the vault, and says so where that fails. */
async function keep(desk: KeyDesk, { key, secret }: RevealedKey): Promise<boolean> {
  let kept = false;
  if (isSecretKind(key.kind)) {
    const stored = await desk.vault.store(key.id, secret, key);
    kept = stored.ok;
    if (!stored.ok) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The key is not in the vault: copy it now and keep it somewhere safe. {0}',
          problemMessage(stored.problem),
        ),
      );
    }
  }
  desk.refresh();
  return kept;
}

export interface Presented {
  /** What it is, in a sentence. */
  readonly what: string;
  /** Whether the vault has it. */
  readonly kept: boolean;
}

/** Shows the secret of a new key, and asks where else it was saved. */
export async function present(desk: KeyDesk, made: RevealedKey, { what, kept }: Presented): Promise<void> {
  const { key, secret } = made;
  // Where the row cannot be shown, the secret still has to be: this is the only time it is handed over.
  await desk.showRow(key.id).catch(() => undefined);
  const says = kept ? `${what} ${vscode.l10n.t('It is kept in the vault.')}` : what;
  if (kept || !isSecretKind(key.kind)) await desk.secretBox.show(key, secret, says, afterCodeMs);
  else await showUntilSaved(desk, made, '');
  if (isSecretKind(key.kind)) await askNote(desk, made);
}

/** Asks where else a new key was saved. */
export async function askNote(desk: KeyDesk, { key }: RevealedKey): Promise<void> {
  const note = await askText(
    { title: vscode.l10n.t('Add a Note') },
    {
      prompt: vscode.l10n.t('Where else did you save “{0}”? Escape leaves the note empty.', key.name),
      value: key.note,
    },
  );
  if (note === back || note.trim() === '') return;
  const edited = await serviceOf(desk).edit(key.id, { note });
  if (!edited.ok) void vscode.window.showErrorMessage(problemMessage(edited.problem));
  desk.refresh();
}
