import * as vscode from 'vscode';
import { isOwnKey } from '../../vault/ownKey.ts';
import { askText } from '../prompts/askText.ts';
import { back } from '../prompts/steps.ts';
import type { KeptNode } from '../tree/nodes.ts';
import { nameObjection } from './createKey.ts';
import type { KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { pickStored } from './storedKeys.ts';

/** Gives a key that was put into the vault by hand another name; the emulator's own keys are renamed there. */
export async function renameStored(desk: KeyDesk, node?: KeptNode): Promise<void> {
  const title = vscode.l10n.t('Rename in Vault');
  const entry =
    node?.entry ??
    (await pickStored(desk, title, vscode.l10n.t('Which key?'), ({ id, state }) => state === 'kept' && isOwnKey(id)));
  if (entry.state !== 'kept') return;
  const name = await askText(
    { title },
    { prompt: vscode.l10n.t('Name under which it is kept'), value: entry.name, validate: nameObjection },
  );
  if (name === back) return;
  orRefuse(await desk.vault.rename(entry.id, name.trim()));
  desk.refresh();
}
