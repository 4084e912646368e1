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
import { ObjectTable } from './objects.ts';
import { RequestTable, type RequestRecord } from './requests.ts';
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
  readonly requests: RequestTable;
  readonly settings: SettingTable;
  /** Runs `change` whole or not at all; one inside another is part of it. */
  transaction<T>(change: () => T): T;
  /** Logs a request; it is written with others a little later, and before anyone reads the log. */
  record(request: RequestRecord): void;
  /** Writes what waits to be written: requests and last uses. Where that fails they wait on, and the emulator's log tells. */
  flush(): void;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}

/** How long a logged request may wait to be written. */
const flushAfterMs = 100;
/** Of how many keys the last use is written in a burst of requests: thousands at once would stall the next ones. */
const usesAtOnce = 4;
/** How long until it is tried again, after it could not be. */
const retryAfterMs = 1000;

/** Opens the store in the file `path`, or in memory. */
export function openStore(path: string | undefined, log: Log = silentLog): Result<Store, EmulatorProblem> {
  const opened = openDatabase(path);
  return opened.ok ? ok(storeOn(opened.value, log)) : opened;
}

function storeOn(database: DatabaseSync, log: Log): Store {
  const changes = new Changes();
  const tokens = new TokenTable(database);
  let timer: NodeJS.Timeout | undefined;
  let failing = false;
  const writeWaiting = (uses?: number): void => {
    store.requests.flush();
    store.keys.flushUses(uses);
  };
  const flush = (uses?: number): void => {
    clearTimeout(timer);
    timer = undefined;
    try {
      store.transaction(() => writeWaiting(uses));
      if (failing) log.info('The request log is written again.');
      failing = false;
    } catch (error) {
      if (!failing)
        log.error(`The request log cannot be written, and forgets its oldest requests: ${messageOf(error)}`);
      failing = true;
    }
  };
  /** What was forgotten is blank in the file, but may still stand in the write-ahead log until that is emptied. */
  const wipe = (): void => {
    try {
      if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0) tokens.noteWiped();
    } catch (error) {
      log.warn(`A revealed secret still stands in the store's write-ahead log: ${messageOf(error)}`); // tried again at the next change
    }
  };
  const settle = (committed: boolean): void => {
    store.requests.settle(committed);
    store.keys.settle(committed);
    tokens.settle(committed);
    if (committed && tokens.lingering) wipe();
    if (committed) return;
    store.accounts.reload();
    store.settings.reload();
  };
  const store: Store = {
    changes,
    accounts: new AccountTable(database),
    keys: new KeyTable(database, tokens, () => changes.note()),
    objects: new ObjectTable(database),
    idempotency: new IdempotencyTable(database),
    verifications: new VerificationTable(database),
    requests: new RequestTable(database),
    settings: new SettingTable(database),
    transaction: (change) => inTransaction(database, change, settle),
    record(request) {
      if (store.requests.add(request) && !failing) flush(usesAtOnce);
      else timer ??= setTimeout(flush, failing ? retryAfterMs : flushAfterMs);
    },
    flush: () => flush(),
    clear() {
      store.transaction(() => {
        writeWaiting(); // or it would come in after what was before it is gone
        for (const table of tables) database.exec(`DELETE FROM ${table}`);
        tokens.noteEmptied();
        store.keys.forget();
        store.accounts.reload();
        store.settings.reload();
      });
    },
    close() {
      flush();
      clearTimeout(timer);
      database.close();
    },
  };
  return store;
}

/** In an order in which no row refers to one that is gone. */
const tables = [
  'requests',
  'idempotency',
  'verifications',
  'objects',
  'tokens',
  'keys',
  'settings',
  'accounts',
  'organizations',
];

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
