import type { DatabaseSync } from 'node:sqlite';
import type { EmulatorProblem, Result } from '../../domain/problem.ts';
import { messageOf } from '../../shared/errors.ts';
import { silentLog, type Log } from '../../shared/log.ts';
import { ok } from '../../shared/result.ts';
import { AccountTable } from './accounts.ts';
import { Changes } from './changes.ts';
import { openDatabase } from './database.ts';
import { IdempotencyTable } from './idempotency.ts';
import { KeyTable } from './keys.ts';
import { storeSchema } from './migrations.ts';
import { ObjectTable } from './objects.ts';
import { SettingTable } from './settings.ts';
import { TokenTable } from './tokens.ts';
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
  readonly settings: SettingTable;
  /** Runs `change` whole or not at all; one inside another is part of it. */
  transaction<T>(change: () => T): T;
  /** Does something once the running transaction is committed, and not at all where it is rolled back; at once outside of one. */
  afterCommit(act: () => void): void;
  /** Notes that a key was used; it is written with others a little later. */
  touch(keyId: string, now: Date): void;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}

/** How long last uses wait to be written, and of how many keys at once: thousands would stall the next requests. */
const usesAfterMs = 500;
const usesAtOnce = 50;

/** Opens the store in the file `path`, or in memory. */
export function openStore(path: string | undefined, log: Log = silentLog): Result<Store, EmulatorProblem> {
  const opened = openDatabase(path, storeSchema);
  return opened.ok ? ok(storeOn(opened.value, log)) : opened;
}

function storeOn(database: DatabaseSync, log: Log): Store {
  const changes = new Changes();
  const tokens = new TokenTable(database);
  let timer: NodeJS.Timeout | undefined;
  let failing = false;
  let afterwards: (() => void)[] = [];
  const writeUses = (most?: number): void => {
    clearTimeout(timer);
    timer = undefined;
    try {
      store.transaction(() => store.keys.flushUses(most));
      failing = false;
    } catch (error) {
      if (!failing) log.error(`When keys were last used cannot be written: ${messageOf(error)}`);
      failing = true;
    }
    if (store.keys.usesWait && most !== undefined) scheduleUses();
  };
  const scheduleUses = (): void => void (timer ??= setTimeout(() => writeUses(usesAtOnce), usesAfterMs));
  /** What was forgotten is blank in the file, but may still stand in the write-ahead log until that is emptied. */
  const wipe = (): void => {
    try {
      if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0) tokens.noteWiped();
    } catch (error) {
      log.warn(`A revealed secret still stands in the store's write-ahead log: ${messageOf(error)}`); // tried again at the next change
    }
  };
  const settle = (committed: boolean): void => {
    store.keys.settle(committed);
    tokens.settle(committed);
    if (committed && tokens.lingering) wipe();
    const acts = afterwards;
    afterwards = [];
    if (committed) {
      for (const act of acts) act();
      return;
    }
    store.accounts.reload();
    store.settings.reload();
    store.objects.forget();
  };
  const store: Store = {
    changes,
    accounts: new AccountTable(database),
    keys: new KeyTable(database, tokens, () => changes.note()),
    objects: new ObjectTable(database),
    idempotency: new IdempotencyTable(database),
    verifications: new VerificationTable(database),
    settings: new SettingTable(database),
    transaction: (change) => inTransaction(database, change, settle),
    afterCommit(act) {
      if (database.isTransaction) afterwards.push(act);
      else act();
    },
    touch(keyId, now) {
      store.keys.touch(keyId, now);
      scheduleUses();
    },
    clear() {
      store.transaction(() => {
        store.keys.flushUses(); // or they would come in after the keys are gone
        for (const table of tables) database.exec(`DELETE FROM ${table}`);
        tokens.noteEmptied();
        store.keys.forget();
        store.objects.forget();
        store.accounts.reload();
        store.settings.reload();
      });
    },
    close() {
      writeUses();
      clearTimeout(timer);
      database.close();
    },
  };
  return store;
}

/** In an order in which no row refers to one that is gone. */
const tables = ['idempotency', 'verifications', 'objects', 'tokens', 'keys', 'settings', 'accounts', 'organizations'];

function inTransaction<T>(database: DatabaseSync, change: () => T, settle: (committed: boolean) => void): T {
  if (database.isTransaction) return change();
  database.exec('BEGIN IMMEDIATE');
  let value: T;
  try {
    value = change();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    settle(false);
    throw error;
  }
  settle(true);
  return value;
}
