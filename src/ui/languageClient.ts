import type * as vscode from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { guardCommands, type GuardSettings } from '../leaks/protocol.ts';
import { guardedSchemes } from './guardedDocuments.ts';
import { tokenFreeLog } from './tokenFreeLog.ts';

export interface LanguageClientOptions {
  readonly program: string;
  /** Asked at every start. */
  readonly settings: () => GuardSettings;
  /** Called at every start: a server that crashed is started again, and knows nothing. */
  readonly started: (client: LanguageClient) => void;
  readonly log: vscode.LogOutputChannel;
}

/** Starts the language server in its own process and connects it to the editor. A server that crashes is started again. */
export async function startLanguageClient({
  program,
  settings,
  started,
  log,
}: LanguageClientOptions): Promise<LanguageClient> {
  const quiet = tokenFreeLog(log);
  const client = new LanguageClient(
    'keysmith',
    'Keysmith',
    { module: program, transport: TransportKind.ipc },
    {
      documentSelector: guardedSchemes.map((scheme) => ({ scheme })),
      initializationOptions: settings,
      outputChannel: quiet,
      traceOutputChannel: quiet,
      diagnosticPullOptions: { onChange: true },
      markdown: { isTrusted: { enabledCommands: Object.values(guardCommands) } },
    },
  );
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) started(client);
  });
  await client.start();
  return client;
}

/** Ends the server; one that is just starting, after a crash, can only be stopped when it has started. */
export async function stopLanguageClient(client: LanguageClient): Promise<void> {
  if (client.needsStop() && !client.isRunning()) await client.start();
  await client.stop();
}
