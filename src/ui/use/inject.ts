import * as vscode from 'vscode';
import { chosenOrAsked } from './chooseKeys.ts';
import { environmentOf, handOver, injectedOf, keyWords } from './handOver.ts';
import { intoProgram, refuseUntrusted } from './liveGuard.ts';
import type { UseDesk } from './useDesk.ts';
import { refuseWrittenDown } from './writtenDown.ts';

/** Puts the chosen keys into every new terminal of this window. */
export async function inject(desk: UseDesk): Promise<void> {
  refuseUntrusted();
  const chosen = await chosenOrAsked(desk);
  if (chosen.size === 0) return desk.injection.stop();
  await refuseWrittenDown();
  const handed = await handOver(desk.keys, chosen, intoProgram(vscode.l10n.t('every new terminal of this window')));
  const environment = environmentOf(handed, desk.keys.session);
  desk.injection.inject(injectedOf(handed), environment);
  desk.overrides.warn(Object.keys(environment));
  const keys = [...new Set(handed.map(keyWords))].join(', ');
  void vscode.window.showInformationMessage(
    vscode.l10n.t('New terminals of this window get {0}. Open ones stay as they are.', keys),
  );
}

export function stopInjecting({ injection, liveUses }: UseDesk): void {
  const message = injection.active
    ? vscode.l10n.t('New terminals get no key any more. Open ones keep what they have until they are closed.')
    : vscode.l10n.t('No key is put into new terminals.');
  injection.stop();
  void vscode.window.showInformationMessage([message, ...liveUses.value].join(' '));
}
