import type { DatabaseSync } from 'node:sqlite';

/** No token has a space in it, so blanks of its length say that it was forgotten. */
const isBlank = (text: string): boolean => text.trim() === '';

/**
 * The texts of tokens, for as long as they may be revealed. A row is added at the end, never moved and never deleted, so that blanking it
 * leaves no copy in the file: SQLite would leave one where a row was moved from, even with `secure_delete`.
 */
export class TokenTable {
  readonly #insert;
  readonly #find;
  readonly #blank;
  #forgotten = false;
  #lingering = false;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO tokens (key, token) VALUES (?, ?)');
    this.#find = database.prepare('SELECT token FROM tokens WHERE key = ?');
    this.#blank = database.prepare('UPDATE tokens SET token = ? WHERE key = ?');
  }

  /** True while a token that was forgotten may still stand in the write-ahead log. */
  get lingering(): boolean {
    return this.#lingering;
  }

  /** Says that the write-ahead log was emptied. */
  noteWiped(): void {
    this.#lingering = false;
  }

  /** Ends a transaction: what was forgotten in it is forgotten, unless it was rolled back. */
  settle(committed: boolean): void {
    if (committed && this.#forgotten) this.#lingering = true;
    this.#forgotten = false;
  }

  keep(key: string, token: string): void {
    this.#insert.run(key, token);
  }

  find(key: string): string | undefined {
    const token = this.#find.get(key)?.['token'];
    return typeof token === 'string' && !isBlank(token) ? token : undefined;
  }

  forget(key: string): void {
    const token = this.find(key);
    if (token === undefined) return;
    this.#blank.run(' '.repeat(token.length), key);
    this.#forgotten = true;
  }

  /** Says that the table was emptied. */
  noteEmptied(): void {
    this.#forgotten = true;
  }
}
