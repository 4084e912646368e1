import type { DatabaseSync } from 'node:sqlite';
import type { Mode } from '../../domain/mode.ts';
import type { RequestFilter, RequestPage, RequestRecord } from './requestRecord.ts';

/** How much of the log is kept. */
export const requestsKept = 100_000;
const keptForMs = 7 * 24 * 60 * 60 * 1000;

/** How many that are too old go at a time, at least: more than come in between, so that a log that was long idle shrinks again. */
const leastDropped = 256;

/** The request log in its database. */
export class RequestTable {
  readonly #database;
  readonly #insert;
  readonly #dropSurplus;
  readonly #dropOld;

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

  /** Adds records, all or none, and drops those that are over the limits. Throws where the disk refuses. */
  write(records: readonly RequestRecord[]): void {
    const newest = records.at(-1);
    if (!newest) return;
    this.#whole(() => {
      for (const record of records) this.#add(record);
      this.#dropSurplus.run(requestsKept);
      this.#dropOld.run(Math.max(leastDropped, 2 * records.length), newest.time.getTime() - keptForMs);
    });
  }

  /** A page of requests, newest first. */
  list(filter: RequestFilter): RequestPage {
    const rows = this.#database
      .prepare(
        `SELECT * FROM requests
         WHERE (:key IS NULL OR key = :key) AND (:account IS NULL OR account = :account) AND (:mode IS NULL OR mode = :mode)
           AND (:status IS NULL OR status = :status) AND (:method IS NULL OR method = :method) AND (:path IS NULL OR instr(path, :path) > 0)
           AND (:after IS NULL OR sequence > coalesce((SELECT sequence FROM requests WHERE id = :after), 0))
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
        after: filter.after ?? null,
        limit: filter.limit + 1,
      });
    return { data: rows.slice(0, filter.limit).map(asRecord), hasMore: rows.length > filter.limit };
  }

  find(id: string): RequestRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM requests WHERE id = ?').get(id);
    return row && asRecord(row);
  }

  clear(): void {
    this.#database.exec('DELETE FROM requests');
  }

  #add({ id, time, method, path, query, status, key, account, mode, detail }: RequestRecord): void {
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

  #whole(change: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      change();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
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
  const { query, ...detail } = JSON.parse(row.detail) as RequestRecord['detail'] & { query: string };
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
