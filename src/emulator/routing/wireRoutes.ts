import type { Method, RouteKind } from './routeTable.ts';

/** An address that answers on the wire but that no method of the SDK calls. */
export interface WireRoute {
  readonly method: Method;
  readonly path: string;
  readonly kind: RouteKind;
  readonly object?: string;
  readonly why: 'legacy' | 'cli' | 'stripeJs' | 'preview';
}

/**
 * Kept by hand. What the API has retired still answered probes of restricted keys; `/v1/skus` can be read with any key
 * and is left out, because a route here always needs a permission.
 */
export const wireRoutes: readonly WireRoute[] = [
  { method: 'POST', path: '/v1/account/login_links', kind: 'create', object: 'login_link', why: 'legacy' },
  {
    method: 'GET',
    path: '/v1/issuing/funding_instructions',
    kind: 'list',
    object: 'funding_instructions',
    why: 'legacy',
  },
  {
    method: 'POST',
    path: '/v1/issuing/funding_instructions',
    kind: 'create',
    object: 'funding_instructions',
    why: 'legacy',
  },
  { method: 'GET', path: '/v1/orders', kind: 'list', object: 'order', why: 'legacy' },
  { method: 'POST', path: '/v1/orders', kind: 'create', object: 'order', why: 'legacy' },
  { method: 'POST', path: '/v1/skus', kind: 'create', object: 'sku', why: 'legacy' },
  {
    method: 'GET',
    path: '/v1/subscription_items/:subscription_item/usage_record_summaries',
    kind: 'list',
    object: 'usage_record_summary',
    why: 'legacy',
  },
  {
    method: 'POST',
    path: '/v1/subscription_items/:subscription_item/usage_records',
    kind: 'create',
    object: 'usage_record',
    why: 'legacy',
  },
  { method: 'POST', path: '/v1/stripecli/sessions', kind: 'create', why: 'cli' },
  { method: 'POST', path: '/v1/stripecli/key_permissions', kind: 'action', why: 'cli' },
  { method: 'GET', path: '/v1/elements/sessions', kind: 'retrieve', why: 'stripeJs' },
  { method: 'GET', path: '/v2/iam/activity_logs', kind: 'list', object: 'v2.iam.activity_log', why: 'preview' },
  {
    method: 'GET',
    path: '/v2/iam/activity_logs/:activity_log',
    kind: 'retrieve',
    object: 'v2.iam.activity_log',
    why: 'preview',
  },
  { method: 'GET', path: '/v2/iam/api_keys', kind: 'list', object: 'v2.iam.api_key', why: 'preview' },
  { method: 'POST', path: '/v2/iam/api_keys', kind: 'create', object: 'v2.iam.api_key', why: 'preview' },
  { method: 'GET', path: '/v2/iam/api_keys/:api_key', kind: 'retrieve', object: 'v2.iam.api_key', why: 'preview' },
  { method: 'POST', path: '/v2/iam/api_keys/:api_key', kind: 'update', object: 'v2.iam.api_key', why: 'preview' },
  {
    method: 'POST',
    path: '/v2/iam/api_keys/:api_key/expire',
    kind: 'action',
    object: 'v2.iam.api_key',
    why: 'preview',
  },
  {
    method: 'POST',
    path: '/v2/iam/api_keys/:api_key/rotate',
    kind: 'action',
    object: 'v2.iam.api_key',
    why: 'preview',
  },
];
