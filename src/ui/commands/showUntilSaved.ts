import * as vscode from 'vscode';
import type { RevealedKey } from '../../management/keyService.ts';
import type { KeyDesk } from './desk.ts';

/**
 * Shows a secret that the vault does not keep, as often as the user wants, until the user says that it is saved. Closing the question only puts
 * it off: a message keeps the way back to the secret for as long as the window lives. Tells whether it is saved.
 */
export async function showUntilSaved(desk: KeyDesk, made: RevealedKey, why: string): Promise<boolean> {
  const { key, secret } = made;
  const prompt = vscode.l10n.t('The vault could not keep this key: copy it now and keep it somewhere safe.');
  const saved = vscode.l10n.t('I Have Saved It');
  const again = vscode.l10n.t('Show It Again');
  for (;;) {
    await desk.secretBox.show(key, secret, prompt);
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Have you saved the new key “{0}”?', key.name),
      {
        modal: true,
        detail: [vscode.l10n.t('The vault does not have it, and it may never be shown again.'), why]
          .filter(Boolean)
          .join(' '),
      },
      saved,
      again,
    );
    if (chosen === saved) return true;
    if (chosen === again) continue;
    const message = vscode.l10n.t('The new key “{0}” is in no vault. It is lost when this window closes.', key.name);
    desk.notifier.warning(message, { label: again, run: () => showUntilSaved(desk, made, why) });
    return false;
  }
}
