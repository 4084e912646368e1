import * as vscode from 'vscode';
import type { Problem } from '../domain/problem.ts';
import { messageOf } from '../shared/errors.ts';
import { printable } from '../shared/printable.ts';
import { isRefusal } from './commands/failure.ts';
import { problemMessage } from './messages.ts';

/** What a message offers besides closing it. */
export interface NotificationAction {
  readonly label: string;
  readonly run: () => PromiseLike<unknown> | void;
}

export interface NotifierOptions {
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'show'>;
  /** The one action that a message about a problem offers. */
  readonly remedyOf: (problem: Problem) => NotificationAction | undefined;
}

/**
 * Shows messages, each with one action at most, and is the one place where failures are shown: those of commands, of what a message
 * offers, and of every other button. Nobody waits for a message to be closed.
 */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  information(message: string, action?: NotificationAction): void {
    this.#show((...buttons) => vscode.window.showInformationMessage(plain(message), ...buttons), action);
  }

  warning(message: string, action?: NotificationAction): void {
    this.#show((...buttons) => vscode.window.showWarningMessage(plain(message), ...buttons), action);
  }

  error(message: string, action?: NotificationAction): void {
    this.#show((...buttons) => vscode.window.showErrorMessage(plain(message), ...buttons), action);
  }

  /** Shows a refusal with what mends it. */
  problem(problem: Problem): void {
    this.error(problemMessage(problem), this.#options.remedyOf(problem));
  }

  /** Runs what the user has asked for: a cancelled prompt is silent, a refusal is a message, a bug is logged and said. `what` names it in the log. */
  async run<T>(what: string, work: () => PromiseLike<T> | T): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.failure(what, error);
      return undefined;
    }
  }

  failure(what: string, error: unknown): void {
    if (error instanceof vscode.CancellationError) return;
    if (isRefusal(error)) this.problem(error.problem);
    else this.#bug(what, error);
  }

  #bug(what: string, error: unknown): void {
    const { log } = this.#options;
    log.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
    this.error(vscode.l10n.t('Something went wrong in Keysmith. The log has the details.'), {
      label: vscode.l10n.t('Show Log'),
      run: () => log.show(),
    });
  }

  #show(show: (...buttons: string[]) => PromiseLike<string | undefined>, action: NotificationAction | undefined): void {
    const shown = async (): Promise<void> => {
      const chosen = await show(...(action ? [action.label] : []));
      if (action && chosen === action.label) await action.run();
    };
    void this.run(`“${action?.label ?? ''}”`, shown); // it shows every failure itself
  }
}

/** Names of files and keys are what others wrote: the editor would make a link of `[…](…)`. */
const plain = (message: string): string => printable(message).replaceAll('](', '] (');
