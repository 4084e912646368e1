import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { guardedSchemes } from './guard.ts';

/** Starts the language server in its own process and connects it to the editor. */
export async function startLanguageClient(
  program: string,
  log: vscode.LogOutputChannel,
): Promise<{ stop(): Promise<void> }> {
  const client = new LanguageClient(
    'keysmith',
    'Keysmith',
    { module: program, transport: TransportKind.ipc },
    {
      documentSelector: guardedSchemes.map((scheme) => ({ scheme })),
      outputChannel: log,
      diagnosticPullOptions: { onChange: true },
    },
  );
  await client.start();
  return client;
}
