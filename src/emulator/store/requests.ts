import type { DatabaseSync } from 'node:sqlite';
import type { Mode } from '../../domain/mode.ts';

/** What was asked and how it was answered. Nothing here holds a token. */
export interface RequestRecord {
  /** `req_…` */
  readonly id: string;
  readonly time: Date;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  /** Id of the key, where one was recognised. */
  readonly key: string | undefined;
  readonly account: string | undefined;
  readonly mode: Mode | undefined;
  readonly detail: RequestDetail;
}

export interface RequestDetail {
  readonly errorCode: string | undefined;
  /** The `Stripe-Context` or `Stripe-Account` that was sent. */
  readonly context: string | undefined;
  readonly address: string;
  readonly version: string | undefined;
  readonly userAgent: string | undefined;
  /** Language and version of an official SDK, such as `node 23.1.0`. */
  readonly sdk: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly durationMs: number;
  readonly requestBody: string;
  readonly responseBody: string;
  /** The checks that were passed, in order, and the refusal they ended in. */
  readonly passed: readonly string[];
  readonly refused: { readonly kind: string; readonly message: string } | undefined;
  /** The permission the endpoint needs, such as `customer_read`. */
  readonly permission: string | undefined;
  /** True where the refusal was noted only (`audit`). */
  readonly letThrough: boolean;
}

export interface RequestFilter {
  readonly key?: string | undefined;
  readonly account?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly status?: number | undefined;
  readonly method?: string | undefined;
  /** Part of a path. */
  readonly path?: string | undefined;
  /** `req_…`: only older ones. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** How much of the log is kept. */
export const requestsKept = 100_000;
const keptForMs = 7 * 24 * 60 * 60 * 1000;

/** How many requests wait to be written, at most. */
export const requestBatch = 128;
/** How many are kept while they cannot be written. */
const mostWaiting = 1000;

/** The request log. Requests are written in batches, because none should wait for the disk; readers see them all. */
export class RequestTable {
  readonly #database;
  readonly #insert;
  readonly #dropSurplus;
  readonly #dropOld;
  #pending: RequestRecord[] = [];
  /** How many of those the running transaction has written. */
  #written = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      'INSERT OR IGNORE INTO requests (id, time, method, path, status, key, account, mode, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#dropSurplus = database.prepare(
      'DELETE FROM requests WHERE sequence <= (SELECT max(sequence) FROM requests) - ?',
    );
    // The oldest stand first, so the time needs no index of its own: writing one would slow every request.
    this.#dropOld = database.prepare(
      'DELETE FROM requests WHERE sequence IN (SELECT sequence FROM requests ORDER BY sequence LIMIT ?) AND time < ?',
    );
  }

  /** True where the batch is large enough to be written now. */
  add(record: RequestRecord): boolean {
    const waiting = this.#pending.push(record);
    if (waiting > mostWaiting) this.#pending.shift();
    return waiting >= requestBatch;
  }

  /** Writes the batch; to be called inside a transaction. */
  flush(): void {
    for (const record of this.#pending) {
      const { id, time, method, path, query, status, key, account, mode, detail } = record;
      this.#insert.run(
        id,
        time.getTime(),
        method,
        path,
        status,
        key ?? null,
        account ?? null,
        mode ?? null,
        JSON.stringify({ query, ...detail }),
      );
    }
    if (this.#pending.length > 0) this.#prune();
    this.#written = this.#pending.length;
  }

  /** Ends a transaction: what it wrote waits no longer, unless it was rolled back. */
  settle(committed: boolean): void {
    if (committed) this.#pending.splice(0, this.#written);
    this.#written = 0;
  }

  /** A page of requests, newest first. */
  list(filter: RequestFilter): { readonly data: RequestRecord[]; readonly hasMore: boolean } {
    const rows = this.#database
      .prepare(
        `SELECT * FROM requests
         WHERE (:key IS NULL OR key = :key) AND (:account IS NULL OR account = :account) AND (:mode IS NULL OR mode = :mode)
           AND (:status IS NULL OR status = :status) AND (:method IS NULL OR method = :method) AND (:path IS NULL OR instr(path, :path) > 0)
           AND (:before IS NULL OR sequence < (SELECT sequence FROM requests WHERE id = :before))
         ORDER BY sequence DESC LIMIT :limit`,
      )
      .all({
        key: filter.key ?? null,
        account: filter.account ?? null,
        mode: filter.mode ?? null,
        status: filter.status ?? null,
        method: filter.method ?? null,
        path: filter.path ?? null,
        before: filter.before ?? null,
        limit: filter.limit + 1,
      });
    return { data: rows.slice(0, filter.limit).map(asRecord), hasMore: rows.length > filter.limit };
  }

  find(id: string): RequestRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM requests WHERE id = ?').get(id);
    return row && asRecord(row);
  }

  #prune(): void {
    const newest = this.#pending.at(-1)?.time.getTime() ?? 0;
    this.#dropSurplus.run(requestsKept);
    // More at a time than come in between, so that a log that was long idle shrinks again.
    this.#dropOld.run(2 * requestBatch, newest - keptForMs);
  }
}

interface RequestRow {
  readonly id: string;
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly key: string | null;
  readonly account: string | null;
  readonly mode: Mode | null;
  readonly detail: string;
}

function asRecord(found: unknown): RequestRecord {
  const row = found as RequestRow;
  const { query, ...detail } = JSON.parse(row.detail) as RequestDetail & { query: string };
  return {
    id: row.id,
    time: new Date(row.time),
    method: row.method,
    path: row.path,
    query,
    status: row.status,
    key: row.key ?? undefined,
    account: row.account ?? undefined,
    mode: row.mode ?? undefined,
    detail,
  };
}
