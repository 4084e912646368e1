import type { Outcome } from '../../domain/checks.ts';
import type { Mode } from '../../domain/mode.ts';

/** What was asked and how it was answered. In the log nothing of it holds a token: see `scrubRecord`. */
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

/** A request as it came, secrets and all: it leaves the thread that answered it only for the one that scrubs it. */
export type RawRecord = Omit<RequestRecord, 'detail'> & {
  readonly detail: Omit<RequestDetail, 'sdk'> & {
    /** Which bodies are longer than what stands here. */
    readonly cut?: { readonly request: boolean; readonly response: boolean };
  };
};

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
  /** `req_…`: only newer ones. */
  readonly after?: string | undefined;
  /** `req_…`: this one, and older ones. */
  readonly upTo?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** Words that all stand somewhere in its method, path, query, id or kind of refusal. */
  readonly text?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly limit: number;
  /** How many of the newest are passed over. */
  readonly offset?: number | undefined;
  /** Without bodies. */
  readonly brief?: boolean | undefined;
}

/** What there is in the log, and what a filter leaves of it. */
export interface LogSummary {
  /** `req_…` */
  readonly newest: string | undefined;
  readonly total: number;
  /** How many a filter leaves. */
  readonly count: number;
  /** Where a request stands among those, counted from 0, the newest. */
  readonly place: number | undefined;
  readonly statuses: readonly number[];
  readonly methods: readonly string[];
  readonly keys: readonly string[];
  readonly accounts: readonly string[];
  /** Of the last half hour, whatever the filter. */
  readonly minutes: readonly MinuteCount[];
}

export interface MinuteCount {
  /** Empty where none was recognised. */
  readonly key: string;
  /** Since 1970. */
  readonly minute: number;
  readonly requests: number;
  readonly errors: number;
}

/** How much memory a record takes while it is on its way, about. */
export const sizeOf = ({ path, query, detail }: RawRecord): number =>
  1024 + 2 * (path.length + query.length + detail.requestBody.length + detail.responseBody.length);

export interface RequestPage {
  readonly data: readonly RequestRecord[];
  readonly hasMore: boolean;
}
