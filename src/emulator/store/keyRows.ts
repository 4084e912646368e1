import type { ApiKey } from '../../domain/key.ts';
import type { Kind } from '../../domain/kind.ts';
import { mayReveal } from '../../domain/lifecycle.ts';
import type { Mode } from '../../domain/mode.ts';

/** A row of the table of keys, without hash and token. */
interface KeyRow {
  readonly id: string;
  readonly account: string | null;
  readonly organization: string | null;
  readonly mode: Mode;
  readonly kind: Kind;
  readonly name: string;
  readonly note: string;
  readonly mask: string;
  readonly created: number;
  readonly last_used: number | null;
  readonly expires: number | null;
  readonly deleted: number | null;
  readonly revealed: number | null;
  readonly permissions: string;
  readonly connect_permissions: string;
  readonly addresses: string;
}

export const keyColumns =
  'id, account, organization, mode, kind, name, note, mask, created, last_used, expires, deleted, revealed, permissions, connect_permissions, addresses';

const date = (time: number | null): Date | undefined => (time === null ? undefined : new Date(time));
const list = (json: string): string[] => JSON.parse(json) as string[];

/** A row as a key; its status says nothing yet of an expiry, which depends on the time of asking (`atTime`). */
export function keyOfRow(found: unknown): ApiKey {
  const row = found as KeyRow;
  return {
    id: row.id,
    owner: row.account === null ? { organization: row.organization ?? '' } : { account: row.account },
    mode: row.mode,
    kind: row.kind,
    name: row.name,
    note: row.note,
    mask: row.mask,
    created: new Date(row.created),
    lastUsed: date(row.last_used),
    expires: date(row.expires),
    status: row.deleted === null ? 'active' : 'deleted',
    permissions: list(row.permissions),
    connectPermissions: list(row.connect_permissions),
    addresses: list(row.addresses),
    revealable: row.deleted === null && mayReveal(row, row.revealed !== null),
  };
}

/** The key as it is at `now`: an end that has come makes it expired. */
export function atTime(key: ApiKey, now: Date): ApiKey {
  if (key.status === 'deleted' || !key.expires || key.expires > now) return key;
  return { ...key, status: 'expired', revealable: false };
}
