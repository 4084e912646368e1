/**
 * The rows that our own trees and pickers have made. A command may be called by any extension, link or keybinding, with whatever it likes: a
 * row is what it says it is only if it is one of these, by identity.
 */
export class OwnRows {
  readonly #rows = new WeakSet<object>();

  /** Takes a row down as ours, and gives it back. */
  vouch<Row extends object>(row: Row): Row {
    this.#rows.add(row);
    return row;
  }

  vouchAll<Row extends object>(rows: readonly Row[]): Row[] {
    return rows.map((row) => this.vouch(row));
  }

  /** Asks nothing of what it is given: a getter of a stranger does not run. */
  has(row: unknown): row is object {
    return typeof row === 'object' && row !== null && this.#rows.has(row);
  }
}
