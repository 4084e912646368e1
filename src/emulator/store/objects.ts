import type { DatabaseSync } from 'node:sqlite';
import type { Mode } from '../../domain/mode.ts';

/** Where an object lives: objects of one account and mode are invisible in every other. */
export interface Place {
  readonly account: string;
  readonly mode: Mode;
}

export type StoredObject = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Page {
  readonly data: StoredObject[];
  readonly hasMore: boolean;
}

const body = (row: unknown): StoredObject => JSON.parse((row as { body: string }).body) as StoredObject;

/** The API objects of the store, newest first in lists. */
export class ObjectTable {
  readonly #insert;
  readonly #find;
  readonly #list;
  readonly #sequence;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO objects (account, mode, type, id, body) VALUES (?, ?, ?, ?, ?)');
    this.#find = database.prepare('SELECT body FROM objects WHERE account = ? AND mode = ? AND type = ? AND id = ?');
    this.#sequence = database.prepare('SELECT sequence FROM objects WHERE account = ? AND mode = ? AND id = ?');
    this.#list = database.prepare(
      'SELECT body FROM objects WHERE account = ? AND mode = ? AND type = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
    );
  }

  add(place: Place, type: string, object: StoredObject): void {
    this.#insert.run(place.account, place.mode, type, object.id, JSON.stringify(object));
  }

  find(place: Place, type: string, id: string): StoredObject | undefined {
    const row = this.#find.get(place.account, place.mode, type, id);
    return row && body(row);
  }

  /** A page after the object `startingAfter`; undefined when there is no such object. */
  list(place: Place, type: string, limit: number, startingAfter: string | undefined): Page | undefined {
    const start = startingAfter === undefined ? Number.MAX_SAFE_INTEGER : this.#sequenceOf(place, startingAfter);
    if (start === undefined) return undefined;
    const rows = this.#list.all(place.account, place.mode, type, start, limit + 1);
    return { data: rows.slice(0, limit).map(body), hasMore: rows.length > limit };
  }

  #sequenceOf(place: Place, id: string): number | undefined {
    const row = this.#sequence.get(place.account, place.mode, id);
    return row && Number(row['sequence']);
  }
}
