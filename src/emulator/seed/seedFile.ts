import { hash } from 'node:crypto';
import * as z from 'zod';
import { parseAddressRules } from '../../domain/addressRules.ts';
import { kinds } from '../../domain/kind.ts';
import { modes } from '../../domain/mode.ts';
import { unknownPermissions } from '../../domain/permissions.ts';
import { maxTokenLength } from '../../domain/token.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { whatIsWrong } from '../../shared/whatIsWrong.ts';

export const seedVersion = 1;

const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z]+$`), `must begin with ${prefix}_`);
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const optionalTime = time.nullish().transform((value) => value ?? undefined);
const permissions = z
  .array(z.string())
  .default([])
  .superRefine((names, context) => {
    for (const { name, nearest } of unknownPermissions(names)) {
      context.addIssue({
        code: 'custom',
        message: `there is no permission "${name}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
      });
    }
  });
const addresses = z
  .array(z.string())
  .default([])
  .superRefine((entries, context) => {
    const rules = parseAddressRules(entries);
    if (!rules.ok)
      context.addIssue({
        code: 'custom',
        message: `the address rule "${rules.problem.entry}" cannot be used (${rules.problem.why})`,
      });
  });

const key = z
  .strictObject({
    id: id('mk').optional(),
    account: id('acct').optional(),
    organization: id('org').optional(),
    mode: z.enum(modes),
    kind: z.enum(kinds),
    name: z.string().optional(),
    note: z.string().default(''),
    /** Fixes the token. Without it one is minted. */
    token: z
      .string()
      .min(1)
      .max(maxTokenLength)
      .regex(/^[\x21-\x7e]+$/, 'must be printable, without spaces')
      .optional(),
    /** Stands for a token that is not told, in hexadecimal. */
    token_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 hexadecimal digits')
      .optional(),
    mask: z.string().optional(),
    created: optionalTime,
    expires_at: optionalTime,
    permissions,
    connect_permissions: permissions,
    addresses,
  })
  .refine(
    ({ account, organization }) => (account === undefined) !== (organization === undefined),
    'a key belongs to an account or to an organization',
  )
  .refine(
    ({ kind, organization }) => (kind === 'organization') === (organization !== undefined),
    'organization keys, and they alone, belong to an organization',
  );

const schema = z
  .strictObject({
    keysmith_seed: z.literal(seedVersion),
    organizations: z.array(z.strictObject({ id: id('org'), name: z.string() })).default([]),
    accounts: z
      .array(
        z.strictObject({
          id: id('acct'),
          name: z.string(),
          organization: id('org')
            .nullish()
            .transform((value) => value ?? undefined),
          platform: id('acct')
            .nullish()
            .transform((value) => value ?? undefined),
          /** Adds the four keys every account begins with. */
          default_keys: z.boolean().default(false),
        }),
      )
      .min(1),
    keys: z.array(key).default([]),
  })
  .superRefine(({ organizations, accounts, keys }, context) => {
    const known = new Set([...organizations, ...accounts].map((one) => one.id));
    const named = [
      ...accounts.flatMap(({ organization, platform }) => [organization, platform]),
      ...keys.flatMap(({ account, organization }) => [account, organization]),
    ];
    for (const name of named)
      if (name !== undefined && !known.has(name))
        context.addIssue({ code: 'custom', message: `${name} is named but not in the file` });
    for (const twice of duplicates([...organizations, ...accounts, ...keys].map((one) => one.id)))
      context.addIssue({ code: 'custom', message: `${twice} stands twice` });
    const hashes = keys.map(({ token, token_sha256: sha256 }) =>
      token === undefined ? sha256 : hash('sha256', token),
    );
    if (duplicates(hashes).length > 0) context.addIssue({ code: 'custom', message: 'two keys have the same token' });
  });

/** The contents of an emulator, as a file: organizations, accounts, keys. */
export type Seed = z.output<typeof schema>;
export type SeedKey = Seed['keys'][number];

/** Reads a seed; a refusal says in words what is wrong, without any token. */
export function readSeed(json: unknown): Outcome<Seed, string> {
  const version = z.object({ keysmith_seed: z.number() }).safeParse(json);
  if (version.success && version.data.keysmith_seed > seedVersion) {
    return refuse(
      `it was written by a newer Keysmith (version ${version.data.keysmith_seed}, this one knows ${seedVersion})`,
    );
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : refuse(whatIsWrong(parsed.error.issues, json, 'it'));
}

function duplicates(values: readonly (string | undefined)[]): string[] {
  return values.filter((value, index): value is string => value !== undefined && values.indexOf(value) !== index);
}
