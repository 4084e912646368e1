import type { Kind } from '../../domain/kind.ts';
import type { Mode } from '../../domain/mode.ts';
import type { Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';

/** A key that may be used: the service has it, or the vault, or both. */
export interface UsableKey {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  readonly mode: Mode;
  readonly mask: string;
  /** Whose it is, where the service knows. */
  readonly owner: { readonly id: string; readonly name: string } | undefined;
}

/** Where a name is looked for first: the account and mode that are worked in. */
export interface WorkedIn {
  readonly account: string | undefined;
  readonly mode: Mode;
}

/**
 * A key by its id or its name. One that was rotated means its replacement. Of several with one name it is the one of the account and mode
 * that are worked in, or none.
 *
 * @param current the id of the key that stands for one now
 */
export function findKey(
  keys: readonly UsableKey[],
  wanted: string,
  workedIn: WorkedIn,
  current: (id: string) => string = (id) => id,
): Result<UsableKey> {
  const known = new Map(keys.map((key) => [key.id, key]));
  const exact = known.get(current(wanted)) ?? known.get(wanted);
  if (exact) return ok(exact);
  // One that was rotated and has not ended yet has its replacement beside it, under the same name.
  const isLast = ({ id }: UsableKey): boolean => current(id) === id || !known.has(current(id));
  const named = keys.filter((key) => key.name === wanted && isLast(key));
  const here = named.filter(({ owner, mode }) => owner?.id === workedIn.account && mode === workedIn.mode);
  const [found] = named.length === 1 ? named : here;
  if (found && (named.length === 1 || here.length === 1)) return ok(found);
  return refuse(
    named.length === 0
      ? { kind: 'useUnknown', wanted }
      : { kind: 'useAmbiguous', wanted, ids: named.map(({ id }) => id) },
  );
}
