import { ownerId, type ApiKey } from '../../domain/key.ts';
import { mintToken } from '../../domain/token.ts';
import { newKeyId } from '../ids.ts';
import { randomText } from '../random.ts';
import type { Store } from '../store/store.ts';
import type { Revealed } from './keyActions.ts';

export type KeyDescription = Pick<
  ApiKey,
  'kind' | 'mode' | 'owner' | 'name' | 'note' | 'permissions' | 'connectPermissions' | 'addresses'
>;

/** A token for a new key. */
export const mintFor = ({ kind, mode, owner }: Pick<ApiKey, 'kind' | 'mode' | 'owner'>): string =>
  mintToken(kind, mode, ownerId(owner), randomText);

export interface Minting {
  readonly revealable: boolean;
  readonly now: Date;
  /** One that `mintFor` made before; otherwise a new one. */
  readonly token?: string | undefined;
}

/** Adds a new key with a minted token. A live token is kept only where it may be revealed later; a sandbox one always. */
export function addMinted(
  store: Store,
  key: KeyDescription,
  { revealable, now, token = mintFor(key) }: Minting,
): Revealed {
  const id = newKeyId(ownerId(key.owner), now);
  const added = { ...key, id, created: now, expires: undefined };
  store.transaction(() => store.keys.add(added, { token, keep: revealable || key.mode === 'sandbox' }));
  const found = store.keys.find(id, now);
  if (!found) throw new Error('The store has lost a key that was just added');
  return { key: found, token };
}
