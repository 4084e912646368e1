import type { Mode } from '../domain/mode.ts';

/** A request of the emulator's log: what was asked, by which key, how it was answered, and why. Nothing of it holds a token. */
export interface LoggedRequest {
  /** `req_…` */
  readonly id: string;
  readonly time: Date;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly status: number;
  /** Id of the key, where one was recognised. */
  readonly key: string | undefined;
  readonly account: string | undefined;
  readonly mode: Mode | undefined;
  readonly errorCode: string | undefined;
  /** The `Stripe-Context` or `Stripe-Account` that was sent. */
  readonly context: string | undefined;
  /** Where it came from. */
  readonly address: string;
  /** `Stripe-Version` as it was sent. */
  readonly version: string | undefined;
  readonly userAgent: string | undefined;
  /** Language and version of an official SDK, such as `node 23.1.0`. */
  readonly sdk: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly durationMs: number;
  /** As they were sent; empty in a brief list, cut where they are long. */
  readonly requestBody: string;
  readonly responseBody: string;
  /** The checks that were passed, in order: see `checks` in `explain.ts`. */
  readonly passed: readonly string[];
  /** What refused it, or would have where nothing is enforced. */
  readonly refused: Refusal | undefined;
  /** The permission its endpoint needs, such as `customer_read`; undefined where there is no such endpoint. */
  readonly permission: string | undefined;
  /** True where it was refused on paper only (`audit`). */
  readonly letThrough: boolean;
}

export interface Refusal {
  /** A kind of `ApiProblem`. */
  readonly kind: string;
  /** Stripe's words, with the token masked. */
  readonly message: string;
}
