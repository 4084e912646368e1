import type { Result, VaultProblem } from '../domain/problem.ts';
import { ok } from '../shared/result.ts';
import type { ListedEntry } from './entry.ts';
import { isOwnKey } from './ownKey.ts';
import type { Vault } from './vault.ts';

/** What a service can say of keys by their ids. */
export interface KnownKeys {
  /** Whether it has the key. */
  readonly has: (id: string) => boolean;
  /** What the key is called. */
  readonly nameOf: (id: string) => string | undefined;
  /** Whether it has deleted the key, whose secret opens nothing any more. */
  readonly deleted: (id: string) => boolean;
}

/**
 * Follows in the vault what became of the keys of a service, by whatever window or program: what was renamed is called so, and what was
 * deleted is forgotten. Entries that were put in by hand, or cannot be read, are nobody's business.
 */
export async function keepInStep(
  vault: Pick<Vault, 'rename' | 'forget'>,
  entries: readonly ListedEntry[],
  keys: KnownKeys,
): Promise<Result<void, VaultProblem>> {
  for (const entry of entries) {
    if (entry.state !== 'kept' || isOwnKey(entry.id)) continue;
    const name = keys.nameOf(entry.id);
    if (keys.deleted(entry.id)) {
      const forgotten = await vault.forget(entry.id);
      if (!forgotten.ok) return forgotten;
    } else if (name !== undefined && name !== entry.name) {
      const renamed = await vault.rename(entry.id, name);
      if (!renamed.ok && renamed.problem.kind !== 'vaultEntryMissing') return renamed; // forgotten meanwhile
    }
  }
  return ok(undefined);
}
