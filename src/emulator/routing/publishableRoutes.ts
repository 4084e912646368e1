import type { Method } from './routeTable.ts';

/** An address a publishable key may call. */
export interface PublishableRoute {
  readonly method: Method;
  readonly path: string;
  /** `client_secret`: only with the secret of the very object, among the parameters. */
  readonly with: 'nothing' | 'client_secret';
  /** V captured or in Stripe's own text; K the SDK's own comments; V3 third-party code; I inferred. */
  readonly source: string;
}

/** Every other address answers a publishable key with `secret_key_required`. */
export const publishableRoutes: readonly PublishableRoute[] = [
  { method: 'POST', path: '/v1/tokens', with: 'nothing', source: 'V' },
  { method: 'POST', path: '/v1/sources', with: 'nothing', source: 'I' },
  { method: 'GET', path: '/v1/sources/:source', with: 'client_secret', source: 'K' },
  { method: 'POST', path: '/v1/payment_methods', with: 'nothing', source: 'V3' },
  { method: 'GET', path: '/v1/elements/sessions', with: 'nothing', source: 'V' },
  { method: 'GET', path: '/v1/payment_intents/:payment_intent', with: 'client_secret', source: 'K,V3' },
  // The SDK's comments on updating and confirming tell what a publishable key may change in either.
  { method: 'POST', path: '/v1/payment_intents/:payment_intent', with: 'client_secret', source: 'K,V3' },
  { method: 'POST', path: '/v1/payment_intents/:payment_intent/confirm', with: 'client_secret', source: 'K,V3' },
  // Stripe.js verifies microdeposits for whoever holds the secret.
  {
    method: 'POST',
    path: '/v1/payment_intents/:payment_intent/verify_microdeposits',
    with: 'client_secret',
    source: 'I',
  },
  { method: 'GET', path: '/v1/setup_intents/:setup_intent', with: 'client_secret', source: 'K,V3' },
  { method: 'POST', path: '/v1/setup_intents/:setup_intent', with: 'client_secret', source: 'V3' },
  { method: 'POST', path: '/v1/setup_intents/:setup_intent/confirm', with: 'client_secret', source: 'V3' },
  { method: 'POST', path: '/v1/setup_intents/:setup_intent/verify_microdeposits', with: 'client_secret', source: 'I' },
  // In live mode these two take no other key.
  { method: 'POST', path: '/v2/core/account_tokens', with: 'nothing', source: 'K,V3' },
  { method: 'POST', path: '/v2/core/accounts/:account/person_tokens', with: 'nothing', source: 'K' },
];
