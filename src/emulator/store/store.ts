import type { DatabaseSync } from 'node:sqlite';
import type { EmulatorProblem, Result } from '../../domain/problem.ts';
import { ok } from '../../shared/result.ts';
import { AccountTable } from './accounts.ts';
import { Changes } from './changes.ts';
import { openDatabase } from './database.ts';
import { IdempotencyTable } from './idempotency.ts';
import { KeyTable } from './keys.ts';
import { ObjectTable } from './objects.ts';
import { RequestTable, type RequestRecord } from './requests.ts';
import { SettingTable } from './settings.ts';
import { VerificationTable } from './verifications.ts';

/** Everything the emulator remembers. */
export interface Store {
  /** Counts changes of keys, and of what decides over them. */
  readonly changes: Changes;
  readonly accounts: AccountTable;
  readonly keys: KeyTable;
  readonly objects: ObjectTable;
  readonly idempotency: IdempotencyTable;
  readonly verifications: VerificationTable;
  readonly requests: RequestTable;
  readonly settings: SettingTable;
  /** Runs `change` whole or not at all; one inside another is part of it. */
  transaction<T>(change: () => T): T;
  /** Logs a request; it is written with others a little later, and before anyone reads the log. */
  record(request: RequestRecord): void;
  /** Writes what waits to be written: requests and last uses. */
  flush(): void;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}

/** How long a logged request may wait to be written. */
const flushAfterMs = 100;

/** Opens the store in the file `path`, or in memory. */
export function openStore(path: string | undefined): Result<Store, EmulatorProblem> {
  const opened = openDatabase(path);
  return opened.ok ? ok(storeOn(opened.value)) : opened;
}

function storeOn(database: DatabaseSync): Store {
  const changes = new Changes();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    store.transaction(() => {
      store.requests.flush();
      store.keys.flushUses();
    });
  };
  const store: Store = {
    changes,
    accounts: new AccountTable(database),
    keys: new KeyTable(database, () => changes.note()),
    objects: new ObjectTable(database),
    idempotency: new IdempotencyTable(database),
    verifications: new VerificationTable(database),
    requests: new RequestTable(database),
    settings: new SettingTable(database),
    transaction: (change) => inTransaction(database, change, () => store.accounts.reload()),
    record(request) {
      if (store.requests.add(request)) flush();
      else timer ??= setTimeout(flush, flushAfterMs);
    },
    flush,
    clear() {
      flush();
      store.transaction(() => {
        for (const table of tables) database.exec(`DELETE FROM ${table}`);
      });
      store.keys.forget();
      store.accounts.reload();
      store.settings.reload();
    },
    close() {
      flush();
      database.close();
    },
  };
  return store;
}

/** In an order in which no row refers to one that is gone. */
const tables = ['requests', 'idempotency', 'verifications', 'objects', 'keys', 'settings', 'accounts', 'organizations'];

function inTransaction<T>(database: DatabaseSync, change: () => T, undone: () => void): T {
  if (database.isTransaction) return change();
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = change();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    undone();
    throw error;
  }
}
