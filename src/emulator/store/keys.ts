import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { ownerId, type ApiKey, type KeyStatus } from '../../domain/key.ts';
import type { Kind } from '../../domain/kind.ts';
import { mayReveal } from '../../domain/lifecycle.ts';
import type { Mode } from '../../domain/mode.ts';
import { maskToken } from '../../domain/secret.ts';

interface KeyRow {
  id: string;
  account: string | null;
  organization: string | null;
  mode: Mode;
  kind: Kind;
  name: string;
  note: string;
  mask: string;
  created: number;
  last_used: number | null;
  expires: number | null;
  deleted: number | null;
  revealed: number | null;
  permissions: string;
  connect_permissions: string;
  addresses: string;
}

export interface KeyFilter {
  readonly account?: string | undefined;
  readonly mode?: Mode | undefined;
}

export type NewKey = Omit<ApiKey, 'mask' | 'lastUsed' | 'status' | 'revealable'>;

const columns =
  'id, account, organization, mode, kind, name, note, mask, created, last_used, expires, deleted, revealed, permissions, connect_permissions, addresses';

const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');
const date = (time: number | null): Date | undefined => (time === null ? undefined : new Date(time));
const list = (json: string): string[] => JSON.parse(json) as string[];

/**
 * The keys of the store. Tokens are found by their SHA-256; the text itself is kept only for as long as the key may be revealed.
 * Deleted keys stay as tombstones, because Stripe answers them differently from unknown ones.
 */
export class KeyTable {
  readonly #database;
  readonly #insert;
  readonly #byHash;
  readonly #byId;
  readonly #list;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO keys (id, account, organization, mode, kind, name, note, hash, token, mask, created, expires, permissions, connect_permissions, addresses)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#byHash = database.prepare(`SELECT ${columns} FROM keys WHERE hash = ?`);
    this.#byId = database.prepare(`SELECT ${columns} FROM keys WHERE id = ?`);
    this.#list = database.prepare(
      `SELECT ${columns} FROM keys WHERE deleted IS NULL AND (:account IS NULL OR account = :account) AND (:mode IS NULL OR mode = :mode)
       ORDER BY created, rowid`,
    );
  }

  add(key: NewKey, token: string): void {
    const account = 'account' in key.owner ? key.owner.account : null;
    this.#insert.run(
      key.id,
      account,
      account === null ? ownerId(key.owner) : null,
      key.mode,
      key.kind,
      key.name,
      key.note,
      hashToken(token),
      token,
      key.kind === 'publishable' ? token : maskToken(token),
      key.created.getTime(),
      key.expires?.getTime() ?? null,
      JSON.stringify(key.permissions),
      JSON.stringify(key.connectPermissions),
      JSON.stringify(key.addresses),
    );
  }

  /** The key a client presents, whatever its status; undefined when no such token was ever issued. */
  findByToken(token: string, now: Date): ApiKey | undefined {
    return asKey(this.#byHash.get(hashToken(token)), now);
  }

  find(id: string, now: Date): ApiKey | undefined {
    return asKey(this.#byId.get(id), now);
  }

  /** All keys that are not deleted, oldest first. */
  list(filter: KeyFilter, now: Date): ApiKey[] {
    const rows = this.#list.all({ account: filter.account ?? null, mode: filter.mode ?? null });
    return rows.flatMap((row) => asKey(row, now) ?? []);
  }

  /** The token of a key, or undefined when it can no longer be had. A live secret is forgotten in the same step. */
  reveal(id: string, now: Date): string | undefined {
    const found = this.#database.prepare('SELECT token FROM keys WHERE id = ? AND deleted IS NULL').get(id);
    const token = found?.['token'];
    if (typeof token !== 'string') return undefined;
    this.#database
      .prepare(
        `UPDATE keys SET revealed = ?, token = CASE WHEN mode = 'live' AND kind <> 'publishable' THEN NULL ELSE token END WHERE id = ?`,
      )
      .run(now.getTime(), id);
    return token;
  }

  delete(id: string, now: Date): void {
    this.#database.prepare('UPDATE keys SET deleted = ?, token = NULL WHERE id = ?').run(now.getTime(), id);
  }

  touch(id: string, now: Date): void {
    this.#database.prepare('UPDATE keys SET last_used = ? WHERE id = ?').run(now.getTime(), id);
  }
}

function statusOf(row: KeyRow, now: Date): KeyStatus {
  if (row.deleted !== null) return 'deleted';
  return row.expires !== null && row.expires <= now.getTime() ? 'expired' : 'active';
}

function asKey(found: unknown, now: Date): ApiKey | undefined {
  if (!found) return undefined;
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
    status: statusOf(row, now),
    permissions: list(row.permissions),
    connectPermissions: list(row.connect_permissions),
    addresses: list(row.addresses),
    revealable: mayReveal(row, row.revealed !== null),
  };
}
