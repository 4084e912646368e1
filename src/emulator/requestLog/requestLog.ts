import { Worker } from 'node:worker_threads';
import type { EmulatorProblem, Result } from '../../domain/problem.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { programFile } from '../../shared/programFile.ts';
import { ok } from '../../shared/result.ts';
import { openDatabase } from '../store/database.ts';
import type { LogOrder, LogReport } from './logMessages.ts';
import { sizeOf } from './requestRecord.ts';
import type { LogSummary, RawRecord, RequestFilter, RequestPage, RequestRecord } from './requestRecord.ts';
import { requestSchema } from './requestSchema.ts';

/** How long a request may wait to be handed over, and how many go at once. */
const handOverAfterMs = 20;
const handOverAtOnce = 64;
/** How many may be on their way before clients have to wait: a log that drops requests would be worse. */
const mostOnTheirWay = 8192;
const mostBytesOnTheirWay = 64 * 1024 * 1024;
/** How long the last ones may take to be written. */
const farewellMs = 2000;

/** Opens the request log in the file `path`, or in memory. The thread that writes it starts with the first request. */
export function openRequestLog(path: string | undefined, log: Log): Result<RequestLog, EmulatorProblem> {
  if (path) {
    // Opened here once, so that a file that cannot be used refuses the start.
    const opened = openDatabase(path, requestSchema);
    if (!opened.ok) return opened;
    opened.value.close();
  }
  return ok(new RequestLog(path, log));
}

/** The request log. Records are scrubbed and written by a thread of their own; readers see all that were recorded before they ask. */
export class RequestLog {
  readonly #path;
  readonly #log;
  readonly #answers = new Map<number, (value: unknown) => void>();
  #worker: Worker | undefined;
  #pending: RawRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  #onTheirWay = 0;
  #bytesOnTheirWay = 0;
  #lastAsk = 0;
  #room: PromiseWithResolvers<void> | undefined;

  constructor(path: string | undefined, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  /** Logs a request; it is written with others a little later. Where many are on their way, a promise of room for the next. */
  record(record: RawRecord): Promise<void> | undefined {
    this.#onTheirWay += 1;
    this.#bytesOnTheirWay += sizeOf(record);
    if (this.#pending.push(record) >= handOverAtOnce) this.#handOver();
    else this.#timer ??= setTimeout(() => this.#handOver(), handOverAfterMs);
    if (this.#hasRoom) return undefined;
    this.#room ??= Promise.withResolvers();
    return this.#room.promise;
  }

  /** A page of requests, newest first. */
  async list(filter: RequestFilter): Promise<RequestPage> {
    return ((await this.#ask((ask) => ({ kind: 'list', ask, filter }))) as RequestPage | undefined) ?? nothing;
  }

  async find(id: string): Promise<RequestRecord | undefined> {
    return (await this.#ask((ask) => ({ kind: 'find', ask, id }))) as RequestRecord | undefined;
  }

  /** What there is, and what a filter leaves; `find` is an id whose place is wanted. */
  async summary(filter: Omit<RequestFilter, 'limit'>, find?: string): Promise<LogSummary> {
    return ((await this.#ask((ask) => ({ kind: 'summary', ask, filter, find }))) as LogSummary | undefined) ?? empty;
  }

  /** Forgets every request that was recorded so far. */
  clear(): void {
    this.#handOver();
    this.#order({ kind: 'clear' });
  }

  /** Writes what waits and ends the thread. */
  async close(): Promise<void> {
    this.#handOver();
    const worker = this.#worker;
    if (!worker) return;
    const late = setTimeout(() => void worker.terminate(), farewellMs);
    await this.#ask((ask) => ({ kind: 'close', ask }));
    clearTimeout(late);
    this.#worker = undefined;
    await worker.terminate();
  }

  #handOver(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    const records = this.#pending;
    this.#pending = [];
    this.#order({ kind: 'write', records });
  }

  /** Undefined where the thread ended before it answered. */
  #ask(order: (ask: number) => LogOrder): Promise<unknown> {
    this.#handOver();
    this.#lastAsk += 1;
    const ask = this.#lastAsk;
    return new Promise((resolve) => {
      this.#answers.set(ask, resolve);
      this.#order(order(ask));
    });
  }

  #order(order: LogOrder): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(order);
  }

  #start(): Worker {
    const file = programFile('requestLogWorker', 'emulator/requestLog/requestLogWorker.ts');
    const worker = new Worker(file, { workerData: this.#path });
    worker.on('message', (report: LogReport) => this.#take(report));
    worker.on('error', (error) => this.#log.error(`The request log lost its newest requests: ${messageOf(error)}`));
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined; // the next order starts another
      for (const answer of this.#answers.values()) answer(undefined);
      this.#answers.clear();
      const waiting = this.#pending.reduce((sum, record) => sum + sizeOf(record), 0);
      this.#arrived(this.#onTheirWay - this.#pending.length, this.#bytesOnTheirWay - waiting);
    });
    return worker;
  }

  #take(report: LogReport): void {
    switch (report.kind) {
      case 'taken':
        this.#arrived(report.count, report.bytes);
        break;
      case 'leftOut':
        this.#log.warn('A request is not in the log: it could not be looked through for secrets.');
        break;
      case 'failing':
        this.#log.error(`The request log cannot be written, and forgets its oldest requests: ${report.why}`);
        break;
      case 'recovered':
        this.#log.info('The request log is written again.');
        break;
      case 'answer':
        this.#answers.get(report.ask)?.(report.value);
        this.#answers.delete(report.ask);
        break;
      default:
        report satisfies never;
    }
  }

  get #hasRoom(): boolean {
    return this.#onTheirWay < mostOnTheirWay && this.#bytesOnTheirWay < mostBytesOnTheirWay;
  }

  #arrived(count: number, bytes: number): void {
    this.#onTheirWay -= count;
    this.#bytesOnTheirWay -= bytes;
    if (!this.#hasRoom) return;
    this.#room?.resolve();
    this.#room = undefined;
  }
}

const nothing: RequestPage = { data: [], hasMore: false };
const empty: LogSummary = {
  newest: undefined,
  total: 0,
  count: 0,
  place: undefined,
  statuses: [],
  methods: [],
  keys: [],
  accounts: [],
  minutes: [],
};
