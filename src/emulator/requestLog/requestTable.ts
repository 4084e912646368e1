import type { DatabaseSync } from 'node:sqlite';
import { outcomeOf } from '../../domain/checks.ts';
import type { Mode } from '../../domain/mode.ts';
import { conditionsOf } from './requestConditions.ts';
import type { LogSummary, MinuteCount, RequestFilter, RequestPage, RequestRecord } from './requestRecord.ts';

/** How much of the log is kept. */
export const requestsKept = 100_000;
export const bytesKept = 128 * 1024 * 1024;
const keptForMs = 7 * 24 * 60 * 60 * 1000;

/** How many that are too old go at a time, at least: more than come in between, so that a log that was long idle shrinks again. */
const leastDropped = 256;
/** Of a row in its table and its indexes, besides its texts. */
const rowBytes = 160;

const minuteMs = 60_000;
/** Of how many minutes a summary counts requests. */
const minutesCounted = 30;

/** The request log in its database. */
export class RequestTable {
  readonly #database;
  readonly #limits;
  readonly #insert;
  readonly #insertBodies;
  readonly #dropSurplus;
  readonly #dropFirst;
  readonly #dropOld;
  readonly #dropBodies;
  /** Size of all requests that were ever added. */
  #upto: number;
  #facets: Facets | undefined;

  constructor(database: DatabaseSync, limits = { requests: requestsKept, bytes: bytesKept }) {
    this.#database = database;
    this.#limits = limits;
    this.#insert = database.prepare(
      `INSERT OR IGNORE INTO requests (id, time, method, path, query, status, key, account, mode, outcome, refused, upto, detail)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertBodies = database.prepare(
      'INSERT OR IGNORE INTO bodies (sequence, request, response) VALUES (?, ?, ?)',
    );
    this.#dropSurplus = database.prepare(
      'DELETE FROM requests WHERE sequence <= (SELECT max(sequence) FROM requests) - ?',
    );
    // The oldest stand first, so neither their size nor their time needs an index: writing one would slow every request.
    this.#dropFirst = database.prepare(
      'DELETE FROM requests WHERE sequence IN (SELECT sequence FROM requests ORDER BY sequence LIMIT ?) AND upto <= ?',
    );
    this.#dropOld = database.prepare(
      'DELETE FROM requests WHERE sequence IN (SELECT sequence FROM requests ORDER BY sequence LIMIT ?) AND time < ?',
    );
    this.#dropBodies = database.prepare('DELETE FROM bodies WHERE sequence < (SELECT min(sequence) FROM requests)');
    this.#upto = Number(
      database.prepare('SELECT upto FROM requests ORDER BY sequence DESC LIMIT 1').get()?.['upto'] ?? 0,
    );
  }

  /** Adds records, all or none, and drops those that are over the limits. Throws where the disk refuses. */
  write(records: readonly RequestRecord[]): void {
    const newest = records.at(-1);
    if (!newest) return;
    const before = this.#upto;
    try {
      this.#whole(() => {
        for (const record of records) this.#add(record);
        this.#dropSurplus.run(this.#limits.requests);
        const most = Math.max(leastDropped, 2 * records.length);
        this.#dropOld.run(most, newest.time.getTime() - keptForMs);
        while (this.#dropFirst.run(most, this.#upto - this.#limits.bytes).changes === most);
        this.#dropBodies.run();
      });
    } catch (error) {
      this.#upto = before;
      throw error;
    }
    if (this.#facets) for (const record of records) addFacets(this.#facets, record);
  }

  /** A page of requests, newest first. */
  list({ limit, offset = 0, brief = false, ...filter }: RequestFilter): RequestPage {
    const { where, values } = conditionsOf(filter);
    const rows = this.#database
      .prepare(
        `SELECT * FROM (SELECT * FROM requests WHERE ${where} ORDER BY sequence DESC LIMIT :limit OFFSET :offset)
         ${brief ? '' : 'LEFT JOIN bodies USING (sequence)'} ORDER BY sequence DESC`,
      )
      .all({ ...values, limit: limit + 1, offset });
    return { data: rows.slice(0, limit).map(asRecord), hasMore: rows.length > limit };
  }

  find(id: string): RequestRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM requests LEFT JOIN bodies USING (sequence) WHERE id = ?').get(id);
    return row && asRecord(row);
  }

  /** What there is to choose from, and how much a filter leaves; `find` is an id whose place among those is wanted. */
  summary(filter: Omit<RequestFilter, 'limit'>, find: string | undefined): LogSummary {
    const { where, values } = conditionsOf(filter);
    const count = (and: string, more: Readonly<Record<string, string>>): number =>
      Number(
        this.#database
          .prepare(`SELECT count(*) AS count FROM requests WHERE ${where}${and}`)
          .get({ ...values, ...more })?.['count'],
      );
    const newest = this.#database.prepare('SELECT id, time FROM requests ORDER BY sequence DESC LIMIT 1').get();
    const found = find !== undefined && count(' AND id = :find', { find }) > 0 ? find : undefined;
    this.#facets ??= this.#readFacets();
    return {
      newest: newest?.['id'] as string | undefined,
      total: Number(this.#database.prepare('SELECT count(*) AS count FROM requests').get()?.['count']),
      count: count('', {}),
      place:
        found === undefined
          ? undefined
          : count(' AND sequence > (SELECT sequence FROM requests WHERE id = :find)', { find: found }),
      statuses: [...this.#facets.statuses].toSorted((one, other) => one - other),
      methods: [...this.#facets.methods].toSorted(),
      keys: [...this.#facets.keys].toSorted(),
      accounts: [...this.#facets.accounts].toSorted(),
      minutes: newest ? this.#minutes(Number(newest['time'])) : [],
    };
  }

  clear(): void {
    this.#database.exec('DELETE FROM requests; DELETE FROM bodies');
    this.#facets = undefined;
  }

  /** Requests and errors by key and minute, of the last half hour before `end`. */
  #minutes(end: number): MinuteCount[] {
    return this.#database
      .prepare(
        `SELECT coalesce(key, '') AS key, time / ${minuteMs} AS minute, count(*) AS requests,
                sum(status >= 400 OR refused IS NOT NULL) AS errors
         FROM requests WHERE time >= ? GROUP BY 1, 2`,
      )
      .all((Math.floor(end / minuteMs) - minutesCounted) * minuteMs) as unknown as MinuteCount[];
  }

  #readFacets(): Facets {
    const facets: Facets = { statuses: new Set(), methods: new Set(), keys: new Set(), accounts: new Set() };
    const rows = this.#database
      .prepare('SELECT status, method, key, account FROM requests GROUP BY status, method, key, account')
      .all() as unknown as RequestRow[];
    for (const { status, method, key, account } of rows)
      addFacets(facets, { status, method, key: key ?? undefined, account: account ?? undefined });
    return facets;
  }

  #add({ id, time, method, path, query, status, key, account, mode, detail }: RequestRecord): void {
    const { requestBody, responseBody, ...rest } = detail;
    const text = JSON.stringify(rest);
    const size =
      rowBytes + [path, query, text, requestBody, responseBody].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
    this.#upto += size;
    const added = this.#insert.run(
      id,
      time.getTime(),
      method,
      path,
      query,
      status,
      key ?? null,
      account ?? null,
      mode ?? null,
      outcomeOf(status, detail.refused?.kind, detail.letThrough),
      detail.refused?.kind ?? null,
      this.#upto,
      text,
    );
    if (added.changes > 0) this.#insertBodies.run(added.lastInsertRowid, requestBody, responseBody);
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

/** What the requests of the log have, each once. What has been dropped since may still be named. */
interface Facets {
  readonly statuses: Set<number>;
  readonly methods: Set<string>;
  readonly keys: Set<string>;
  readonly accounts: Set<string>;
}

function addFacets(
  { statuses, methods, keys, accounts }: Facets,
  { status, method, key, account }: Pick<RequestRecord, 'status' | 'method' | 'key' | 'account'>,
): void {
  statuses.add(status);
  methods.add(method);
  if (key !== undefined) keys.add(key);
  if (account !== undefined) accounts.add(account);
}

interface RequestRow {
  readonly id: string;
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly key: string | null;
  readonly account: string | null;
  readonly mode: Mode | null;
  readonly detail: string;
  /** The bodies, where they were asked for. */
  readonly request?: string | null;
  readonly response?: string | null;
}

function asRecord(found: unknown): RequestRecord {
  const row = found as RequestRow;
  return {
    id: row.id,
    time: new Date(row.time),
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    key: row.key ?? undefined,
    account: row.account ?? undefined,
    mode: row.mode ?? undefined,
    detail: {
      ...(JSON.parse(row.detail) as Omit<RequestRecord['detail'], 'requestBody' | 'responseBody'>),
      requestBody: row.request ?? '',
      responseBody: row.response ?? '',
    },
  };
}
