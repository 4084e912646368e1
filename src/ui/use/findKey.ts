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

/** A key by its id or its name. Of several with one name it is the one of the account and mode that are worked in, or none. */
export function findKey(keys: readonly UsableKey[], wanted: string, workedIn: WorkedIn): Result<UsableKey> {
  const exact = keys.find(({ id }) => id === wanted);
  if (exact) return ok(exact);
  const named = keys.filter(({ name }) => name === wanted);
  const here = named.filter(({ owner, mode }) => owner?.id === workedIn.account && mode === workedIn.mode);
  const [found] = named.length === 1 ? named : here;
  if (found && (named.length === 1 || here.length === 1)) return ok(found);
  return refuse(
    named.length === 0
      ? { kind: 'useUnknown', wanted }
      : { kind: 'useAmbiguous', wanted, ids: named.map(({ id }) => id) },
  );
}
