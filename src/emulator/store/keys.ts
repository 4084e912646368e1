import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import { isSecretKind } from '../../domain/kind.ts';
import type { Mode } from '../../domain/mode.ts';
import { maskToken } from '../../domain/secret.ts';
import { atTime, keyColumns, keyOfRow } from './keyRows.ts';
import type { TokenTable } from './tokens.ts';

export interface KeyFilter {
  readonly account?: string | undefined;
  readonly organization?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly includeExpired?: boolean;
}

/** A key to be added. */
export type NewKey = Omit<ApiKey, 'mask' | 'lastUsed' | 'status' | 'revealable'>;

/** How the store knows a key's token: by its text, or by its SHA-256 in hexadecimal and the mask where the text is not to be had. */
export type TokenSource =
  | { readonly token: string; readonly keep: boolean }
  | { readonly sha256: string; readonly mask: string };

/** What may be changed of a key. */
export type KeyChanges = Partial<
  Pick<ApiKey, 'name' | 'note' | 'permissions' | 'connectPermissions' | 'addresses' | 'expires'>
>;

const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');

/**
 * The keys of the store. Tokens are found by their SHA-256; the text itself is kept only for as long as the key may be revealed.
 * Deleted keys stay as tombstones, because Stripe answers them differently from unknown ones.
 *
 * Keys that clients present are remembered; every change of the table forgets them.
 */
export class KeyTable {
  readonly #database;
  readonly #tokens;
  readonly #changed;
  readonly #insert;
  readonly #byHash;
  readonly #byId;
  readonly #list;
  readonly #noteUse;
  readonly #ended;
  readonly #presented = new Map<string, ApiKey>();
  /** Last uses not yet written, by key id: a request must not wait for the disk. */
  readonly #uses = new Map<string, Date>();
  #usesWritten: (readonly [id: string, time: Date])[] = [];

  constructor(database: DatabaseSync, tokens: TokenTable, changed: () => void) {
    this.#database = database;
    this.#tokens = tokens;
    this.#changed = changed;
    this.#insert = database.prepare(
      `INSERT INTO keys (id, account, organization, mode, kind, name, note, hash, mask, created, expires, revealed, permissions, connect_permissions, addresses)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#byHash = database.prepare(`SELECT ${keyColumns} FROM keys WHERE hash = ?`);
    this.#noteUse = database.prepare('UPDATE keys SET last_used = ? WHERE id = ?');
    this.#ended = database.prepare(
      "SELECT id FROM keys WHERE mode = 'live' AND kind <> 'publishable' AND revealed IS NULL AND deleted IS NULL AND expires <= ?",
    );
    this.#byId = database.prepare(`SELECT ${keyColumns} FROM keys WHERE id = ?`);
    this.#list = database.prepare(
      `SELECT ${keyColumns} FROM keys
       WHERE deleted IS NULL AND (:account IS NULL OR account = :account) AND (:organization IS NULL OR organization = :organization)
         AND (:mode IS NULL OR mode = :mode)
       ORDER BY created, rowid`,
    );
  }

  /** Adds a key. A token that is not kept is known by its hash only, and cannot be revealed. Throws where the token exists already. */
  add(key: NewKey, source: TokenSource): void {
    const text = 'token' in source ? source.token : undefined;
    const kept = key.kind === 'publishable' || ('token' in source && source.keep) ? (text ?? null) : null;
    const mask = 'token' in source ? maskToken(source.token) : source.mask;
    const account = 'account' in key.owner ? key.owner.account : null;
    this.#insert.run(
      key.id,
      account,
      account === null ? ownerId(key.owner) : null,
      key.mode,
      key.kind,
      key.name,
      key.note,
      'token' in source ? hashToken(source.token) : Buffer.from(source.sha256, 'hex'),
      key.kind === 'publishable' && text ? text : mask,
      key.created.getTime(),
      key.expires?.getTime() ?? null,
      kept === null ? key.created.getTime() : null,
      JSON.stringify(key.permissions),
      JSON.stringify(key.connectPermissions),
      JSON.stringify(key.addresses),
    );
    if (kept !== null) this.#tokens.keep(key.id, kept);
    this.#noteChange();
  }

  /** The key a client presents, whatever its status; undefined when no such token was ever issued. */
  findByToken(token: string, now: Date): ApiKey | undefined {
    const digest = hashToken(token);
    const name = digest.toString('latin1');
    let key = this.#presented.get(name);
    if (!key) {
      const row = this.#byHash.get(digest);
      if (!row) return undefined;
      key = keyOfRow(row);
      this.#presented.set(name, key);
    }
    return atTime(key, now);
  }

  find(id: string, now: Date): ApiKey | undefined {
    const row = this.#byId.get(id);
    return row && this.#current(row, now);
  }

  /** The keys that are not deleted, oldest first; expired ones only where they are asked for. */
  list({ account, organization, mode, includeExpired = false }: KeyFilter, now: Date): ApiKey[] {
    const rows = this.#list.all({ account: account ?? null, organization: organization ?? null, mode: mode ?? null });
    return rows.map((row) => this.#current(row, now)).filter(({ status }) => includeExpired || status === 'active');
  }

  /** The token of a key, or undefined when it can no longer be had. A live secret is forgotten in the same step. */
  reveal(id: string, now: Date): string | undefined {
    const token = this.#tokens.find(id);
    const row = this.#byId.get(id);
    if (token === undefined || !row) return undefined;
    const { mode, kind } = keyOfRow(row);
    if (mode === 'live' && isSecretKind(kind)) {
      this.#change('revealed = ?', id, [now.getTime()]);
      this.#tokens.forget(id);
    }
    return token;
  }

  update(id: string, changes: KeyChanges): void {
    const columns: Readonly<Record<keyof KeyChanges, string>> = {
      name: 'name',
      note: 'note',
      permissions: 'permissions',
      connectPermissions: 'connect_permissions',
      addresses: 'addresses',
      expires: 'expires',
    };
    const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (entries.length === 0) return;
    const values = entries.map(([, value]) => {
      if (value instanceof Date) return value.getTime();
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
    this.#change(entries.map(([name]) => `${columns[name as keyof KeyChanges]} = ?`).join(', '), id, values);
  }

  delete(id: string, now: Date): void {
    this.#change('deleted = ?', id, [now.getTime()]);
    this.#tokens.forget(id);
  }

  /** True while a last use waits to be written. */
  get usesWait(): boolean {
    return this.#uses.size > 0;
  }

  /** Forgets the tokens of live secret keys that have ended: they may no longer be revealed. */
  forgetEnded(now: Date): void {
    for (const { id } of this.#ended.all(now.getTime()) as { id: string }[]) {
      this.#change('revealed = ?', id, [now.getTime()]);
      this.#tokens.forget(id);
    }
  }

  /** Notes a use; `flushUses` writes it. */
  touch(id: string, now: Date): void {
    this.#uses.set(id, now);
  }

  /** Drops the keys that are held in memory, after the table was emptied. */
  forget(): void {
    this.#noteChange();
  }

  /** Writes the last uses of at most so many keys, the longest waiting first; to be called inside a transaction. */
  flushUses(most = Infinity): void {
    for (const [id, time] of this.#uses) {
      if (this.#usesWritten.length >= most) break;
      this.#noteUse.run(time.getTime(), id);
      this.#usesWritten.push([id, time]);
    }
  }

  /** Ends a transaction: what it wrote waits no longer, unless it was rolled back. */
  settle(committed: boolean): void {
    // A key that was used again since keeps waiting.
    if (committed) for (const [id, time] of this.#usesWritten) if (this.#uses.get(id) === time) this.#uses.delete(id);
    if (!committed) this.#presented.clear(); // a key may have been presented while it was changed
    this.#usesWritten = [];
  }

  /** The SHA-256 of a key's token in hexadecimal, for an export that must not hold the token. */
  sha256Of(id: string): string {
    const found = this.#database.prepare('SELECT hex(hash) AS hash FROM keys WHERE id = ?').get(id);
    return String(found?.['hash']).toLowerCase();
  }

  /** The beginnings of the tokens' SHA-256, as `fingerprintOf` gives them; of deleted keys too, for their tokens still stand in texts. */
  fingerprints(): { readonly key: string; readonly fingerprint: string }[] {
    return this.#database
      .prepare('SELECT id, lower(hex(substr(hash, 1, 16))) AS fingerprint FROM keys')
      .all()
      .map(({ id, fingerprint }) => ({ key: String(id), fingerprint: String(fingerprint) }));
  }

  #current(row: unknown, now: Date): ApiKey {
    const key = atTime(keyOfRow(row), now);
    const used = this.#uses.get(key.id);
    return used ? { ...key, lastUsed: used } : key;
  }

  #change(assignments: string, id: string, values: readonly SQLInputValue[]): void {
    this.#database.prepare(`UPDATE keys SET ${assignments} WHERE id = ?`).run(...values, id);
    this.#noteChange();
  }

  #noteChange(): void {
    this.#presented.clear();
    this.#changed();
  }
}
