import type { Schema } from '../store/database.ts';

/** The request log's own file: it is written by another thread than the store, and may be lost without harm. */
export const requestSchema: Schema = {
  /** "KsmR" in ASCII. */
  applicationId: 0x4b_73_6d_52,
  migrations: [
    `
    CREATE TABLE requests (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      time INTEGER NOT NULL,
      method TEXT NOT NULL,
      path TEXT NOT NULL,
      status INTEGER NOT NULL,
      key TEXT,
      account TEXT,
      mode TEXT,
      detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX requests_by_key ON requests (key, sequence);
    `,
    // What was logged before is not carried over: its secrets were looked for less thoroughly. Bodies stand by themselves, so that
    // whoever looks through the log does not read past them; `upto` is the size of all requests until this one.
    `
    DROP TABLE requests;
    CREATE TABLE requests (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      time INTEGER NOT NULL,
      method TEXT NOT NULL,
      path TEXT NOT NULL,
      query TEXT NOT NULL DEFAULT '',
      status INTEGER NOT NULL,
      key TEXT,
      account TEXT,
      mode TEXT,
      outcome TEXT NOT NULL DEFAULT 'allowed',
      refused TEXT,
      upto INTEGER NOT NULL DEFAULT 0,
      detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX requests_by_key ON requests (key, sequence);
    CREATE TABLE bodies (sequence INTEGER PRIMARY KEY, request TEXT NOT NULL, response TEXT NOT NULL) STRICT;
    `,
  ],
  // Ids are random, so a batch of requests touches most pages of their index: kept in memory, and copied to the file more rarely.
  pragmas: 'PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000; PRAGMA secure_delete = ON',
};
