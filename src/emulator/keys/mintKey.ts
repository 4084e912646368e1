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

/** Mints a token for a new key and adds it. A live token is kept only where it may be revealed later; a sandbox one always. */
export function addMinted(
  store: Store,
  key: KeyDescription,
  { revealable, now }: { revealable: boolean; now: Date },
): Revealed {
  const id = newKeyId(ownerId(key.owner), now);
  const token = mintToken(key.kind, key.mode, ownerId(key.owner), randomText);
  const added = { ...key, id, created: now, expires: undefined };
  store.transaction(() => store.keys.add(added, { token, keep: revealable || key.mode === 'sandbox' }));
  const found = store.keys.find(id, now);
  if (!found) throw new Error('The store has lost a key that was just added');
  return { key: found, token };
}
