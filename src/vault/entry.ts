import * as z from 'zod';
import type { VaultProblem } from '../domain/problem.ts';
import { Secret } from '../domain/secret.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';

/** A secret with what has to be known of it without asking anyone. */
export interface VaultEntry {
  /** `mk_…` */
  readonly id: string;
  readonly secret: Secret;
  readonly stored: Date;
}

const version = 1;
const anyVersion = z.object({ version: z.number().int() });
const schema = z.object({ version: z.literal(version), token: z.string().min(1), stored: z.iso.datetime() });

export function printEntry(entry: VaultEntry): string {
  return JSON.stringify({ version, token: entry.secret.reveal(), stored: entry.stored.toISOString() });
}

/** Reads an entry. A damaged one and one of a newer Keysmith are refused; the caller leaves them as they are. */
export function parseEntry(id: string, text: string): Outcome<VaultEntry, VaultProblem> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse({ kind: 'vaultEntryDamaged', id });
  }
  const versioned = anyVersion.safeParse(json);
  if (versioned.success && versioned.data.version > version)
    return refuse({ kind: 'vaultEntryNewer', id, version: versioned.data.version });
  const parsed = schema.safeParse(json);
  if (!parsed.success) return refuse({ kind: 'vaultEntryDamaged', id });
  return ok({ id, secret: new Secret(parsed.data.token), stored: new Date(parsed.data.stored) });
}
