import * as vscode from 'vscode';
import type { Secret } from '../domain/secret.ts';

/** Copies secrets, and clears the clipboard after a while if it still holds what was copied. */
export class SecretClipboard implements vscode.Disposable {
  readonly #clearAfterSeconds: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(clearAfterSeconds: () => number) {
    this.#clearAfterSeconds = clearAfterSeconds;
  }

  async copy(secret: Secret): Promise<void> {
    await vscode.env.clipboard.writeText(secret.reveal());
    clearTimeout(this.#timer);
    const seconds = this.#clearAfterSeconds();
    if (seconds > 0) this.#timer = setTimeout(() => void clear(secret), seconds * 1000); // nobody waits for a clipboard to be empty
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

async function clear(secret: Secret): Promise<void> {
  if ((await vscode.env.clipboard.readText()) === secret.reveal()) await vscode.env.clipboard.writeText('');
}
