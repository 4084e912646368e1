import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one turn of the event loop may be used. */
const turnMs = 3;

/** Lets others have their turn when this one has been long enough; to be awaited between small pieces of work. */
export class Turns {
  #started = performance.now();

  /** Undefined where there is time left: then there is nothing to wait for. */
  rest(): Promise<void> | undefined {
    if (performance.now() - this.#started < turnMs) return undefined;
    return nextTurn().then(() => {
      this.#started = performance.now();
    });
  }
}
