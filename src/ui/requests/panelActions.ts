import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../../requests/panelProtocol.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse, Refusal } from '../commands/failure.ts';
import { shellProfile } from '../contract.ts';
import { mend } from './mend.ts';
import { namedKeys } from './namedKeys.ts';
import type { RequestFeed } from './requestFeed.ts';
import { detailOf } from './requestDetail.ts';
import { sendAgain } from './sendAgain.ts';

/** What the panel asks of the editor. Refusals are messages; what a person cancels is nothing. */
export function panelActions(
  desk: KeyDesk,
  post: (message: ToPanel) => void,
  feed: RequestFeed,
): (message: FromPanel) => Promise<void> {
  const requestOf = async (id: string): Promise<LoggedRequest> => orRefuse(await serviceOf(desk).request(id));
  const open = async (id: string): Promise<void> => {
    const found = await serviceOf(desk).request(id);
    if (!found.ok) return post({ type: 'gone', id });
    const keys = await namedKeys(serviceOf(desk));
    const key = keys?.find((one) => one.id === found.value.key);
    post({ type: 'detail', detail: detailOf(found.value, key) });
  };
  /** Sends a request once more and opens the new one: its answer is what was asked for. */
  const again = async (id: string): Promise<void> => {
    const sent = await sendAgain(desk, await requestOf(id));
    feed.hurry();
    if (sent !== undefined) post({ type: 'select', id: sent, widen: false });
  };
  return async (message) => {
    switch (message.type) {
      case 'ready':
        return;
      case 'start':
        await vscode.commands.executeCommand('keysmith.emulator.start');
        return;
      case 'list':
        feed.list(message);
        return;
      case 'page':
        feed.page(message);
        return;
      case 'copyAddress':
        await vscode.env.clipboard.writeText(addressOf(desk));
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', addressOf(desk)), 5000);
        return;
      case 'shell':
        await openShell();
        return;
      case 'open':
        await open(message.id);
        return;
      case 'copy': {
        const { copyText } = await import('./copyText.ts');
        await vscode.env.clipboard.writeText(copyText(desk, await requestOf(message.id), message.form));
        return;
      }
      case 'replay':
        await again(message.id);
        return;
      case 'mend':
        await mend(desk, message.mend, { again: () => again(message.id) });
        if (message.mend.kind !== 'sendAgain') await open(message.id);
        return;
      case 'export': {
        const { exportRequests } = await import('./exportRequests.ts');
        await exportRequests(desk, message.filter);
        return;
      }
      default:
        message satisfies never;
    }
  };
}

function addressOf({ session: { state } }: KeyDesk): string {
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  return state.origin;
}

/** The terminal of our own profile, with the emulator's address and a sandbox key. */
async function openShell(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.terminal.newWithProfile', {
    config: {
      extensionIdentifier: 'keysmith.keysmith',
      id: shellProfile,
      title: vscode.l10n.t('Stripe shell (sandbox)'),
      options: { icon: 'key' },
    },
  });
}
