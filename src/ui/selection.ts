import * as vscode from 'vscode';
import type { Mode } from '../domain/mode.ts';

export interface Selected {
  /** `acct_…`; undefined until one was chosen: then the first. */
  readonly account: string | undefined;
  readonly mode: Mode;
}

const memoryKey = 'keysmith.selection';

/** The account and mode that are worked in, kept for each workspace. */
export class Selection implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<Selected>();

  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get value(): Selected {
    const kept = this.#memory.get<Partial<Selected>>(memoryKey);
    return { account: kept?.account, mode: kept?.mode === 'live' ? 'live' : 'sandbox' };
  }

  async choose(selected: Selected): Promise<void> {
    await this.#memory.update(memoryKey, selected);
    this.#changed.fire(selected);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
