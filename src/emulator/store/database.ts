import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { EmulatorProblem, Result } from '../../domain/problem.ts';
import { messageOf } from '../../shared/errors.ts';
import { ok, refuse } from '../../shared/result.ts';
import { ownSystem } from '../../shared/system.ts';

/** What a file holds. */
export interface Schema {
  /** Marks a SQLite file as this one. */
  readonly applicationId: number;
  /** One step a version, forward only; a step that has been released is never edited. */
  readonly migrations: readonly string[];
  /** SQLite's own settings for a file, in SQL. */
  readonly pragmas: string;
}

const sqliteBusy = 5;

/**
 * Opens the database at `path` (undefined: in memory), brings its schema up to date and locks it for this process.
 * A damaged file, a foreign one and one from a newer version are refused and left as they are.
 */
export function openDatabase(path: string | undefined, schema: Schema): Result<DatabaseSync, EmulatorProblem> {
  let database: DatabaseSync | undefined;
  try {
    if (path && !existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    database = new DatabaseSync(path ?? ':memory:');
    const problem = path ? prepareFile(database, path, schema) : undefined;
    if (problem) {
      database.close();
      return refuse(problem);
    }
    migrate(database, schema);
    return ok(database);
  } catch (error) {
    database?.close();
    return refuse(openingProblem(error, path ?? ':memory:'));
  }
}

/** Why the store could not be written, where its disk is full, broken or read-only; undefined for every other error. */
export function whyUnwritable(error: unknown): string | undefined {
  const unwritable = [8, 10, 13, 14]; // SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN
  return unwritable.includes(sqliteCode(error) ?? 0) ? messageOf(error) : undefined;
}

function prepareFile(
  database: DatabaseSync,
  path: string,
  { applicationId, migrations, pragmas }: Schema,
): EmulatorProblem | undefined {
  // Taken before anything is read: two emulators on one file would each believe its own cache.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  const version = pragma(database, 'user_version');
  const foreign = ![0, applicationId].includes(pragma(database, 'application_id'));
  if (foreign || (version === 0 && hasTables(database))) return { kind: 'storeDamaged', path };
  if (version > migrations.length) return { kind: 'storeNewer', path, found: version, known: migrations.length };
  const check = database.prepare('PRAGMA quick_check(1)').get();
  if (check?.['quick_check'] !== 'ok') return { kind: 'storeDamaged', path };
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${pragmas}`);
  if (ownSystem().fileModes) for (const file of [path, `${path}-wal`]) if (existsSync(file)) chmodSync(file, 0o600);
  return undefined;
}

function migrate(database: DatabaseSync, { applicationId, migrations }: Schema): void {
  const from = pragma(database, 'user_version');
  if (from === migrations.length) return;
  for (const [index, migration] of migrations.entries()) {
    if (index < from) continue;
    database.exec(
      `BEGIN IMMEDIATE; ${migration}; PRAGMA user_version = ${index + 1}; PRAGMA application_id = ${applicationId}; COMMIT`,
    );
  }
  // What a step took away may stand on in pages that are no longer used, and in the write-ahead log.
  if (from > 0) database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

function hasTables(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}

function openingProblem(error: unknown, path: string): EmulatorProblem {
  const code = sqliteCode(error);
  if (code === sqliteBusy) return { kind: 'storeInUse', path, origin: undefined, pid: undefined };
  const damaged = [11, 26]; // SQLITE_CORRUPT, SQLITE_NOTADB
  if (code !== undefined && damaged.includes(code)) return { kind: 'storeDamaged', path };
  return { kind: 'storeUnwritable', path, why: messageOf(error) };
}

/** SQLite's primary result code, or undefined for an error that is not SQLite's. */
function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
