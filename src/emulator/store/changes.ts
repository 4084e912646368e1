/** Counts what changes in the store, and lets someone wait for the next change. */
export class Changes {
  #count = 0;
  #ending = false;
  #waiting = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  /** True once the emulator is about to end because somebody asked it to. */
  get ending(): boolean {
    return this.#ending;
  }

  /** Says that the end is near, to everyone who waits. */
  end(): void {
    this.#ending = true;
    this.note();
  }

  note(): void {
    this.#count += 1;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** The count once it is another than `seen`, or after `patienceMs` in any case. */
  next(seen: number, patienceMs: number): Promise<number> {
    if (seen !== this.#count) return Promise.resolve(this.#count);
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(this.#count);
      };
      const timer = setTimeout(wake, patienceMs);
      this.#waiting.add(wake);
    });
  }
}
