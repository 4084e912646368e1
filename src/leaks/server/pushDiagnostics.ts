import type { Connection, Diagnostic } from 'vscode-languageserver';
import { messageOf } from '../../shared/errors.ts';

/** How long after the last change of a document its diagnostics are sent. */
const quietMs = 100;

/** Sends diagnostics to clients that do not pull them. */
export class PushDiagnostics {
  readonly #connection;
  readonly #diagnose;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  enabled = false;

  constructor(connection: Connection, diagnose: (uri: string) => Promise<Diagnostic[]>) {
    this.#connection = connection;
    this.#diagnose = diagnose;
  }

  /** Sends those of a document once it has been left alone for a moment. */
  schedule(uri: string): void {
    if (!this.enabled) return;
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => {
        this.#timers.delete(uri);
        this.#send(uri).catch((error: unknown) => {
          this.#connection.console.warn(`Diagnostics could not be sent: ${messageOf(error)}`);
        });
      }, quietMs),
    );
  }

  async #send(uri: string): Promise<void> {
    const diagnostics = await this.#diagnose(uri);
    await this.#connection.sendDiagnostics({ uri, diagnostics });
  }
}
