import { availableParallelism } from 'node:os';
import type { ScanOptions, ScanTask } from './scanFile.ts';
import type { ListAnswer, ScanThread, ThreadPool } from './threadPool.ts';

const mostThreads = 4;
/** How many lists a thread may have: the one it works on, and those it takes while this thread cannot give it more. */
const listsEach = 3;
/** How many lists may wait for a thread: enough to list on while the threads start. */
const mostWaiting = 48;
/** So many threads at most are started in the place of others that failed. */
const mostRestarts = 8;

/** Who is told what became of tasks: none of them twice, and all of them unless the scan is ended before. */
export interface Takes {
  /** Scans tasks in this thread, which would only wait; tells nobody. */
  help(tasks: readonly ScanTask[]): Promise<void>;
  answer(tasks: readonly ScanTask[], answer: ListAnswer): void;
  /** Their thread failed. */
  lost(tasks: readonly ScanTask[]): void;
}

interface List {
  readonly tasks: readonly ScanTask[];
  /** Its file was in a list that a thread failed with; it is alone now. */
  readonly suspect: boolean;
}

interface UsedThread {
  readonly thread: ScanThread;
  /** The lists it has, the oldest first. */
  readonly lists: List[];
}

/**
 * Threads that scan lists of files. Where a thread fails another takes its place, and the files that it had are tried again, each alone:
 * only the one that threads fail with is lost.
 */
export class ScanThreads {
  readonly #threads: UsedThread[] = [];
  readonly #options;
  readonly #takes;
  readonly #pool;
  #restarts = 0;
  readonly #lists: List[] = [];
  #listeners: (() => void)[] = [];

  constructor(options: ScanOptions, takes: Takes, pool: ThreadPool) {
    this.#options = options;
    this.#takes = takes;
    this.#pool = pool;
    const count = Math.min(mostThreads, Math.max(1, availableParallelism() - 1));
    for (let thread = 0; thread < count; thread += 1) this.#start();
  }

  /** Takes a list; resolves once there is room for the next. */
  async scan(tasks: readonly ScanTask[]): Promise<void> {
    this.#lists.push({ tasks, suspect: false });
    this.#handOut();
    while (this.#lists.length >= mostWaiting) await this.#help();
  }

  /** Resolves when every list has been scanned or lost. */
  async drain(): Promise<void> {
    while (this.#lists.length > 0 || this.#threads.some(({ lists }) => lists.length > 0)) await this.#help();
  }

  /** Whoever has nothing to do can be of use for another scan. */
  async end(): Promise<void> {
    this.#lists.length = 0;
    const threads = this.#threads.splice(0);
    for (const { thread, lists } of threads) if (lists.length === 0) this.#pool.giveBack(thread);
    await Promise.all(threads.filter(({ lists }) => lists.length > 0).map(({ thread }) => thread.end()));
  }

  /** Scans a list that no thread has yet, or waits for one; what a thread failed with is none of this thread's. */
  async #help(): Promise<void> {
    const at = this.#lists.findLastIndex(({ suspect }) => !suspect);
    const [list] = at < 0 ? [] : this.#lists.splice(at, 1);
    await (list ? this.#takes.help(list.tasks) : this.#change());
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

  #hand({ thread, lists }: UsedThread, list: List | undefined): void {
    if (!list) return;
    lists.push(list);
    thread.send({ tasks: list.tasks, options: this.#options });
  }

  #start(): void {
    const used: UsedThread = { thread: this.#pool.take(), lists: [] };
    this.#threads.push(used);
    used.thread.user = {
      answered: (answer) => {
        const list = used.lists.shift();
        if (list) this.#takes.answer(list.tasks, answer);
        this.#handOut();
        this.#changed();
      },
      failed: () => {
        this.#threads.splice(this.#threads.indexOf(used), 1);
        this.#failed(used.lists);
        this.#handOut();
        this.#changed();
      },
    };
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
