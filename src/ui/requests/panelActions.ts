import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../../requests/panelProtocol.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse } from '../commands/failure.ts';
import { mend } from './mend.ts';
import { detailOf } from './requestDetail.ts';
import { sendAgain } from './sendAgain.ts';

/** What the panel asks of the editor. Refusals are messages; what a person cancels is nothing. */
export function panelActions(
  desk: KeyDesk,
  post: (message: ToPanel) => void,
  hurry: () => void,
): (message: FromPanel) => Promise<void> {
  const requestOf = async (id: string): Promise<LoggedRequest> => orRefuse(await serviceOf(desk).request(id));
  const open = async (id: string): Promise<void> => {
    const found = await serviceOf(desk).request(id);
    if (!found.ok) return post({ type: 'gone', id });
    const keys = await serviceOf(desk).keys();
    const key = keys.ok ? keys.value.find((one) => one.id === found.value.key) : undefined;
    post({ type: 'detail', detail: detailOf(found.value, key) });
  };
  return async (message) => {
    switch (message.type) {
      case 'ready':
        return;
      case 'start':
        await vscode.commands.executeCommand('keysmith.emulator.start');
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
        await sendAgain(desk, await requestOf(message.id));
        hurry();
        return;
      case 'mend':
        await mend(desk, message.mend, { again: async () => sendAgain(desk, await requestOf(message.id)) });
        await open(message.id);
        return;
      case 'export': {
        const { exportRequests } = await import('./exportRequests.ts');
        await exportRequests(desk, message.ids);
        return;
      }
      default:
        message satisfies never;
    }
  };
}
