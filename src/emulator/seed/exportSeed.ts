import type { Store } from '../store/store.ts';
import { seedVersion } from './seedFile.ts';

/**
 * The contents of a store as a seed file. Secrets are not in it: a key is known by the SHA-256 of its token, so that it authenticates
 * after an import but can no longer be revealed; a publishable one keeps its token.
 */
export function exportSeed(store: Store): unknown {
  return {
    keysmith_seed: seedVersion,
    organizations: store.accounts.organizations(),
    accounts: store.accounts.all(),
    keys: store.keys.list({ includeExpired: true }, new Date(0)).map((key) => ({
      id: key.id,
      ...key.owner,
      mode: key.mode,
      kind: key.kind,
      name: key.name,
      note: key.note,
      ...(key.kind === 'publishable'
        ? { token: key.mask }
        : { token_sha256: store.keys.sha256Of(key.id), mask: key.mask }),
      created: key.created.toISOString(),
      expires_at: key.expires?.toISOString() ?? null,
      permissions: key.permissions,
      connect_permissions: key.connectPermissions,
      addresses: key.addresses,
    })),
  };
}
