import type { Schema } from './database.ts';

/**
 * The store's schema. Times are milliseconds since 1970 by the emulator's clock. Lists and objects are JSON text.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE organizations (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;

  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    organization TEXT REFERENCES organizations(id),
    platform TEXT REFERENCES accounts(id) DEFERRABLE INITIALLY DEFERRED
  ) STRICT;

  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    account TEXT REFERENCES accounts(id),
    organization TEXT REFERENCES organizations(id),
    mode TEXT NOT NULL CHECK (mode IN ('sandbox', 'live')),
    kind TEXT NOT NULL CHECK (kind IN ('publishable', 'secret', 'restricted', 'organization')),
    name TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    hash BLOB NOT NULL UNIQUE,
    token TEXT,
    mask TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_used INTEGER,
    expires INTEGER,
    deleted INTEGER,
    revealed INTEGER,
    permissions TEXT NOT NULL DEFAULT '[]',
    connect_permissions TEXT NOT NULL DEFAULT '[]',
    addresses TEXT NOT NULL DEFAULT '[]',
    CHECK ((account IS NULL) <> (organization IS NULL))
  ) STRICT;
  CREATE INDEX keys_by_account ON keys (account, mode);
  CREATE INDEX keys_by_organization ON keys (organization, mode);

  CREATE TABLE objects (
    sequence INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    mode TEXT NOT NULL,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (account, mode, type, id)
  ) STRICT;
  CREATE INDEX objects_by_type ON objects (account, mode, type, sequence);

  CREATE TABLE idempotency (
    account TEXT NOT NULL,
    mode TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (account, mode, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE verifications (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    mode TEXT NOT NULL,
    code TEXT NOT NULL,
    sent INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    used INTEGER NOT NULL DEFAULT 0
  ) STRICT;

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

  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // Tokens leave the table of keys: a row that grows is moved to another page, and SQLite leaves a copy where it was.
  // A row here is added at the end, never deleted, and blanked in place.
  `
  CREATE TABLE tokens (key TEXT PRIMARY KEY, token TEXT NOT NULL) STRICT;
  INSERT INTO tokens (key, token) SELECT id, token FROM keys WHERE token IS NOT NULL ORDER BY rowid;
  UPDATE keys SET token = NULL;
  ALTER TABLE keys DROP COLUMN token;
  `,
  // The request log has a file of its own, written by another thread.
  'DROP TABLE requests',
  // An organization key without permissions once was let do everything, whether its user had chosen that or had set each permission to
  // None: nothing tells the two apart. It keeps what is written, which is none, and its note says so where its user will look.
  `
  UPDATE keys
  SET note = note || CASE note WHEN '' THEN '' ELSE ' ' END || '(Keysmith: this key has no permissions, and no permissions means none. Edit its permissions to grant what it needs.)'
  WHERE kind = 'organization' AND permissions = '[]' AND deleted IS NULL AND length(note) < 800;
  `,
  // Answers are remembered without the token they told.
  `DELETE FROM idempotency WHERE body LIKE '%"v2.iam.api_key"%'`,
  // Payment details are kept as Stripe keeps them (`api/paymentDetails.ts`); of before, what identifies goes from where it usually stood.
  `
  DELETE FROM idempotency
  WHERE body LIKE '%number%' OR body LIKE '%cvc%' OR body LIKE '%iban%' OR body LIKE '%ssn%' OR body LIKE '%pii%';
  UPDATE objects SET body = json_remove(body,
    '$.card.number', '$.card.cvc', '$.source.number', '$.source.cvc', '$.external_account.number',
    '$.external_account.cvc', '$.default_source.number', '$.default_source.cvc', '$.payment_method_data.card.number',
    '$.payment_method_data.card.cvc', '$.cvc_update.number', '$.cvc_update.cvc', '$.account_number',
    '$.source.account_number', '$.external_account.account_number', '$.bank_account.account_number',
    '$.us_bank_account.account_number', '$.au_becs_debit.account_number', '$.bacs_debit.account_number',
    '$.acss_debit.account_number', '$.payment_method_data.us_bank_account.account_number', '$.sepa_debit.iban',
    '$.payment_method_data.sepa_debit.iban', '$.pii', '$.id_number', '$.ssn_last_4', '$.individual.id_number',
    '$.individual.ssn_last_4', '$.id_numbers', '$.identity.individual.id_numbers'
  ) WHERE body LIKE '%number%' OR body LIKE '%cvc%' OR body LIKE '%iban%' OR body LIKE '%ssn%' OR body LIKE '%pii%';
  `,
];

export const storeSchema: Schema = {
  /** "KsmE" in ASCII. */
  applicationId: 0x4b_73_6d_45,
  migrations,
  // Checkpoints wait for the disk, so they are small: at the default of 1000 pages a burst of requests waited twice as long.
  pragmas: 'PRAGMA wal_autocheckpoint = 250; PRAGMA secure_delete = ON',
};
