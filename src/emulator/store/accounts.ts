import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../domain/account.ts';

interface AccountRow {
  id: string;
  name: string;
  organization: string | null;
  platform: string | null;
}

/** The accounts of the store, in the order in which they were added. */
export class AccountTable {
  readonly #insert;
  readonly #all;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO accounts (id, name, organization, platform) VALUES (?, ?, ?, ?)');
    this.#all = database.prepare('SELECT id, name, organization, platform FROM accounts ORDER BY rowid');
  }

  add(account: Account): void {
    this.#insert.run(account.id, account.name, account.organization ?? null, account.platform ?? null);
  }

  all(): Account[] {
    return (this.#all.all() as unknown as AccountRow[]).map(({ organization, platform, ...rest }) => ({
      ...rest,
      organization: organization ?? undefined,
      platform: platform ?? undefined,
    }));
  }
}
