import type { DatabaseSync } from 'node:sqlite';
import type { Place } from './objects.ts';

/** The answer that an idempotency key stands for. */
export interface Replay {
  /** Tells whether a later request is the same one. */
  readonly fingerprint: Buffer;
  /** `req_…` of the request that was carried out. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

/** Keys are forgotten after this long (source: Stripe keeps them for at least 24 hours). */
const lifetimeMs = 24 * 60 * 60 * 1000;
/** After how many new keys those that are over are cleared away. */
const clearEvery = 500;

/** Idempotency keys by account and mode. */
export class IdempotencyTable {
  readonly #find;
  readonly #insert;
  readonly #clear;
  #added = 0;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(
      'SELECT fingerprint, request, status, body FROM idempotency WHERE account = ? AND mode = ? AND key = ? AND created > ?',
    );
    this.#insert = database.prepare(
      'INSERT OR REPLACE INTO idempotency (account, mode, key, fingerprint, request, status, body, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#clear = database.prepare('DELETE FROM idempotency WHERE created <= ?');
  }

  find(place: Place, key: string, now: Date): Replay | undefined {
    const row = this.#find.get(place.account, place.mode, key, now.getTime() - lifetimeMs);
    return row && ({ ...row, fingerprint: Buffer.from(row['fingerprint'] as Uint8Array) } as unknown as Replay);
  }

  add(place: Place, key: string, replay: Replay, now: Date): void {
    this.#insert.run(
      place.account,
      place.mode,
      key,
      replay.fingerprint,
      replay.request,
      replay.status,
      replay.body,
      now.getTime(),
    );
    if (this.#added % clearEvery === 0) this.#clear.run(now.getTime() - lifetimeMs);
    this.#added += 1;
  }
}
