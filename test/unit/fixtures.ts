import type { ApiKey } from '../../src/domain/key.ts';

/** A fake token, joined at run time so that no key-like literal stands in the repository. `body` has the given length. */
export function fakeToken(prefix: string, length = 24): string {
  const alphabet = 'T4kQ9mZx2LpW7vRb8NcY5sHd3JgF6aEu1KoXiPnVtMlCqBwSyGhDrAzUjOfEI';
  return `${prefix}_${alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length)}`;
}

export const testSecret = (length = 24): string => fakeToken('sk_test', length);
export const liveSecret = (length = 24): string => fakeToken('sk_live', length);

/** A sandbox secret key, with what a test cares about changed. */
export function aKey(over: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'mk_1',
    owner: { account: 'acct_1' },
    mode: 'sandbox',
    kind: 'secret',
    name: 'Secret key',
    note: '',
    mask: 'sk_test_…1234',
    created: new Date('2026-01-01T00:00:00Z'),
    lastUsed: undefined,
    expires: undefined,
    status: 'active',
    permissions: [],
    connectPermissions: [],
    addresses: [],
    revealable: true,
    ...over,
  };
}
