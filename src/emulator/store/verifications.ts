import type { DatabaseSync } from 'node:sqlite';
import type { Mode } from '../../domain/mode.ts';
import type { Verification } from '../../domain/verification.ts';

/** A verification and whom it is for: an account or an organization. */
export interface SentVerification extends Verification {
  readonly owner: string;
  readonly mode: Mode;
}

interface VerificationRow {
  readonly id: string;
  readonly account: string;
  readonly mode: Mode;
  readonly code: string;
  readonly sent: number;
  readonly tries: number;
  readonly used: number;
}

const asVerification = ({ account, sent, used, ...rest }: VerificationRow): SentVerification => ({
  ...rest,
  owner: account,
  sent: new Date(sent),
  used: used === 1,
});

/** The codes that were sent, and what became of them. */
export class VerificationTable {
  readonly #database;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add({ id, owner, mode, code, sent }: SentVerification): void {
    this.#database
      .prepare('INSERT INTO verifications (id, account, mode, code, sent) VALUES (?, ?, ?, ?, ?)')
      .run(id, owner, mode, code, sent.getTime());
  }

  find(id: string): SentVerification | undefined {
    const row = this.#database.prepare('SELECT * FROM verifications WHERE id = ?').get(id);
    return row && asVerification(row as unknown as VerificationRow);
  }

  /** Newest first. */
  all(): SentVerification[] {
    const rows = this.#database.prepare('SELECT * FROM verifications ORDER BY rowid DESC LIMIT 100').all();
    return rows.map((row) => asVerification(row as unknown as VerificationRow));
  }

  noteTry(id: string): void {
    this.#database.prepare('UPDATE verifications SET tries = tries + 1 WHERE id = ?').run(id);
  }

  use(id: string): void {
    this.#database.prepare('UPDATE verifications SET used = 1 WHERE id = ?').run(id);
  }
}
