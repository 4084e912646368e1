import type { Kind } from './kind.ts';
import type { Mode } from './mode.ts';

/** Whose key it is: an account's, or an organization's. */
export type Owner = { readonly account: string } | { readonly organization: string };

export const ownerId = (owner: Owner): string => ('account' in owner ? owner.account : owner.organization);

export type KeyStatus = 'active' | 'expired' | 'deleted';

/** A key as a person sees it: everything but the token. */
export interface ApiKey {
  /** `mk_…`, which is no secret. */
  readonly id: string;
  readonly owner: Owner;
  readonly mode: Mode;
  readonly kind: Kind;
  readonly name: string;
  readonly note: string;
  readonly mask: string;
  readonly created: Date;
  readonly lastUsed: Date | undefined;
  readonly expires: Date | undefined;
  readonly status: KeyStatus;
  /** Names such as `customer_read`. Empty and without meaning for publishable and secret keys; for all others none is none. */
  readonly permissions: readonly string[];
  readonly connectPermissions: readonly string[];
  /** IPv4 addresses and CIDR ranges the key may be used from; empty means from anywhere. */
  readonly addresses: readonly string[];
  /** Whether the token can still be revealed: a sandbox key always, a live one at most once. */
  readonly revealable: boolean;
}
