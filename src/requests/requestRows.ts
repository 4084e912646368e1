import { outcomeOf, outcomes } from '../domain/checks.ts';
import { noFilter, type RequestRow, type RowFilter } from './panelProtocol.ts';

/** So many rows are kept; the oldest go first. */
export const mostRows = 50_000;

/** The rows of the log and those of them that a filter leaves, newest first. New ones cost no look at the old. */
export class RequestRows {
  /** Oldest first: the newest are added at the end, without moving the others. */
  #all: RequestRow[] = [];
  #shown: RequestRow[] = [];
  #filter: RowFilter = noFilter;
  #accept: (row: RequestRow) => boolean = () => true;

  get filter(): RowFilter {
    return this.#filter;
  }

  get total(): number {
    return this.#all.length;
  }

  get count(): number {
    return this.#shown.length;
  }

  /** The row at a place counted from 0, the newest. */
  at(place: number): RequestRow | undefined {
    return this.#shown[this.#shown.length - 1 - place];
  }

  /** -1 where it is not shown. */
  placeOf(id: string): number {
    const index = this.#shown.findLastIndex((row) => row.id === id);
    return index < 0 ? -1 : this.#shown.length - 1 - index;
  }

  /** Oldest first. */
  shown(): readonly RequestRow[] {
    return this.#shown;
  }

  /** Oldest first, filtered or not. */
  all(): readonly RequestRow[] {
    return this.#all;
  }

  /** Adds rows that are given newest first, and are all newer, or all older, than those there are. Returns how many of them are shown. */
  add(rows: readonly RequestRow[], older: boolean): number {
    const added = rows.toReversed();
    const fitting = added.filter(this.#accept);
    this.#all = older ? [...added, ...this.#all] : this.#pushed(this.#all, added);
    this.#shown = older ? [...fitting, ...this.#shown] : this.#pushed(this.#shown, fitting);
    if (this.#all.length > mostRows) {
      const [first] = (this.#all = this.#all.slice(-mostRows));
      const from = this.#shown.findIndex(({ time }) => time >= (first?.time ?? 0));
      if (from > 0) this.#shown = this.#shown.slice(from);
    }
    return fitting.length;
  }

  narrow(filter: RowFilter): void {
    this.#filter = filter;
    this.#accept = accepting(filter);
    this.#shown = this.#all.filter(this.#accept);
  }

  clear(): void {
    this.#all = [];
    this.#shown = [];
  }

  #pushed(rows: RequestRow[], added: readonly RequestRow[]): RequestRow[] {
    for (const row of added) rows.push(row);
    return rows;
  }
}

function accepting(filter: RowFilter): (row: RequestRow) => boolean {
  const { text, key, account, mode, status, method } = filter;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const since = filter.since === '' ? -Infinity : Date.parse(filter.since);
  const until = filter.until === '' ? Infinity : Date.parse(filter.until);
  return (row) =>
    (key === '' || row.key === key) &&
    (account === '' || row.account === account) &&
    (mode === '' || row.mode === mode) &&
    (method === '' || row.method === method) &&
    (status === '' || hasStatus(row, status)) &&
    row.time >= since &&
    row.time < until &&
    (words.length === 0 || hasWords(row, words));
}

const hasStatus = (row: RequestRow, status: string): boolean =>
  outcomes.some((outcome) => outcome === status) ? outcomeOfRow(row) === status : String(row.status) === status;

/** How the request of a row went. */
export const outcomeOfRow = ({ status, refused, letThrough }: RequestRow) =>
  outcomeOf(status, refused === '' ? undefined : refused, letThrough);

function hasWords({ method, path, id, refused }: RequestRow, words: readonly string[]): boolean {
  const text = `${method} ${path} ${id} ${refused}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
