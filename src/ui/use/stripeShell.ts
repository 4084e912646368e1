import * as vscode from 'vscode';
import { isRefusal } from '../commands/failure.ts';
import { problemMessage } from '../messages.ts';
import { chosenOrAsked } from './chooseKeys.ts';
import { environmentOf, handOver, idsOf, liveWords } from './handOver.ts';
import { intoProgram, refuseUntrusted } from './liveGuard.ts';
import { keysVariable, shellNames } from './shellNames.ts';
import type { UseDesk } from './useDesk.ts';
import { refuseWrittenDown } from './writtenDown.ts';

/** A terminal with the chosen keys in its environment. Where they are refused it is one without, that says why. */
export async function stripeShell(desk: UseDesk): Promise<vscode.TerminalProfile> {
  const { t } = vscode.l10n;
  try {
    refuseUntrusted();
    const chosen = await chosenOrAsked(desk);
    await refuseWrittenDown();
    const handed = await handOver(desk.keys, chosen, intoProgram(t('a new terminal')));
    const environment = { ...environmentOf(handed, desk.keys.session), [keysVariable]: idsOf(handed).join(',') };
    desk.overrides.warn(Object.keys(environment));
    return liveWords(handed) === undefined
      ? shell(shellNames.sandbox(), { env: environment })
      : shell(shellNames.live(), { env: environment, color: new vscode.ThemeColor('terminal.ansiRed') });
  } catch (error) {
    if (isRefusal(error)) return shell(shellNames.none(), { message: problemMessage(error.problem) });
    if (!(error instanceof vscode.CancellationError)) throw error;
    return shell(shellNames.none(), { message: t('No key was handed over.') });
  }
}

function shell(name: string, options: vscode.TerminalOptions): vscode.TerminalProfile {
  return new vscode.TerminalProfile({
    name,
    iconPath: new vscode.ThemeIcon('key'),
    // One that comes back after a restart would come back without a key, or with an old one.
    isTransient: true,
    ...options,
  });
}
