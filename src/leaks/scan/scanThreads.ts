import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { programFile } from '../../shared/programFile.ts';
import type { ScanOptions, ScanTask } from './scanFile.ts';
import type { ScanOutcome } from './tally.ts';

const mostThreads = 4;
/** How many lists a thread may have: the one it works on, and the next. */
const listsEach = 2;
/** How many lists may wait for a thread: enough to list on while the threads start. */
const mostWaiting = 48;
/** So many threads at most are started in the place of others that failed. */
const mostRestarts = 8;

/** What a thread answers to a list. */
export interface ListAnswer {
  readonly tally: ScanOutcome;
  /** What is to be remembered from now on, of each task: see `scanFiles`. */
  readonly memories: readonly (string | undefined)[];
}

/** Who is told what became of tasks: none of them twice, and all of them unless the scan is ended before. */
export interface Takes {
  answer(tasks: readonly ScanTask[], answer: ListAnswer): void;
  /** Their thread failed. */
  lost(tasks: readonly ScanTask[]): void;
}

interface List {
  readonly tasks: readonly ScanTask[];
  /** Its file was in a list that a thread failed with; it is alone now. */
  readonly suspect: boolean;
}

interface Thread {
  readonly worker: Worker;
  /** The lists it has, the oldest first. */
  readonly lists: List[];
}

/**
 * Threads that scan lists of files. Where a thread fails another takes its place, and the files that it had are tried again, each alone:
 * only the one that threads fail with is lost.
 */
export class ScanThreads {
  readonly #threads: Thread[] = [];
  readonly #options;
  readonly #takes;
  readonly #program;
  #restarts = 0;
  readonly #lists: List[] = [];
  #listeners: (() => void)[] = [];

  constructor(options: ScanOptions, takes: Takes, program = programFile('scanWorker', 'leaks/scan/scanWorker.ts')) {
    this.#options = options;
    this.#takes = takes;
    this.#program = program;
    const count = Math.min(mostThreads, Math.max(1, availableParallelism() - 1));
    for (let thread = 0; thread < count; thread += 1) this.#start();
  }

  /** Takes a list; resolves once there is room for the next. */
  async scan(tasks: readonly ScanTask[]): Promise<void> {
    this.#lists.push({ tasks, suspect: false });
    this.#handOut();
    while (this.#lists.length >= mostWaiting) await this.#change();
  }

  /** Resolves when every list has been scanned or lost. */
  async drain(): Promise<void> {
    while (this.#lists.length > 0 || this.#threads.some(({ lists }) => lists.length > 0)) await this.#change();
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  #changed(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const resolve of listeners) resolve();
  }

  #handOut(): void {
    while (this.#lists.length > 0) {
      const [thread] = this.#threads.toSorted((one, other) => one.lists.length - other.lists.length);
      if (!thread) for (const { tasks } of this.#lists.splice(0)) this.#takes.lost(tasks);
      else if (thread.lists.length < listsEach) this.#hand(thread, this.#lists.shift());
      else return;
    }
  }

  #hand({ worker, lists }: Thread, list: List | undefined): void {
    if (!list) return;
    lists.push(list);
    worker.postMessage(list.tasks); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
  }

  #start(): void {
    const worker = new Worker(this.#program, { workerData: this.#options });
    const thread: Thread = { worker, lists: [] };
    this.#threads.push(thread);
    worker.on('message', (answer: ListAnswer) => {
      const list = thread.lists.shift();
      if (list) this.#takes.answer(list.tasks, answer);
      this.#handOut();
      this.#changed();
    });
    worker.on('error', () => undefined); // its end says enough
    worker.once('exit', () => {
      const at = this.#threads.indexOf(thread);
      if (at < 0) return; // it was asked to end
      this.#threads.splice(at, 1);
      this.#failed(thread.lists);
      this.#handOut();
      this.#changed();
    });
  }

  /** A thread failed with the first of its lists; the others it had not begun. */
  #failed([first, ...others]: readonly List[]): void {
    if (this.#restarts < mostRestarts) {
      this.#restarts += 1;
      this.#start();
    }
    this.#lists.unshift(...others);
    if (first?.suspect) this.#takes.lost(first.tasks);
    else if (first) this.#lists.unshift(...first.tasks.flatMap(oneByOne));
  }
}

/** The files of a task, each alone; nothing is remembered of them. */
const oneByOne = ({ folder, path, names }: ScanTask): List[] =>
  names.map((name) => ({ tasks: [{ folder, path, names: [name], part: -1 }], suspect: true }));
