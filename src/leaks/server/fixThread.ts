import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../shared/result.ts';
import { refuse } from '../../shared/result.ts';
import { programFile } from '../../shared/programFile.ts';
import type { VariablePlan } from '../fixes/environmentVariable.ts';
import type { Fixes } from '../fixes/fixes.ts';
import type { IgnorePlace } from '../fixes/ignoreComment.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { refusals } from '../places/place.ts';
import { mostParsed } from '../places/syntax.ts';

type Ask =
  | { readonly method: 'variable'; readonly given: VariablePlan }
  | { readonly method: 'ignoreLine'; readonly given: IgnorePlace }
  | { readonly method: 'ignoreFile'; readonly given: Omit<IgnorePlace, 'start' | 'end'> };

export interface FixMessage {
  readonly ask: Ask;
}
export type FixReply = Outcome<TextEdit[], string>;

/** How long one question may take, with the start of the thread. */
const mostMs = 8000;
const idleMs = 60_000;

/**
 * The fixes of texts, worked out in a thread of its own: it is started with the first question and ends when none has come for a while.
 * Where a text is too much for a parser, the thread is lost and nothing else.
 */
export class FixThread implements Fixes {
  readonly #program;
  readonly #limit;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(program = programFile('fixWorker', 'leaks/server/fixWorker.ts'), limit = mostMs) {
    this.#program = program;
    this.#limit = limit;
  }

  variable(given: VariablePlan): Promise<FixReply> {
    return this.#ask({ method: 'variable', given });
  }

  ignoreLine(given: IgnorePlace): Promise<FixReply> {
    return this.#ask({ method: 'ignoreLine', given });
  }

  ignoreFile(given: Omit<IgnorePlace, 'start' | 'end'>): Promise<FixReply> {
    return this.#ask({ method: 'ignoreFile', given });
  }

  async end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined; // a question that comes while it ends gets a new one
    await worker?.terminate();
  }

  /** One question after the other. */
  #ask(ask: Ask): Promise<FixReply> {
    if (ask.given.text.length > mostParsed) return Promise.resolve(refuse(refusals.tooLarge));
    const answer = this.#last.then(() => this.#answer(ask));
    this.#last = answer;
    return answer;
  }

  #answer(ask: Ask): Promise<FixReply> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    return new Promise((resolve) => {
      const settle = (reply: FixReply): void => {
        clearTimeout(timer);
        worker.off('message', answered);
        worker.off('exit', lost);
        resolve(reply);
      };
      const lost = (): void => {
        if (this.#worker === worker) this.#worker = undefined;
        void worker.terminate();
        settle(refuse(refusals.unparsable));
      };
      const answered = (reply: FixReply): void => {
        worker.unref();
        this.#idle = setTimeout(() => void this.end(), idleMs).unref();
        settle(reply);
      };
      const timer = setTimeout(lost, this.#limit);
      worker.once('message', answered);
      worker.once('exit', lost);
      worker.postMessage({ ask } satisfies FixMessage);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#program);
    worker.on('error', () => undefined); // its end says enough
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }
}
