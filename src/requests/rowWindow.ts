import { noFilter, rowsOfPage, type RequestRow, type RowFilter, type RowList, type RowPage } from './panelProtocol.ts';
import { RequestRows } from './requestRows.ts';

/** So many pages are kept; those that were not looked at for the longest time go first. */
const mostPages = 50;
/** So many rows that came since are kept before the list is better asked for anew. */
const mostFresh = 2000;

const nothing: RowList = {
  ask: 0,
  offset: 0,
  rows: [],
  upTo: '',
  total: 0,
  count: 0,
  place: -1,
  statuses: [],
  methods: [],
  keys: [],
  accounts: [],
  minutes: [],
};

/** The rows of a list of any length of which only what is looked at is here, and in front of them those that came since it was asked for. */
export class RowWindow {
  readonly #fresh = new RequestRows();
  readonly #pages = new Map<number, readonly RequestRow[]>();
  readonly #asked = new Set<number>();
  #list = nothing;

  get filter(): RowFilter {
    return this.#fresh.filter;
  }
  get list(): RowList {
    return this.#list;
  }
  get count(): number {
    return this.#fresh.count + this.#list.count;
  }
  get total(): number {
    return this.#fresh.total + this.#list.total;
  }
  /** Those that came since, the oldest first, whatever the filter. */
  get fresh(): readonly RequestRow[] {
    return this.#fresh.all();
  }
  /** The list has grown old. */
  get stale(): boolean {
    return this.#fresh.total > mostFresh;
  }

  /** Begins anew with a list that was asked for with a filter. */
  begin(list: RowList, filter: RowFilter): void {
    this.#list = list;
    this.#fresh.clear();
    this.#fresh.narrow(filter);
    this.#pages.clear();
    this.#asked.clear();
    this.take(list);
  }

  clear(): void {
    this.begin(nothing, noFilter);
  }

  /** Adds rows that came since, newest first; says how many of them the filter leaves. */
  add(rows: readonly RequestRow[]): number {
    return this.#fresh.add(rows, false);
  }

  /** Takes a page that was asked for. One that is short is the last: what stood behind it was dropped from the log since. */
  take({ ask, offset, rows }: RowPage): void {
    if (ask !== this.#list.ask) return;
    const page = Math.floor(offset / rowsOfPage);
    this.#asked.delete(page);
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    if (offset + rows.length < Math.min(this.#list.count, offset + rowsOfPage))
      this.#list = { ...this.#list, count: offset + rows.length };
    for (const first of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break;
      this.#pages.delete(first);
    }
  }

  /** The row at a place counted from 0, the newest; undefined where it is not here yet. */
  at(place: number): RequestRow | undefined {
    const older = place - this.#fresh.count;
    if (older < 0) return this.#fresh.at(place);
    return this.#pages.get(Math.floor(older / rowsOfPage))?.[older % rowsOfPage];
  }

  /** -1 where it is not here. */
  placeOf(id: string): number {
    if (id === '') return -1;
    const place = this.#fresh.placeOf(id);
    if (place >= 0) return place;
    for (const [page, rows] of this.#pages) {
      const index = rows.findIndex((row) => row.id === id);
      if (index >= 0) return this.#fresh.count + page * rowsOfPage + index;
    }
    return -1;
  }

  /** Where the pages begin that are needed to show these places and were not asked for yet; from now on they were. */
  missing(from: number, to: number): number[] {
    const first = Math.max(0, from - this.#fresh.count);
    const last = Math.min(this.#list.count - 1, to - this.#fresh.count);
    const offsets: number[] = [];
    for (let page = Math.floor(first / rowsOfPage); page * rowsOfPage <= last; page += 1) {
      const rows = this.#pages.get(page);
      if (rows) {
        this.#pages.delete(page); // it is looked at: it is the last to go
        this.#pages.set(page, rows);
      } else if (!this.#asked.has(page)) {
        this.#asked.add(page);
        offsets.push(page * rowsOfPage);
      }
    }
    return offsets;
  }
}
