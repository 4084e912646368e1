import * as vscode from 'vscode';
import type { Notifier } from '../notifier.ts';

const memoryKey = 'keysmith.use.noOverrideWarning';
/** The Stripe CLI, and many a program, takes it before all else. */
const variable = 'STRIPE_API_KEY';

/** Says, once a window, that the editor's own environment has a key that programs take instead of the chosen one. */
export class OverrideWarning {
  readonly #memory: vscode.Memento;
  readonly #notifier: Notifier;
  #said = false;

  constructor(memory: vscode.Memento, notifier: Notifier) {
    this.#memory = memory;
    this.#notifier = notifier;
  }

  /** `replaced` are the variables that are given another value where the key goes. */
  warn(replaced: readonly string[]): void {
    if (this.#said || !process.env[variable] || replaced.includes(variable) || this.#memory.get(memoryKey) === true)
      return;
    this.#said = true;
    const message = vscode.l10n.t(
      'The editor was started with {0} in its environment: programs and the Stripe CLI may use that key and not the chosen one.',
      variable,
    );
    this.#notifier.warning(message, {
      label: vscode.l10n.t("Don't Warn Again for This Workspace"),
      run: () => this.#memory.update(memoryKey, true),
    });
  }
}
