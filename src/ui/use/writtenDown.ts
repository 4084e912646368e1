import * as vscode from 'vscode';
import { Refusal } from '../commands/failure.ts';

const section = 'terminal.integrated';
const restoring = 'persistentSessionReviveProcess';

/**
 * The editor brings terminals back after a restart, and for that writes them to its disk with their whole environment, those it is told to
 * forget too. A key goes into a terminal only where it does not: the person is asked, once, to have it so.
 */
export async function refuseWrittenDown(): Promise<void> {
  if (!isWrittenDown()) return;
  const stop = vscode.l10n.t('Stop Restoring Terminals');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('The editor writes the environment of its terminals to disk. Stop that first?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'To restore terminals after a restart it keeps their environment, and a key would be in it. This sets {0} to “never” for you.',
        `${section}.${restoring}`,
      ),
    },
    stop,
  );
  if (chosen !== stop) throw new vscode.CancellationError();
  await vscode.workspace.getConfiguration(section).update(restoring, 'never', vscode.ConfigurationTarget.Global);
  if (isWrittenDown()) throw new Refusal({ kind: 'useWrittenDown', setting: `${section}.${restoring}` }); // a workspace has it otherwise
}

function isWrittenDown(): boolean {
  const terminal = vscode.workspace.getConfiguration(section);
  return terminal.get('enablePersistentSessions') !== false && terminal.get(restoring) !== 'never';
}
