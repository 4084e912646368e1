import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { Secret } from '../../domain/secret.ts';
import { modeWord } from '../words.ts';

export interface SecretBoxOptions {
  /** After how long the secret is hidden by itself. */
  readonly hideAfterSeconds: number;
  /** Copies the secret, shows how that fails, and calls back when it is done. */
  readonly copy: (secret: Secret, copied?: () => void) => void;
  /** Told when a secret is shown or hidden. */
  readonly changed: () => void;
}

/**
 * Shows one secret at a time, in a box that asks: no document, history, hover or log ever holds it. It stands there as a text and not in the
 * field, because a browser that shows the editor writes the fields of a page into its profile, to fill them in again. It is hidden after a
 * set time, when the box loses the focus, when the window does, and by Escape.
 */
export class SecretBox implements vscode.Disposable {
  readonly #options: () => SecretBoxOptions;
  #shown: { readonly keyId: string; readonly input: vscode.QuickInput } | undefined;

  constructor(options: () => SecretBoxOptions) {
    this.#options = options;
  }

  /** The id of the key whose secret is to be seen now. */
  get shownKey(): string | undefined {
    return this.#shown?.keyId;
  }

  /**
   * Shows a secret; resolves when it is hidden. Enter and the button copy it.
   *
   * @param settleMs for how long an Enter does nothing: one that was meant for the prompt before, which went on without it, copies no key
   */
  async show(key: Pick<ApiKey, 'id' | 'name' | 'mode'>, secret: Secret, prompt: string, settleMs = 0): Promise<void> {
    this.hide();
    const { hideAfterSeconds, copy, changed } = this.#options();
    const input = vscode.window.createQuickPick();
    const copyWord = vscode.l10n.t('Copy');
    const copyIcon = new vscode.ThemeIcon('copy');
    const inline = vscode.QuickInputButtonLocation.Inline;
    input.title = `${key.name} · ${modeWord(key.mode)}`;
    input.placeholder = vscode.l10n.t('Enter copies, Escape hides; hidden by itself after {0} s.', hideAfterSeconds);
    input.prompt = secret.reveal();
    input.items = [{ label: copyWord, iconPath: copyIcon, detail: prompt, alwaysShow: true }];
    input.buttons = [{ iconPath: copyIcon, tooltip: copyWord, location: inline }];
    input.ignoreFocusOut = false;
    const shownAt = Date.now();
    const hidden = new Promise<void>((resolve) => {
      const timer = setTimeout(() => input.hide(), hideAfterSeconds * 1000);
      const listeners = vscode.Disposable.from(
        vscode.window.onDidChangeWindowState(({ focused }) => focused || input.hide()),
        input.onDidAccept(() => {
          if (Date.now() - shownAt >= settleMs) copy(secret, () => input.hide());
        }),
        input.onDidTriggerButton(() => copy(secret)),
        input.onDidHide(() => {
          clearTimeout(timer);
          listeners.dispose();
          input.dispose();
          if (this.#shown?.input === input) this.#shown = undefined;
          changed();
          resolve();
        }),
      );
    });
    this.#shown = { keyId: key.id, input };
    input.show();
    changed();
    await hidden;
  }

  hide(): void {
    this.#shown?.input.hide();
  }

  dispose(): void {
    this.hide();
  }
}
