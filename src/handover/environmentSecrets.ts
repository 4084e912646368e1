import { Secret } from '../domain/secret.ts';

const tokens = /(?:(?:sk_org|[rse]k|rkcs)_(?:test|live)_|whsec_|oak_)[0-9A-Za-z]{16,}/g;

/** The Stripe secrets that stand in an environment, in whatever variables. */
export function environmentSecrets(environment: NodeJS.ProcessEnv): Secret[] {
  const found = Object.values(environment).flatMap((value = '') => value.match(tokens) ?? []);
  return [...new Set(found)].map((token) => new Secret(token));
}
