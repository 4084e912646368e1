import * as vscode from 'vscode';
import { noFilter } from '../../requests/panelProtocol.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse } from '../commands/failure.ts';
import type { RequestsView } from './requestsView.ts';

/** Opens a request with its explanation; without an id the latest refusal. */
export async function explainRequest(desk: KeyDesk, view: RequestsView, id?: string): Promise<void> {
  const found = id ?? (await latestRefusal(desk));
  if (found === undefined) {
    await view.show({ ...noFilter, status: 'refused' });
    return;
  }
  const known = await serviceOf(desk).request(found);
  if (known.ok) return await view.explain(found);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('This request is not in the log of the emulator: it went elsewhere, or is too old. {0}', found),
  );
}

/** Asks for the id of a request and explains it; an empty answer means the latest refusal. */
export async function askAndExplain(desk: KeyDesk, view: RequestsView, given?: string): Promise<void> {
  serviceOf(desk); // where there is none, nothing is asked
  const id =
    given ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t('Explain a Request'),
      prompt: vscode.l10n.t('Its id, such as req_…. Empty for the latest refusal.'),
      validateInput: (text) =>
        text.trim() === '' || /^req_\w+$/.test(text.trim())
          ? undefined
          : vscode.l10n.t('The id of a request begins with req_'),
    }));
  if (id === undefined) throw new vscode.CancellationError();
  await explainRequest(desk, view, id.trim() === '' ? undefined : id.trim());
}

async function latestRefusal(desk: KeyDesk): Promise<string | undefined> {
  const { requests } = orRefuse(await serviceOf(desk).requests({ brief: true, limit: 1, outcome: 'refused' }));
  return requests[0]?.id;
}
