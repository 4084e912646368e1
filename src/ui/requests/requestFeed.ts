import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { KeyService } from '../../management/keyService.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import type { RequestRow } from '../../requests/panelProtocol.ts';
import { mostRows } from '../../requests/requestRows.ts';

/** How often new requests are asked for while somebody looks. */
const everyMs = 500;
const pageLength = 1000;

export interface FeedListener {
  /** Newest first. */
  readonly rows: (rows: readonly RequestRow[], older: boolean) => void;
  /** What was given before is no more: another emulator, or an emptied log. */
  readonly clear: () => void;
}

/** The rows of the request log as they come, while it is on. */
export class RequestFeed {
  readonly #session;
  readonly #listener;
  #on = false;
  #timer: NodeJS.Timeout | undefined;
  #service: KeyService | undefined;
  #newest: string | undefined;

  constructor(session: EmulatorSession, listener: FeedListener) {
    this.#session = session;
    this.#listener = listener;
  }

  set on(on: boolean) {
    if (on === this.#on) return;
    this.#on = on;
    clearTimeout(this.#timer);
    if (on) void this.#run();
  }

  /** Asks now: something has happened. */
  hurry(): void {
    if (!this.#on) return;
    clearTimeout(this.#timer);
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    await this.#ask();
    if (this.#on && this.#timer === undefined) this.#timer = setTimeout(() => void this.#run(), everyMs);
  }

  async #ask(): Promise<void> {
    const { state } = this.#session;
    const service = state.kind === 'running' ? state.service : undefined;
    if (service !== this.#service) {
      this.#service = service;
      this.#newest = undefined;
      this.#listener.clear();
    }
    if (!service) return;
    await (this.#newest === undefined ? this.#begin(service) : this.#goOn(service, this.#newest));
  }

  /** All there are, the newest first. */
  async #begin(service: KeyService): Promise<void> {
    let before: string | undefined;
    for (let count = 0; count < mostRows; count += pageLength) {
      const page = await service.requests({
        brief: true,
        limit: pageLength,
        ...(before === undefined ? {} : { before }),
      });
      if (!page.ok || service !== this.#service) return;
      const { requests, more } = page.value;
      this.#newest ??= requests[0]?.id;
      if (requests.length > 0) this.#listener.rows(requests.map(rowOf), true);
      before = requests.at(-1)?.id;
      if (!more) return;
    }
  }

  async #goOn(service: KeyService, after: string): Promise<void> {
    const batches: RequestRow[][] = [];
    let before: string | undefined;
    for (;;) {
      const page = await service.requests({
        brief: true,
        limit: pageLength,
        after,
        ...(before === undefined ? {} : { before }),
      });
      if (!page.ok || service !== this.#service) return;
      batches.push(page.value.requests.map(rowOf));
      before = page.value.requests.at(-1)?.id;
      if (!page.value.more || batches.length * pageLength >= mostRows) break;
    }
    const rows = batches.flat();
    if (rows.length === 0) return;
    this.#newest = rows[0]?.id;
    this.#listener.rows(rows, false);
  }
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
