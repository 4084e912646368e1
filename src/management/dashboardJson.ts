import * as z from 'zod';
import { kinds } from '../domain/kind.ts';
import type { ApiKey } from '../domain/key.ts';
import { modes } from '../domain/mode.ts';
import { enforcements } from './keyService.ts';

/** The dashboard plane's replies, parsed into the domain's types. */
const time = z.iso.datetime().transform((text) => new Date(text));
const optionalTime = time.nullable().transform((date) => date ?? undefined);
const optionalText = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined);

export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  organization: optionalText,
  platform: optionalText,
});

export const keySchema = z
  .object({
    id: z.string(),
    account: z.string().optional(),
    organization: z.string().optional(),
    mode: z.enum(modes),
    kind: z.enum(kinds),
    name: z.string(),
    note: z.string(),
    mask: z.string(),
    created: time,
    last_used: optionalTime,
    expires_at: optionalTime,
    status: z.enum(['active', 'expired', 'deleted']),
    permissions: z.array(z.string()),
    connect_permissions: z.array(z.string()),
    addresses: z.array(z.string()),
    revealable: z.boolean(),
  })
  .transform(({ account, organization, last_used, expires_at, connect_permissions, ...rest }): ApiKey => ({
    ...rest,
    owner: account === undefined ? { organization: organization ?? '' } : { account },
    lastUsed: last_used,
    expires: expires_at,
    connectPermissions: connect_permissions,
  }));

export const revealedSchema = z.object({ key: keySchema, token: z.string() });
export const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), has_more: z.boolean() });
export const stoppingSchema = z.object({ stopping: z.literal(true) });
export const organizationSchema = z.object({ id: z.string(), name: z.string() });
export const verificationSchema = z.object({ id: z.string() });
export const sentCodeSchema = z.object({ verification: z.string(), code: z.string(), sent: time });
export const changeSchema = z.object({ count: z.number(), stopping: z.boolean() });
export const clockSchema = z.object({ now: time });
export const enforcementSchema = z.object({ enforcement: z.enum(enforcements) });
export const fingerprintSchema = z.object({ key: z.string(), fingerprint: z.string() });
export const leaseSchema = z.object({ id: z.string(), held: z.boolean() });
export const requestSummarySchema = z.object({
  newest: optionalText,
  total: z.number(),
  count: z.number(),
  place: z
    .number()
    .nullable()
    .transform((place) => place ?? undefined),
  statuses: z.array(z.number()),
  methods: z.array(z.string()),
  keys: z.array(z.string()),
  accounts: z.array(z.string()),
  minutes: z.array(z.object({ key: z.string(), minute: z.number(), requests: z.number(), errors: z.number() })),
});
