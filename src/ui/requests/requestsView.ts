import * as vscode from 'vscode';
import type { RowFilter, ToPanel } from '../../requests/panelProtocol.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { requestsView } from '../contract.ts';

/** The panel with the request log, as commands use it. */
export interface RequestsView extends vscode.Disposable {
  /** Opens it, narrowed where a filter is given. */
  show(filter?: RowFilter): Promise<void>;
  /** Opens it with a request that is explained. */
  explain(id: string): Promise<void>;
}

/** What the opened panel has to work with. */
export interface PanelTools {
  readonly desk: KeyDesk;
  readonly view: vscode.WebviewView;
  /** The folder of the panel's own files. */
  readonly files: vscode.Uri;
  /** What was asked of it before it was there. */
  readonly waiting: ToPanel[];
  readonly opened: (post: ((message: ToPanel) => void) | undefined) => void;
}

/** Registers the panel; all its code is loaded when it is first looked at. */
export function registerRequestsView(files: vscode.Uri, desk: KeyDesk): RequestsView {
  const waiting: ToPanel[] = [];
  let post: ((message: ToPanel) => void) | undefined;
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView: async (view) => {
      const { openPanel } = await import('./openPanel.ts');
      openPanel({ desk, view, files, waiting, opened: (poster) => (post = poster) });
    },
  };
  const registered = vscode.window.registerWebviewViewProvider(requestsView, provider, {
    webviewOptions: { retainContextWhenHidden: true }, // fifty thousand rows are not asked for with every look
  });
  const ask = async (message: ToPanel | undefined): Promise<void> => {
    if (message) {
      if (post) post(message);
      else waiting.push(message);
    }
    await vscode.commands.executeCommand(`${requestsView}.focus`);
  };
  return {
    show: (filter) => ask(filter && { type: 'filter', filter }),
    explain: (id) => ask({ type: 'select', id, widen: true }),
    dispose: () => registered.dispose(),
  };
}
