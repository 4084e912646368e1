import { header, type Call } from '../exchange.ts';
import { routeTable } from '../routing/routes.ts';
import type { Access } from './judge.ts';

/** The API version of an account that never chose one: the SDK's. */
const accountVersion = routeTable.apiVersion;

/** On every reply of api.stripe.com (captured 2026-03, stripe-auth facts 2.11); `server` and `x-stripe-…` are left out. */
const common = {
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Methods': 'GET, HEAD, PUT, PATCH, POST, DELETE',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'Request-Id, Stripe-Manage-Version, Stripe-Should-Retry, X-Stripe-External-Auth-Required, X-Stripe-Privileged-Session-Required',
  'Access-Control-Max-Age': '300',
  'Cache-Control': 'no-cache, no-store',
  Vary: 'Origin',
} as const;

export interface ReplyFacts {
  readonly id: string;
  readonly status: number;
  readonly access: Access;
  /** Whether the request acted for the account it names. */
  readonly settled: boolean;
  /** The request whose answer is repeated. */
  readonly replayOf: string | undefined;
}

export function replyHeaders(
  call: Call,
  { id, status, access, settled, replayOf }: ReplyFacts,
): Record<string, string> {
  const idempotencyKey = header(call, 'idempotency-key');
  const succeeded = status < 300;
  return {
    ...common,
    'Request-Id': id,
    ...(access.key ? { 'Stripe-Version': header(call, 'stripe-version') ?? accountVersion } : {}),
    ...(access.key && settled && access.context !== undefined ? { 'Stripe-Account': access.account } : {}),
    ...(succeeded && call.method === 'POST' ? { 'Stripe-Should-Retry': 'false' } : {}),
    ...(succeeded && idempotencyKey !== undefined
      ? { 'Idempotency-Key': idempotencyKey, 'Original-Request': replayOf ?? id }
      : {}),
    ...(replayOf === undefined ? {} : { 'Idempotent-Replayed': 'true' }),
  };
}
