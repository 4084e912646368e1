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
export type RawRecord = Omit<RequestRecord, 'detail'> & { readonly detail: Omit<RequestDetail, 'sdk'> };

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
  readonly limit: number;
}

export interface RequestPage {
  readonly data: readonly RequestRecord[];
  readonly hasMore: boolean;
}
