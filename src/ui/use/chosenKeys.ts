import type * as vscode from 'vscode';
import { isVariableName } from '../../handover/variableName.ts';

const memoryKey = 'keysmith.use.chosen';

/** What most programs read, and what the Stripe CLI reads. */
export const usualVariables = ['STRIPE_SECRET_KEY', 'STRIPE_API_KEY'] as const;

/** Which variable gets which key in this workspace: key ids, never tokens. */
export class ChosenKeys {
  readonly #memory: vscode.Memento;
  readonly #current: (id: string) => string;

  /** @param current the id of the key that stands for one now: a choice follows a key that is rotated */
  constructor(memory: vscode.Memento, current: (id: string) => string = (id) => id) {
    this.#memory = memory;
    this.#current = current;
  }

  get value(): ReadonlyMap<string, string> {
    const kept = this.#memory.get<Readonly<Record<string, unknown>>>(memoryKey) ?? {};
    return new Map(
      Object.entries(kept).flatMap(([variable, id]) =>
        typeof id === 'string' && isVariableName(variable) ? [[variable, this.#current(id)]] : [],
      ),
    );
  }

  /** Gives variables a key; without one they get none any more. */
  async choose(variables: readonly string[], id: string | undefined): Promise<void> {
    const next = new Map(this.value);
    for (const variable of variables) {
      if (id === undefined) next.delete(variable);
      else next.set(variable, id);
    }
    await this.#memory.update(memoryKey, Object.fromEntries(next));
  }
}
