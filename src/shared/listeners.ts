import type { Disposable } from './disposable.ts';

/** Who wants to know of an event. Listeners are called in the order in which they came. */
export class Listeners<T> {
  readonly #listeners = new Set<(event: T) => void>();

  add(listener: (event: T) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  tell(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
}
