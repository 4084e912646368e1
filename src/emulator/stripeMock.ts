import { defaultSeed } from './seed/defaultSeed.ts';
import type { Seed } from './seed/seedFile.ts';

/** What suites written for stripe-mock expect: the SDKs' tests look for this header, and some for a least version (0.119.0). */
export const stripeMockHeaders = { 'Stripe-Mock-Version': '0.197.0' };

/** The key such suites use. It is the first account's; every other key is authenticated as ever. */
export function withStripeMockKey(seed: Seed = defaultSeed): Seed {
  const token = 'sk_test_123';
  const [account] = seed.accounts;
  if (!account || seed.keys.some((key) => key.token === token)) return seed;
  const key = {
    account: account.id,
    mode: 'sandbox' as const,
    kind: 'secret' as const,
    name: 'stripe-mock',
    note: '',
    token,
    created: undefined,
    expires_at: undefined,
    permissions: [],
    connect_permissions: [],
    addresses: [],
  };
  return { ...seed, keys: [...seed.keys, key] };
}
