import * as z from 'zod';
import { kinds, type Kind } from '../domain/kind.ts';
import { modes, type Mode } from '../domain/mode.ts';
import type { VaultProblem } from '../domain/problem.ts';
import { Secret } from '../domain/secret.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';

/** What is known of a kept secret without asking anyone. */
export interface SecretLabel {
  readonly name: string;
  readonly kind: Kind;
  readonly mode: Mode;
}

/** A kept secret. */
export interface VaultEntry extends SecretLabel {
  /** `mk_…`, or `own_…` for a key that was put in by hand. */
  readonly id: string;
  readonly secret: Secret;
  readonly stored: Date;
}

/** What may be shown of an entry: everything but its secret. One that cannot be read is shown too, because it is kept. */
export type ListedEntry = KeptEntry | UnreadableEntry;

export interface KeptEntry extends SecretLabel {
  readonly state: 'kept';
  readonly id: string;
  readonly mask: string;
  readonly stored: Date;
}

/** An entry that is damaged, or was written by a newer Keysmith. */
export interface UnreadableEntry {
  readonly state: 'damaged' | 'newer';
  readonly id: string;
}

const version = 1;
const anyVersion = z.object({ version: z.number().int() });
const schema = z.object({
  version: z.literal(version),
  token: z.string().min(1),
  name: z.string(),
  kind: z.enum(kinds),
  mode: z.enum(modes),
  stored: z.iso.datetime(),
});

export function printEntry({ secret, name, kind, mode, stored }: VaultEntry): string {
  return JSON.stringify({
    version,
    token: secret.reveal(),
    name,
    kind,
    mode,
    stored: stored.toISOString(),
  } satisfies z.input<typeof schema>);
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
  if (versioned.success && versioned.data.version > version) {
    return refuse({ kind: 'vaultEntryNewer', id, version: versioned.data.version });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return refuse({ kind: 'vaultEntryDamaged', id });
  const { token, name, kind, mode, stored } = parsed.data;
  return ok({ id, secret: new Secret(token), name, kind, mode, stored: new Date(stored) });
}
