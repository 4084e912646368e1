import type { DatabaseSync } from 'node:sqlite';
import type { EmulatorProblem, Result } from '../../domain/problem.ts';
import { ok } from '../../shared/result.ts';
import { AccountTable } from './accounts.ts';
import { openDatabase } from './database.ts';
import { KeyTable } from './keys.ts';
import { ObjectTable } from './objects.ts';

/** Everything the emulator remembers. */
export interface Store {
  readonly accounts: AccountTable;
  readonly keys: KeyTable;
  readonly objects: ObjectTable;
  /** Runs `change` whole or not at all. */
  transaction<T>(change: () => T): T;
  close(): void;
}

/** Opens the store in the file `path`, or in memory. */
export function openStore(path: string | undefined): Result<Store, EmulatorProblem> {
  const opened = openDatabase(path);
  if (!opened.ok) return opened;
  const database = opened.value;
  return ok({
    accounts: new AccountTable(database),
    keys: new KeyTable(database),
    objects: new ObjectTable(database),
    transaction: (change) => inTransaction(database, change),
    close: () => database.close(),
  });
}

function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = change();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
