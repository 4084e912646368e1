import type { ApiKey } from '../../domain/key.ts';
import { isSecretKind } from '../../domain/kind.ts';
import type { KeyProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';

export interface Revealed {
  readonly key: ApiKey;
  readonly token: string;
}

function findKey(store: Store, id: string, now: Date): Result<ApiKey, KeyProblem> {
  const key = store.keys.find(id, now);
  return key && key.status !== 'deleted' ? ok(key) : refuse({ kind: 'keyNotFound', id });
}

/** Shows a token. A live secret is forgotten by the store in the same step: it is never shown twice. */
export function revealKey(store: Store, id: string, now: Date): Result<Revealed, KeyProblem> {
  return store.transaction(() => {
    const found = findKey(store, id, now);
    if (!found.ok) return found;
    const token = found.value.revealable ? store.keys.reveal(id, now) : undefined;
    if (token === undefined) return refuse({ kind: 'alreadyRevealed', id });
    return ok({ key: store.keys.find(id, now) ?? found.value, token });
  });
}

/** Deletes a key for good; never a publishable one (source: "Delete an API key"). */
export function deleteKey(store: Store, id: string, now: Date): Result<ApiKey, KeyProblem> {
  const found = findKey(store, id, now);
  if (!found.ok) return found;
  if (!isSecretKind(found.value.kind)) return refuse({ kind: 'publishableNotDeletable', id });
  store.keys.delete(id, now);
  return ok({ ...found.value, status: 'deleted', revealable: false });
}
