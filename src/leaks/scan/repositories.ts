import { trackedFiles, type TrackedFiles } from '../exclusions/trackedFiles.ts';

/** How many repositories git is asked about at a time. */
const mostAtOnce = 2;

/** The repositories that a scan comes upon; git is asked about them while the scan goes on. */
export class Repositories {
  readonly #found = new Set<string>();
  readonly #waiting: string[] = [];
  readonly #answers: TrackedFiles[] = [];
  readonly #ask;
  #running: Promise<void>[] = [];

  constructor(ask: (top: string) => Promise<TrackedFiles> = trackedFiles) {
    this.#ask = ask;
  }

  found(top: string): void {
    if (this.#found.has(top)) return;
    this.#found.add(top);
    this.#waiting.push(top);
    if (this.#running.length < mostAtOnce) this.#running.push(this.#work());
  }

  /** What git has of all that were found until now. */
  async tracked(): Promise<TrackedFiles> {
    await Promise.all(this.#running);
    this.#running = [];
    return {
      environment: this.#answers.flatMap(({ environment }) => environment),
      ignored: this.#answers.flatMap(({ ignored }) => ignored),
    };
  }

  async #work(): Promise<void> {
    for (let top = this.#waiting.pop(); top !== undefined; top = this.#waiting.pop())
      this.#answers.push(await this.#ask(top));
  }
}
