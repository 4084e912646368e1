import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { guardCommands, type GuardSettings } from '../leaks/protocol.ts';
import { guardedSchemes } from './guardedDocuments.ts';

/** Files whose change may change what is excused. */
const excuseFiles = '**/{.keysmithignore,.gitignore}';

/** Starts the language server in its own process and connects it to the editor. A server that crashes is started again. */
export async function startLanguageClient(
  program: string,
  settings: GuardSettings,
  log: vscode.LogOutputChannel,
): Promise<LanguageClient> {
  const client = new LanguageClient(
    'keysmith',
    'Keysmith',
    { module: program, transport: TransportKind.ipc },
    {
      documentSelector: guardedSchemes.map((scheme) => ({ scheme })),
      initializationOptions: settings,
      outputChannel: log,
      diagnosticPullOptions: { onChange: true },
      markdown: { isTrusted: { enabledCommands: Object.values(guardCommands) } },
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(excuseFiles) },
    },
  );
  await client.start();
  return client;
}
