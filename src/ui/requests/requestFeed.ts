import { outcomes } from '../../domain/checks.ts';
import { modes } from '../../domain/mode.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { KeyService, RequestFilter, RequestSummary } from '../../management/keyService.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import {
  rowsOfPage,
  type ListRequest,
  type PageRequest,
  type RequestRow,
  type RowFilter,
  type RowList,
  type RowPage,
} from '../../requests/panelProtocol.ts';

/** How often new requests are asked for while somebody looks. */
const everyMs = 500;
/** More new ones than that are not told one by one. */
const mostNew = 1000;

export interface FeedListener {
  readonly list: (list: RowList) => void;
  readonly page: (page: RowPage) => void;
  /** Those that came since the last list or rows, newest first. */
  readonly rows: (rows: readonly RequestRow[]) => void;
  /** So many came that the list is better asked for anew. */
  readonly changed: () => void;
  /** What was given before is no more: another emulator, or none. */
  readonly clear: () => void;
}

type Session = Pick<EmulatorSession, 'state'>;

/**
 * The request log for the panel: lists and their pages as they are asked for, and new rows as they come, while it is on. One thing is done
 * at a time, so that no row is told twice and none is left out between a list and the rows after it.
 */
export class RequestFeed {
  readonly #session;
  readonly #listener;
  readonly #told;
  #on = false;
  #timer: NodeJS.Timeout | undefined;
  #service: KeyService | undefined;
  /** A list was told of, so that new rows have something to stand before. */
  #listed = false;
  /** The newest request that was told of. */
  #newest: string | undefined;
  #wanted: ListRequest | undefined;
  #pages: PageRequest[] = [];
  #running = false;
  #again = false;

  /** `told` shows what goes wrong. */
  constructor(session: Session, listener: FeedListener, told: (work: Promise<void>) => void) {
    this.#session = session;
    this.#listener = listener;
    this.#told = told;
  }

  set on(on: boolean) {
    if (on === this.#on) return;
    this.#on = on;
    clearTimeout(this.#timer);
    if (on) this.hurry();
  }

  /** Asks now: something has happened. */
  hurry(): void {
    if (this.#running) this.#again = true;
    else this.#told(this.#run());
  }

  /** Answers with a list; only the last that was asked for matters. */
  list(wanted: ListRequest): void {
    this.#wanted = wanted;
    this.#pages = [];
    this.hurry();
  }

  page(wanted: PageRequest): void {
    this.#pages.push(wanted);
    this.hurry();
  }

  /** The service of now, whatever is waited for. */
  get #current(): KeyService | undefined {
    const { state } = this.#session;
    return state.kind === 'running' ? state.service : undefined;
  }

  async #run(): Promise<void> {
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      do {
        this.#again = false;
        await this.#ask();
      } while (this.#again);
    } finally {
      this.#running = false;
      if (this.#on) this.#timer = setTimeout(() => this.hurry(), everyMs);
    }
  }

  async #ask(): Promise<void> {
    const service = this.#current;
    if (service !== this.#service) {
      this.#service = service;
      this.#newest = undefined;
      this.#listed = false;
      this.#wanted = undefined; // it is asked for anew
      this.#pages = [];
      this.#listener.clear();
    }
    if (!service) return;
    if (this.#wanted) await this.#tellList(service, this.#wanted);
    for (let next = this.#pages.shift(); next; next = this.#pages.shift()) await this.#tellPage(service, next);
    if (this.#on && this.#listed && !this.#wanted) await this.#tellNew(service);
  }

  async #tellList(service: KeyService, wanted: ListRequest): Promise<void> {
    const filter = filterOf(wanted.filter);
    const summary = await service.requestSummary(filter, wanted.find === '' ? undefined : wanted.find);
    if (!summary.ok || service !== this.#current) return;
    const { newest, place = -1 } = summary.value;
    const offset = place < 0 ? 0 : Math.floor(place / rowsOfPage) * rowsOfPage;
    const page =
      newest === undefined
        ? undefined
        : await service.requests({ ...filter, upTo: newest, offset, limit: rowsOfPage, brief: true });
    if ((page && !page.ok) || service !== this.#current) return;
    if (this.#wanted === wanted) this.#wanted = undefined;
    this.#newest = newest;
    this.#listed = true;
    this.#listener.list(listOf(wanted.ask, summary.value, { offset, rows: page?.value.requests.map(rowOf) ?? [] }));
  }

  async #tellPage(service: KeyService, { ask, filter, upTo, offset }: PageRequest): Promise<void> {
    const page = await service.requests({ ...filterOf(filter), upTo, offset, limit: rowsOfPage, brief: true });
    if (page.ok && service === this.#current)
      this.#listener.page({ ask, offset, rows: page.value.requests.map(rowOf) });
  }

  async #tellNew(service: KeyService): Promise<void> {
    const after = this.#newest;
    const page = await service.requests({ brief: true, limit: mostNew, after });
    if (!page.ok || service !== this.#current) return;
    const { requests, more } = page.value;
    if (more) this.#listener.changed();
    else if (requests.length > 0) {
      this.#newest = requests[0]?.id;
      this.#listener.rows(requests.map(rowOf));
    }
  }
}

const listOf = (
  ask: number,
  { newest = '', place = -1, statuses, ...rest }: RequestSummary,
  page: Omit<RowPage, 'ask'>,
): RowList => ({ ...rest, ...page, ask, place, upTo: newest, statuses: statuses.map(String) });

const given = (value: string): string | undefined => (value === '' ? undefined : value);

/** A filter of the panel as the emulator takes it. */
export function filterOf({ text, key, account, mode, status, method, since, until }: RowFilter): RequestFilter {
  return {
    text: given(text),
    key: given(key),
    account: given(account),
    mode: modes.find((one) => one === mode),
    outcome: outcomes.find((one) => one === status),
    status: /^\d+$/.test(status) ? Number(status) : undefined,
    method: given(method),
    since: since === '' ? undefined : new Date(since),
    until: until === '' ? undefined : new Date(until),
  };
}

/** A request as a row, without what only an opened one shows. */
export const rowOf = (request: LoggedRequest): RequestRow => ({
  id: request.id,
  time: request.time.getTime(),
  method: request.method,
  path: request.query === '' ? request.path : `${request.path}?${request.query}`,
  status: request.status,
  key: request.key ?? '',
  account: request.account ?? '',
  mode: request.mode ?? '',
  refused: request.refused?.kind ?? '',
  letThrough: request.letThrough,
  durationMs: request.durationMs,
});
