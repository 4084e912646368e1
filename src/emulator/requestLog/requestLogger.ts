import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../shared/errors.ts';
import type { LogAnswer, LogOrder, LogReport } from './logMessages.ts';
import { sizeOf, type RawRecord, type RequestRecord } from './requestRecord.ts';
import { RequestTable } from './requestTable.ts';
import { scrubRecord } from './scrubRecord.ts';

/** How many records are kept while they cannot be written. */
const mostWaiting = 1000;
/** How long until it is tried again, after it could not be. */
const retryAfterMs = 1000;

/** Writes the log as it is ordered and reports what became of it. Where the disk refuses, the newest records wait for better times. */
export class RequestLogger {
  readonly #database;
  readonly #table;
  readonly #report;
  #waiting: RequestRecord[] = [];
  #failing = false;
  #retry: NodeJS.Timeout | undefined;
  /** Writes what came until then in one go: the more is behind, the less each costs. */
  #coming: NodeJS.Immediate | undefined;
  #untaken = { count: 0, bytes: 0 };

  constructor(database: DatabaseSync, report: (report: LogReport) => void) {
    this.#database = database;
    this.#table = new RequestTable(database);
    this.#report = report;
  }

  carryOut(order: LogOrder): void {
    switch (order.kind) {
      case 'write':
        for (const record of order.records) {
          this.#take(record);
          this.#untaken.count += 1;
          this.#untaken.bytes += sizeOf(record);
        }
        this.#coming ??= setImmediate(() => this.#writeAll());
        break;
      case 'clear':
        this.#waiting = [];
        this.#attempt(() => this.#table.clear());
        break;
      case 'list':
        this.#write();
        this.#answer(order.ask, this.#table.list(order.filter));
        break;
      case 'find':
        this.#write();
        this.#answer(order.ask, this.#table.find(order.id));
        break;
      case 'summary':
        this.#write();
        this.#answer(order.ask, this.#table.summary(order.filter, order.find));
        break;
      case 'close':
        this.#write();
        clearTimeout(this.#retry);
        clearImmediate(this.#coming);
        this.#database.close();
        this.#answer(order.ask, undefined);
        break;
      default:
        order satisfies never;
    }
  }

  /** A record that cannot be made fit for the log is left out whole: what is not looked through is not written. */
  #take(record: RawRecord): void {
    try {
      this.#waiting.push(scrubRecord(record));
    } catch {
      this.#report({ kind: 'leftOut' }); // the error may quote what was sent
    }
  }

  #answer(ask: number, value: LogAnswer): void {
    this.#report({ kind: 'answer', ask, value });
  }

  #writeAll(): void {
    this.#coming = undefined;
    if (!this.#failing) this.#write();
    if (this.#waiting.length > mostWaiting) this.#waiting = this.#waiting.slice(-mostWaiting);
    this.#report({ kind: 'taken', ...this.#untaken });
    this.#untaken = { count: 0, bytes: 0 };
  }

  #write(): void {
    if (this.#waiting.length === 0) return;
    const written = this.#attempt(() => this.#table.write(this.#waiting));
    if (written) this.#waiting = [];
  }

  #attempt(change: () => void): boolean {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    try {
      change();
      if (this.#failing) this.#report({ kind: 'recovered' });
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#report({ kind: 'failing', why: messageOf(error) });
      this.#failing = true;
      this.#retry = setTimeout(() => this.#write(), retryAfterMs);
    }
    return !this.#failing;
  }
}
