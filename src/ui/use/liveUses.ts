import * as vscode from 'vscode';
import type { CommandId } from '../contract.ts';

/** Where live keys are in use in this window. While there is one, the status bar says so, loudly. */
export class LiveUses implements vscode.Disposable {
  readonly #uses = new Map<symbol, string>();
  #item: vscode.StatusBarItem | undefined;

  /** A sentence for each use. */
  get value(): readonly string[] {
    return [...this.#uses.values()];
  }

  /** Notes a use, until it is disposed. */
  begin(what: string): vscode.Disposable {
    const use = Symbol(what);
    this.#uses.set(use, what);
    this.#show();
    return new vscode.Disposable(() => {
      this.#uses.delete(use);
      this.#show();
    });
  }

  dispose(): void {
    this.#uses.clear();
    this.#item?.dispose();
    this.#item = undefined;
  }

  #show(): void {
    if (this.#uses.size === 0) {
      this.#item?.hide();
      return;
    }
    this.#item ??= createItem();
    this.#item.tooltip = this.value.join('\n');
    this.#item.accessibilityInformation = {
      label: [vscode.l10n.t('LIVE key in use'), ...this.value].join('. '),
      role: 'button',
    };
    this.#item.show();
  }
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('keysmith.liveKeys', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('LIVE Stripe Keys in Use');
  item.text = `$(broadcast) ${vscode.l10n.t('LIVE key in use')}`;
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
  item.command = 'keysmith.use.stopInjecting' satisfies CommandId;
  return item;
}
