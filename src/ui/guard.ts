import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { guardMethods, type GuardSettings, type KnownKey } from '../leaks/protocol.ts';
import { messageOf } from '../shared/errors.ts';
import { isGuarded } from './guardedDocuments.ts';
import type { GuardConnection } from './leaks/guardConnection.ts';
import { setting } from './settings.ts';

/** What the guard needs of others. */
export interface GuardOptions {
  readonly program: string;
  readonly log: vscode.LogOutputChannel;
  /** The tokens that somebody knows. */
  readonly knownKeys: () => Promise<readonly KnownKey[]>;
}

/** The leak guard: a language server that starts with the first document that can have a leak, and obeys its settings. */
export class Guard implements vscode.Disposable, GuardConnection {
  readonly #options: GuardOptions;
  readonly #subscriptions: vscode.Disposable;
  #client: Promise<LanguageClient | undefined> | undefined;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#consider([document])),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('keysmith.guard.rules')) void this.#notify(guardMethods.settings, settings());
        if (!change.affectsConfiguration('keysmith.guard.enabled')) return;
        if (setting('keysmith.guard.enabled')) this.#consider(vscode.workspace.textDocuments);
        else void this.stop(); // nobody waits for a guard that was switched off
      }),
    );
    this.#consider(vscode.workspace.textDocuments);
  }

  async request(method: string, params: unknown, cancel?: vscode.CancellationToken): Promise<unknown> {
    const client = await this.#start();
    // Undefined would be sent, as a parameter.
    return cancel ? client.sendRequest(method, params, cancel) : client.sendRequest(method, params);
  }

  async onNotification(method: string, listener: (params: unknown) => void): Promise<vscode.Disposable> {
    return (await this.#start()).onNotification(method, listener);
  }

  /** Tells the server anew whose tokens are whose. */
  async tellKnownKeys(): Promise<void> {
    if (!this.#client) return;
    await this.#notify(guardMethods.known, await this.#options.knownKeys());
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
    if (this.#client || !setting('keysmith.guard.enabled') || !documents.some(isGuarded)) return;
    this.#client = this.#connect();
  }

  /** The client, for what a person has asked for: then it is started whatever is open. */
  async #start(): Promise<LanguageClient> {
    const client = await (this.#client ??= this.#connect());
    if (client) return client;
    this.#client = undefined; // so that the next request tries again
    throw new Error('The leak guard did not start.');
  }

  async #connect(): Promise<LanguageClient | undefined> {
    const { program, log, knownKeys } = this.#options;
    try {
      const { startLanguageClient } = await import('./languageClient.ts');
      const client = await startLanguageClient(program, settings(), log);
      void knownKeys().then((keys) => client.sendNotification(guardMethods.known, keys));
      return client;
    } catch (error) {
      log.error(`The leak guard did not start: ${messageOf(error)}`);
      return undefined;
    }
  }

  async #notify(method: string, params: unknown): Promise<void> {
    const client = await this.#client;
    if (client?.isRunning()) await client.sendNotification(method, params);
  }
}

const settings = (): GuardSettings => ({ vault: true, rules: setting('keysmith.guard.rules') });
