import * as vscode from 'vscode';
import { messageOf } from '../../shared/errors.ts';
import { toHar } from '../../requests/har.ts';
import { writeExport } from '../../requests/requestExport.ts';
import { noFilter, type RowFilter } from '../../requests/panelProtocol.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse, Refusal } from '../commands/failure.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { filterOf } from './requestFeed.ts';

const pageLength = 1000;

/** Writes requests to a file that the user names: those that a filter leaves, or all of the log. */
export async function exportRequests(desk: KeyDesk, filter = noFilter): Promise<void> {
  const { state } = desk.session;
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Requests'),
    filters: { [vscode.l10n.t('Keysmith requests')]: ['json'], HAR: ['har'] },
  });
  if (!file) return;
  const requests = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting requests') },
    () => allRequests(desk, filter),
  );
  const text = file.path.endsWith('.har') ? toHar(requests, state.origin, ownVersion()) : writeExport(requests);
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written: {0}', messageOf(error)));
    return;
  }
  void vscode.window.showInformationMessage(vscode.l10n.t('Exported {0} requests.', requests.length));
}

function ownVersion(): string {
  const manifest = vscode.extensions.getExtension('keysmith.keysmith')?.packageJSON as
    | { readonly version?: string }
    | undefined;
  return manifest?.version ?? '';
}

/** Newest first. */
async function allRequests(desk: KeyDesk, filter: RowFilter): Promise<LoggedRequest[]> {
  const found: LoggedRequest[] = [];
  for (let before: string | undefined; ; before = found.at(-1)?.id) {
    const { requests, more } = orRefuse(
      await serviceOf(desk).requests({ ...filterOf(filter), limit: pageLength, before }),
    );
    found.push(...requests);
    if (!more) return found;
  }
}
