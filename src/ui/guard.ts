import * as vscode from 'vscode';
import { messageOf } from '../shared/errors.ts';
import { setting } from './settings.ts';

/** The schemes of documents that people write. */
export const guardedSchemes = ['file', 'untitled', 'vscode-remote', 'vscode-userdata'] as const;

const eligible = (document: vscode.TextDocument): boolean =>
  (guardedSchemes as readonly string[]).includes(document.uri.scheme);

/** The leak guard: a language server that starts with the first eligible document and obeys `keysmith.guard.enabled`. */
export class Guard implements vscode.Disposable {
  readonly #program: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable;
  #client: Promise<{ stop(): Promise<void> } | undefined> | undefined;

  constructor(program: string, log: vscode.LogOutputChannel) {
    this.#program = program;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#consider([document])),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('keysmith.guard.enabled')) return;
        if (setting('keysmith.guard.enabled')) this.#consider(vscode.workspace.textDocuments);
        else void this.stop(); // nobody waits for a guard that was switched off
      }),
    );
    this.#consider(vscode.workspace.textDocuments);
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await (await client)?.stop();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #consider(documents: readonly vscode.TextDocument[]): void {
    if (this.#client || !setting('keysmith.guard.enabled') || !documents.some(eligible)) return;
    this.#client = this.#start();
  }

  async #start(): Promise<{ stop(): Promise<void> } | undefined> {
    try {
      const { startLanguageClient } = await import('./languageClient.ts');
      return await startLanguageClient(this.#program, this.#log);
    } catch (error) {
      this.#log.error(`The leak guard did not start: ${messageOf(error)}`);
      return undefined;
    }
  }
}
