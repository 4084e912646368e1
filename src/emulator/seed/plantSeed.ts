import { ownerId, type Owner } from '../../domain/key.ts';
import { defaultKeys, standardName } from '../../domain/lifecycle.ts';
import { mintToken } from '../../domain/token.ts';
import { newKeyId } from '../ids.ts';
import { randomText } from '../random.ts';
import type { TokenSource } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { Seed, SeedKey } from './seedFile.ts';

/** Fills an empty store. */
export function plantSeed(store: Store, seed: Seed, now: Date): void {
  store.transaction(() => {
    for (const organization of seed.organizations) store.accounts.addOrganization(organization);
    for (const account of seed.accounts) {
      store.accounts.add(account);
      if (account.default_keys)
        for (const key of defaultKeys) plantKey(store, { ...bareKey, ...key, account: account.id }, now);
    }
    for (const key of seed.keys) plantKey(store, key, now);
  });
}

const bareKey = {
  note: '',
  created: undefined,
  expires_at: undefined,
  permissions: [],
  connect_permissions: [],
  addresses: [],
};

function plantKey(store: Store, key: SeedKey, now: Date): void {
  const owner: Owner = key.account === undefined ? { organization: key.organization ?? '' } : { account: key.account };
  store.keys.add(
    {
      id: key.id ?? newKeyId(ownerId(owner), now),
      owner,
      mode: key.mode,
      kind: key.kind,
      name: key.name ?? standardName(key.kind, 'Restricted key'),
      note: key.note,
      created: key.created ?? now,
      expires: key.expires_at,
      permissions: key.permissions,
      connectPermissions: key.connect_permissions,
      addresses: key.addresses,
    },
    tokenSource(key, owner),
  );
}

function tokenSource({ token, token_sha256: sha256, mask, kind, mode }: SeedKey, owner: Owner): TokenSource {
  if (token === undefined && sha256 !== undefined) return { sha256, mask: mask ?? '…' };
  return { token: token ?? mintToken(kind, mode, ownerId(owner), randomText), keep: true };
}
