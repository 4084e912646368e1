import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../../requests/panelProtocol.ts';
import { namedKeys } from './namedKeys.ts';
import { panelActions } from './panelActions.ts';
import { panelWords } from './panelWords.ts';
import { RequestFeed } from './requestFeed.ts';
import type { PanelTools } from './requestsView.ts';

/** Fills the panel and keeps it in step with the emulator while it is seen. */
export function openPanel({ desk, view, files, waiting, opened }: PanelTools): void {
  const { webview } = view;
  const { session } = desk;
  const post = (message: ToPanel): void => void webview.postMessage(message);
  const tellState = async (): Promise<void> => {
    const { state } = session;
    const [enforcement, now] =
      state.kind === 'running' ? await Promise.all([state.service.enforcement(), state.service.now()]) : [];
    post({
      type: 'state',
      origin: state.kind === 'running' ? state.origin : '',
      enforcement: enforcement?.ok ? enforcement.value : 'enforce',
      aheadMs: now?.ok ? now.value.getTime() - Date.now() : 0,
    });
  };
  const tellKeys = async (): Promise<void> => {
    const { state } = session;
    const keys = state.kind === 'running' ? await namedKeys(state.service) : undefined;
    if (keys) post({ type: 'keys', keys: keys.map(({ id, name, mask, mode }) => ({ id, name, mask, mode })) });
  };
  const feed = new RequestFeed(
    session,
    {
      list: (list) => {
        post({ type: 'list', list });
        told(tellKeys()); // a key may be deleted that was not in the log before
      },
      page: (page) => post({ type: 'page', page }),
      rows: (rows) => post({ type: 'rows', rows }),
      changed: () => post({ type: 'changed' }),
      clear: () => post({ type: 'clear' }),
    },
    (work) => told(work),
  );
  const actions = panelActions(desk, post, feed);
  const told = (work: Promise<void>): void => {
    void desk.notifier.run('The request log', () => work); // it shows every failure itself
  };
  let ready = false;
  const begin = (): void => {
    ready = true;
    post({ type: 'words', words: panelWords(), locale: vscode.env.language });
    told(tellState());
    told(tellKeys());
    feed.on = view.visible;
    for (const message of waiting.splice(0)) post(message);
    opened(post);
  };
  webview.onDidReceiveMessage((message: FromPanel) => {
    if (message.type === 'ready') begin();
    else told(actions(message));
  });
  const subscriptions = [
    session.onDidChangeState(() => {
      told(tellState());
      told(tellKeys());
      feed.hurry();
    }),
    session.onDidChangeKeys(() => {
      told(tellState());
      told(tellKeys());
      post({ type: 'changed' }); // a reset empties the log too
    }),
    view.onDidChangeVisibility(() => {
      feed.on = ready && view.visible;
    }),
  ];
  view.onDidDispose(() => {
    feed.on = false;
    opened(undefined);
    for (const subscription of subscriptions) subscription.dispose();
  });
  webview.options = { enableScripts: true, localResourceRoots: [files] };
  webview.html = page(webview, files);
}

/** No inline script, nothing from elsewhere: the page has its own three files. */
function page(webview: vscode.Webview, files: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <link rel="stylesheet" href="${at('requests.css')}" id="vscode-codicon-stylesheet" />
    <title>${vscode.l10n.t('Stripe Requests')}</title>
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${at('requests.js')}"></script>
  </body>
</html>`;
}
