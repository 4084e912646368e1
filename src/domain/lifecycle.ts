import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import type { ApiKey } from './key.ts';
import { isSecretKind, type Kind } from './kind.ts';
import type { Mode } from './mode.ts';

/** Why a change to a key is refused. */
export type LifecycleProblem =
  | { readonly kind: 'keyInactive'; readonly id: string }
  | { readonly kind: 'publishableNotDeletable'; readonly id: string }
  | { readonly kind: 'publishableNotLimited'; readonly id: string }
  | { readonly kind: 'publishableNotEditable'; readonly id: string }
  | { readonly kind: 'permissionsFixed'; readonly id: string }
  | { readonly kind: 'nameInvalid'; readonly limit: number }
  | { readonly kind: 'noteTooLong'; readonly limit: number }
  | { readonly kind: 'expiryInvalid'; readonly limitDays: number }
  | { readonly kind: 'alreadyExpiring'; readonly id: string; readonly at: Date };

/** The four keys of a new account, by kind and mode (source: "Key types": "By default, all accounts have a total of four API keys"). */
export const defaultKeys: readonly { readonly kind: Kind; readonly mode: Mode }[] = [
  { kind: 'publishable', mode: 'sandbox' },
  { kind: 'secret', mode: 'sandbox' },
  { kind: 'publishable', mode: 'live' },
  { kind: 'secret', mode: 'live' },
];

/** Stripe publishes no limits for names and notes; these are decided, wide enough for any that were seen. */
export const nameLimit = 100;
export const noteLimit = 1000;

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long old and new key may both work (source: `expire_current_key_in_minutes` of /v2/iam/api_keys is at most 10080). */
export const longestOverlapDays = 7;
export const longestOverlapMinutes = longestOverlapDays * 24 * 60;

/** The name of a default or replacement key (source: "Rotate an API key"); restricted and organization keys keep their own. */
export function standardName(kind: Kind, current = ''): string {
  if (kind === 'publishable') return 'Publishable key';
  if (kind === 'secret') return 'Secret key';
  return current;
}

/**
 * Whether a token may be shown again. A sandbox key any number of times, a live secret once (source: "Live mode key access"),
 * a publishable key always.
 */
export function mayReveal(key: { readonly kind: Kind; readonly mode: Mode }, alreadyRevealed: boolean): boolean {
  return !isSecretKind(key.kind) || key.mode === 'sandbox' || !alreadyRevealed;
}

/** A name as it is kept: trimmed, not empty, on one line. */
export function checkName(name: string): Outcome<string, LifecycleProblem> {
  const trimmed = name.trim();
  const valid = trimmed.length > 0 && trimmed.length <= nameLimit && !/\p{Cc}/u.test(trimmed);
  return valid ? ok(trimmed) : refuse({ kind: 'nameInvalid', limit: nameLimit });
}

export function checkNote(note: string): Outcome<string, LifecycleProblem> {
  const trimmed = note.trim();
  return trimmed.length <= noteLimit ? ok(trimmed) : refuse({ kind: 'noteTooLong', limit: noteLimit });
}

/** When a rotated key ends: at once, in some minutes, or at a time. */
export type Expiry = 'now' | { readonly minutes: number } | { readonly at: Date };

/** How a key is to be replaced. `ends` is undefined where the old key is deleted at once. */
export interface Rotation {
  readonly name: string;
  readonly ends: Date | undefined;
}

/**
 * Plans a rotation: the replacement's name by the seed's rule, and the end of the old key, both keys working until then
 * (source: "Rotate an API key"). A key that already has an end is not rotated again.
 */
export function planRotation(key: ApiKey, expiry: Expiry, now: Date): Outcome<Rotation, LifecycleProblem> {
  if (key.status !== 'active') return refuse({ kind: 'keyInactive', id: key.id });
  if (key.expires) return refuse({ kind: 'alreadyExpiring', id: key.id, at: key.expires });
  const name = standardName(key.kind, key.name);
  if (expiry === 'now') return ok({ name, ends: undefined });
  const ends = 'at' in expiry ? expiry.at : new Date(now.getTime() + expiry.minutes * minute);
  const ahead = ends.getTime() - now.getTime();
  if (!(ahead > 0 && ahead <= longestOverlapDays * day))
    return refuse({ kind: 'expiryInvalid', limitDays: longestOverlapDays });
  return ok({ name, ends });
}

/** A publishable key cannot be deleted (source: "Delete an API key"); an expiring one may be ended early. */
export function checkDeletable(key: ApiKey): Outcome<ApiKey, LifecycleProblem> {
  if (!isSecretKind(key.kind) && !key.expires) return refuse({ kind: 'publishableNotDeletable', id: key.id });
  return ok(key);
}

/** Only secret and restricted keys can be limited to addresses; organization keys are secret keys (source: "Limit an API key …"). */
export function checkLimitable(key: ApiKey): Outcome<ApiKey, LifecycleProblem> {
  if (!isSecretKind(key.kind)) return refuse({ kind: 'publishableNotLimited', id: key.id });
  return checkActive(key);
}

/** Only restricted and organization keys have permissions to change (source: "Restricted API keys", "Organization API keys"). */
export function checkPermitted(key: ApiKey): Outcome<ApiKey, LifecycleProblem> {
  if (key.kind !== 'restricted' && key.kind !== 'organization') return refuse({ kind: 'permissionsFixed', id: key.id });
  return checkActive(key);
}

/** A publishable key always has its standard name (source: "You can rename a secret or restricted API key by editing the key"). */
export function checkEditable(key: ApiKey): Outcome<ApiKey, LifecycleProblem> {
  return isSecretKind(key.kind) ? checkActive(key) : refuse({ kind: 'publishableNotEditable', id: key.id });
}

function checkActive(key: ApiKey): Outcome<ApiKey, LifecycleProblem> {
  return key.status === 'active' ? ok(key) : refuse({ kind: 'keyInactive', id: key.id });
}
