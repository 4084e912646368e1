import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { programFile } from '../../shared/programFile.ts';
import { skippedOutcome, type ScanOptions, type ScanOutcome, type ScanTask } from './scanFile.ts';

const mostThreads = 4;
/** How many lists a thread may have: the one it works on, and the next. */
const listsEach = 2;

interface Thread {
  readonly worker: Worker;
  /** The lists it has, the oldest first. */
  readonly lists: (readonly ScanTask[])[];
}

/** Threads that scan lists of files. A list whose thread fails is told of as not read. */
export class ScanThreads {
  readonly #threads: Thread[];
  readonly #take;
  #waiting: (() => void)[] = [];

  constructor(options: ScanOptions, take: (outcome: ScanOutcome) => void) {
    this.#take = take;
    const count = Math.min(mostThreads, Math.max(1, availableParallelism() - 1));
    this.#threads = Array.from({ length: count }, () => this.#start(options));
  }

  /** Hands a list to the thread that has least to do; resolves once there is room for the next. */
  async scan(tasks: readonly ScanTask[]): Promise<void> {
    const least = this.#threads.reduce<Thread | undefined>(
      (one, other) => (one && one.lists.length <= other.lists.length ? one : other),
      undefined,
    );
    if (!least) {
      this.#lose([tasks]);
      return;
    }
    least.lists.push(tasks);
    least.worker.postMessage(tasks); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
    while (this.#threads.length > 0 && this.#threads.every(({ lists }) => lists.length >= listsEach))
      await this.#change();
  }

  /** Resolves when every list has been scanned. */
  async drain(): Promise<void> {
    while (this.#threads.some(({ lists }) => lists.length > 0)) await this.#change();
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
    this.#tell();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #lose(lists: readonly (readonly ScanTask[])[]): void {
    for (const { folder, names } of lists.flat())
      for (const name of names) this.#take(skippedOutcome(folder + name, 'the scan of it failed'));
  }

  #start(options: ScanOptions): Thread {
    const worker = new Worker(programFile('scanWorker', 'leaks/scan/scanWorker.ts'), { workerData: options });
    const thread: Thread = { worker, lists: [] };
    worker.on('message', (outcome: ScanOutcome) => {
      thread.lists.shift();
      this.#take(outcome);
      this.#tell();
    });
    worker.on('error', () => undefined); // its end says enough
    worker.once('exit', () => {
      const at = this.#threads.indexOf(thread);
      if (at < 0) return; // it was asked to end
      this.#threads.splice(at, 1);
      this.#lose(thread.lists);
      this.#tell();
    });
    return thread;
  }
}
