import * as vscode from 'vscode';
import { noFilter } from '../../requests/panelProtocol.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { pickKey } from '../commands/pickKey.ts';
import type { KeptNode, KeyNode } from '../tree/nodes.ts';
import type { RequestsView } from './requestsView.ts';

/** Opens the log with the requests of a key; for a key of a real account the Dashboard's page, which has them. */
export async function openLog(desk: KeyDesk, view: RequestsView, node?: KeyNode | KeptNode): Promise<void> {
  if (node?.type === 'kept') {
    const page = node.entry.mode === 'live' ? 'logs' : 'test/logs';
    await vscode.env.openExternal(vscode.Uri.parse(`https://dashboard.stripe.com/${page}`));
    return;
  }
  const { key } = node ?? (await pickKey(desk.session, vscode.l10n.t('View Request Logs')));
  await view.show({ ...noFilter, key: key.id });
}
