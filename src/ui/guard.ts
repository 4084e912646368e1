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
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#notify(guardMethods.settings, async () => settings())), // logs how it fails
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('keysmith.guard')) return;
        const on = setting('keysmith.guard.enabled');
        // Nobody waits for either; both log how they fail.
        if (on || !change.affectsConfiguration('keysmith.guard.enabled'))
          void this.#notify(guardMethods.settings, async () => settings());
        else void this.stop();
        if (on) this.#consider(vscode.workspace.textDocuments);
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
    await this.#notify(guardMethods.known, this.#options.knownKeys);
  }

  async stop(): Promise<void> {
    const connecting = this.#client;
    this.#client = undefined;
    try {
      const client = await connecting;
      if (client) await (await import('./languageClient.ts')).stopLanguageClient(client);
    } catch (error) {
      this.#options.log.warn(`The leak guard did not stop in order: ${messageOf(error)}`);
    }
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
      return await startLanguageClient({
        program,
        log,
        settings,
        started: (client) => void this.#tell(client, guardMethods.known, knownKeys), // nobody waits for what a hover tells
      });
    } catch (error) {
      log.error(`The leak guard did not start: ${messageOf(error)}`);
      return undefined;
    }
  }

  async #notify(method: string, params: () => Promise<unknown>): Promise<void> {
    const client = await this.#client;
    if (client?.isRunning()) await this.#tell(client, method, params);
  }

  async #tell(client: LanguageClient, method: string, params: () => Promise<unknown>): Promise<void> {
    try {
      await client.sendNotification(method, await params());
    } catch (error) {
      this.#options.log.warn(`The leak guard was not told ${method}: ${messageOf(error)}`);
    }
  }
}

const settings = (): GuardSettings => ({
  vault: true,
  documents: setting('keysmith.guard.enabled'),
  rules: setting('keysmith.guard.rules'),
  trusted: vscode.workspace.isTrusted,
});
