import { Worker } from 'node:worker_threads';
import { programFile } from '../../shared/programFile.ts';
import type { ScanOptions, ScanTask } from './scanFile.ts';
import type { ScanOutcome } from './tally.ts';

/** What a thread is sent. */
export interface ListMessage {
  readonly tasks: readonly ScanTask[];
  readonly options: ScanOptions;
}

/** What a thread answers to a list. */
export interface ListAnswer {
  readonly tally: ScanOutcome;
  /** What is to be remembered from now on, of each task: see `scanFiles`. */
  readonly memories: readonly (string | undefined)[];
}

/** Who uses a thread. */
export interface ThreadUser {
  answered(answer: ListAnswer): void;
  /** It is no more, and it was not asked to end. */
  failed(): void;
}

/** How long a thread waits for the next scan. */
const idleMs = 60_000;

/** A thread that scans the lists it is sent, one after the other. */
export class ScanThread {
  /** Undefined while nobody uses it. */
  user: ThreadUser | undefined;
  readonly #worker: Worker;
  #timer: NodeJS.Timeout | undefined;

  constructor(program: URL) {
    this.#worker = new Worker(program);
    this.#worker.on('message', (answer: ListAnswer) => this.user?.answered(answer));
    this.#worker.on('error', () => undefined); // its end says enough
    this.#worker.once('exit', () => {
      clearTimeout(this.#timer);
      this.user?.failed();
    });
  }

  send(message: ListMessage): void {
    this.#worker.postMessage(message);
  }

  /** Waits for its next user, but keeps no program from its end. */
  rest(ended: () => void): void {
    this.user = { answered: () => undefined, failed: ended };
    this.#worker.unref();
    this.#timer = setTimeout(() => void this.#worker.terminate(), idleMs).unref();
  }

  wake(): void {
    clearTimeout(this.#timer);
    this.#worker.ref();
  }

  async end(): Promise<void> {
    this.user = undefined;
    await this.#worker.terminate();
  }
}

/** Threads that outlive a scan: the next one need not wait until they have started, which takes as long as a thousand files. */
export class ThreadPool {
  readonly #program;
  readonly #idle = new Set<ScanThread>();

  constructor(program = programFile('scanWorker', 'leaks/scan/scanWorker.ts')) {
    this.#program = program;
  }

  take(): ScanThread {
    const [thread] = this.#idle;
    if (!thread) return new ScanThread(this.#program);
    this.#idle.delete(thread);
    thread.wake();
    return thread;
  }

  /** Takes back a thread that has nothing to do. */
  giveBack(thread: ScanThread): void {
    this.#idle.add(thread);
    thread.rest(() => this.#idle.delete(thread));
  }

  async end(): Promise<void> {
    const idle = [...this.#idle];
    this.#idle.clear();
    await Promise.all(idle.map((thread) => thread.end()));
  }
}
