import * as vscode from 'vscode';

/** A request's id, and words of Stripe's refusals that stand in no other program's output. */
const linked =
  /\breq_[0-9A-Za-z]{14,}\b|(?:Invalid|Expired) API Key provided|does not have the required permissions for this endpoint|does not have access to account|You did not provide an API key|does not allow requests from your IP address|Please include the Stripe-Context header|This API call cannot be made with a publishable API key/g;

interface RequestLink extends vscode.TerminalLink {
  /** Undefined where the text names none. */
  readonly id: string | undefined;
}

/** Makes links of request ids and refusals in terminals: they open what explains them. */
export function registerRequestLinks(explain: (id: string | undefined) => void): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<RequestLink> = {
    provideTerminalLinks: ({ line }) =>
      [...line.matchAll(linked)].map(({ 0: text, index }) => ({
        startIndex: index,
        length: text.length,
        tooltip: vscode.l10n.t('Explain this request'),
        id: text.startsWith('req_') ? text : undefined,
      })),
    handleTerminalLink: ({ id }) => explain(id),
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}
