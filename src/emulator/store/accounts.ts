import type { DatabaseSync } from 'node:sqlite';
import type { Account, Organization } from '../../domain/account.ts';

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly organization: string | null;
  readonly platform: string | null;
}

/** The accounts and organizations of the store, in the order in which they were added. Few, so all are held in memory. */
export class AccountTable {
  readonly #database;
  readonly #accounts = new Map<string, Account>();
  readonly #organizations = new Map<string, Organization>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.reload();
  }

  /** Reads the tables again, after a transaction that changed them was rolled back or the store was replaced. */
  reload(): void {
    this.#accounts.clear();
    this.#organizations.clear();
    for (const row of this.#database.prepare('SELECT id, name FROM organizations ORDER BY rowid').all()) {
      const organization = { id: String(row['id']), name: String(row['name']) };
      this.#organizations.set(organization.id, organization);
    }
    for (const row of this.#database
      .prepare('SELECT id, name, organization, platform FROM accounts ORDER BY rowid')
      .all()) {
      const { organization, platform, ...rest } = row as unknown as AccountRow;
      this.#accounts.set(rest.id, {
        ...rest,
        organization: organization ?? undefined,
        platform: platform ?? undefined,
      });
    }
  }

  addOrganization(organization: Organization): void {
    this.#database
      .prepare('INSERT INTO organizations (id, name) VALUES (?, ?)')
      .run(organization.id, organization.name);
    this.#organizations.set(organization.id, { ...organization });
  }

  add({ id, name, organization, platform }: Account): void {
    this.#database
      .prepare('INSERT INTO accounts (id, name, organization, platform) VALUES (?, ?, ?, ?)')
      .run(id, name, organization ?? null, platform ?? null);
    this.#accounts.set(id, { id, name, organization, platform });
  }

  all(): Account[] {
    return [...this.#accounts.values()];
  }

  organizations(): Organization[] {
    return [...this.#organizations.values()];
  }

  find(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  findOrganization(id: string): Organization | undefined {
    return this.#organizations.get(id);
  }

  /** Whether any account is connected to this one. */
  isPlatform(id: string): boolean {
    return this.all().some(({ platform }) => platform === id);
  }
}
