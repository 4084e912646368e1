import type { DatabaseSync } from 'node:sqlite';
import type { Mode } from '../../domain/mode.ts';

/** Where an object lives: objects of one account and mode are invisible in every other. */
export interface Place {
  readonly account: string;
  readonly mode: Mode;
}

export const otherMode = (place: Place): Place => ({ ...place, mode: place.mode === 'live' ? 'sandbox' : 'live' });

export type StoredObject = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Page {
  readonly data: StoredObject[];
  readonly hasMore: boolean;
}

/** Which objects of a type to list, newest first. `where` compares top-level texts, as a nested path asks for. */
export interface Query {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly where?: Readonly<Record<string, string>>;
}

const body = (row: unknown): StoredObject => JSON.parse((row as { body: string }).body) as StoredObject;

/** How many objects are remembered as they were last read. */
const mostRemembered = 1000;

/** The API objects of the store. Those read last are remembered until they change. */
export class ObjectTable {
  readonly #remembered = new Map<string, StoredObject>();
  readonly #database;
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #find;
  readonly #sequence;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT INTO objects (account, mode, type, id, body) VALUES (?, ?, ?, ?, ?)');
    this.#update = database.prepare(
      'UPDATE objects SET body = ? WHERE account = ? AND mode = ? AND type = ? AND id = ?',
    );
    this.#delete = database.prepare('DELETE FROM objects WHERE account = ? AND mode = ? AND type = ? AND id = ?');
    this.#find = database.prepare('SELECT body FROM objects WHERE account = ? AND mode = ? AND type = ? AND id = ?');
    this.#sequence = database.prepare(
      'SELECT sequence FROM objects WHERE account = ? AND mode = ? AND type = ? AND id = ?',
    );
  }

  add(place: Place, type: string, object: StoredObject): void {
    this.#insert.run(place.account, place.mode, type, object.id, JSON.stringify(object));
  }

  replace(place: Place, type: string, object: StoredObject): void {
    this.#remembered.clear();
    this.#update.run(JSON.stringify(object), place.account, place.mode, type, object.id);
  }

  delete(place: Place, type: string, id: string): void {
    this.#remembered.clear();
    this.#delete.run(place.account, place.mode, type, id);
  }

  find(place: Place, type: string, id: string): StoredObject | undefined {
    const name = `${place.account} ${place.mode} ${type} ${id}`;
    const remembered = this.#remembered.get(name);
    if (remembered) return remembered;
    const row = this.#find.get(place.account, place.mode, type, id);
    if (!row) return undefined;
    const object = body(row);
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
    this.#remembered.set(name, object);
    return object;
  }

  /** Drops what is remembered, where the table was emptied or a change of it taken back. */
  forget(): void {
    this.#remembered.clear();
  }

  /** A page of objects; undefined where `after` or `before` names none. */
  list(place: Place, type: string, { limit, after, before, where = {} }: Query): Page | undefined {
    const from = after === undefined ? undefined : this.#sequenceOf(place, type, after);
    const to = before === undefined ? undefined : this.#sequenceOf(place, type, before);
    if ((after !== undefined && from === undefined) || (before !== undefined && to === undefined)) return undefined;
    const backwards = to !== undefined;
    const names = Object.keys(where);
    const rows = this.#database
      .prepare(
        `SELECT body FROM objects
         WHERE account = ? AND mode = ? AND type = ? AND sequence < ? AND sequence > ?
           ${names.map(() => 'AND json_extract(body, ?) = ?').join(' ')}
         ORDER BY sequence ${backwards ? 'ASC' : 'DESC'} LIMIT ?`,
      )
      .all(
        place.account,
        place.mode,
        type,
        from ?? Number.MAX_SAFE_INTEGER,
        to ?? -1,
        ...names.flatMap((name) => [`$."${name}"`, where[name] ?? '']),
        limit + 1,
      );
    const page = rows.slice(0, limit).map(body);
    return { data: backwards ? page.toReversed() : page, hasMore: rows.length > limit };
  }

  #sequenceOf(place: Place, type: string, id: string): number | undefined {
    const row = this.#sequence.get(place.account, place.mode, type, id);
    return row && Number(row['sequence']);
  }
}
