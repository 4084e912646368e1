import { createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import type { ApiKey } from '../../domain/key.ts';
import { isSecretKind, type Kind } from '../../domain/kind.ts';
import { longestOverlapMinutes, standardName } from '../../domain/lifecycle.ts';
import type { ApiProblem, KeyProblem, Result } from '../../domain/problem.ts';
import { maskToken } from '../../domain/secret.ts';
import { ok, refuse } from '../../shared/result.ts';
import { asSentence, complaintsOf } from '../../shared/whatIsWrong.ts';
import { keyProblemMessage } from '../dashboard/dashboardErrors.ts';
import { checkPermissions, editKey, normalized, rotateKey } from '../keys/keyActions.ts';
import { addMinted, mintFor, type KeyDescription } from '../keys/mintKey.ts';
import type { Answer, Visit } from './visit.ts';

// Source of methods, parameters and shapes: `v2.iam.apiKeys` of the preview SDK (stripe-auth facts 5).

const pemKey = z.strictObject({ algorithm: z.literal('RSA'), data: z.string() });
const publicKey = z.strictObject({ id: z.string().optional(), pem_key: pemKey.optional() });
const permissions = z.array(z.string()).optional();
const createBody = z.strictObject({
  type: z.enum(['secret_key', 'publishable_key']),
  name: z.string().optional(),
  note: z.string().optional(),
  public_key: publicKey.optional(),
  permissions,
  connect_permissions: permissions,
});
const updateBody = z.strictObject({
  name: z.string().optional(),
  note: z.string().optional(),
  permissions,
  connect_permissions: permissions,
});
const rotateBody = z.strictObject({
  expire_current_key_in_minutes: z.coerce.number().int().min(0).max(longestOverlapMinutes).optional(),
  public_key: publicKey.optional(),
});
const pageLimit = 100;
const listQuery = z.object({
  include_expired: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(pageLimit, `the maximum page limit is ${pageLimit}`).default(20),
  page: z.string().optional(),
});

const invalid = (field: string, why: string): { ok: false; problem: ApiProblem } =>
  refuse({ kind: 'fieldInvalid', field, why });

function parse<T>(schema: z.ZodType<T>, value: unknown): Result<T, ApiProblem> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') return invalid(issue.keys[0] ?? '', 'Unknown field.');
  const [complaint] = complaintsOf(parsed.error.issues, value);
  return invalid(complaint?.path ?? '', asSentence(complaint?.words ?? 'is invalid'));
}

const asApiProblem = (problem: KeyProblem): { ok: false; problem: ApiProblem } =>
  invalid('', keyProblemMessage(problem));

/** The key a path names: one of the account and mode that ask. */
function managedKey({ store, place, path, now }: Visit): Result<ApiKey, ApiProblem> {
  const id = path['api_key'] ?? '';
  const key = store.keys.find(id, now);
  const own =
    key &&
    'account' in key.owner &&
    key.owner.account === place.account &&
    key.mode === place.mode &&
    key.status !== 'deleted';
  return own
    ? ok(key)
    : refuse({ kind: 'objectNotFound', noun: 'api_key', id, parameter: 'id', inPath: true, twin: undefined });
}

/** A key as v2 prints it. `secret` is what is told of the token of a secret key. */
function keyJson(key: ApiKey, secret: Record<string, unknown>): Record<string, unknown> {
  return {
    id: key.id,
    object: 'v2.iam.api_key',
    connect_permissions: key.connectPermissions,
    created: key.created.toISOString(),
    ...(key.expires ? { expires_at: key.expires.toISOString() } : {}),
    ip_allowlist: key.addresses,
    ...(key.lastUsed ? { last_used: key.lastUsed.toISOString() } : {}),
    livemode: key.mode === 'live',
    name: key.name,
    note: key.note,
    permissions: key.permissions,
    ...(isSecretKind(key.kind) ? { secret_key: secret } : { publishable_key: { token: key.mask } }),
    status: key.status === 'active' ? 'active' : 'expired',
    type: isSecretKind(key.kind) ? 'secret_key' : 'publishable_key',
  };
}

/** A key that was there before: in a sandbox its token is told every time, in live mode never (documented). */
function knownKeyJson(visit: Visit, key: ApiKey): Record<string, unknown> {
  const token =
    key.mode === 'sandbox' && isSecretKind(key.kind) ? visit.store.keys.reveal(key.id, visit.now) : undefined;
  return keyJson(key, { secret_token_redacted: key.mask.replace('…', '...'), ...(token ? { token } : {}) });
}

/** What is told of a new token: a live one is encrypted to the caller's public key. */
async function newSecretJson(token: string, recipient: Recipient | undefined): Promise<Record<string, unknown>> {
  const redacted = maskToken(token).replace('…', '...');
  if (!recipient) return { secret_token_redacted: redacted, token };
  const { CompactEncrypt } = await import('jose');
  const ciphertext = await new CompactEncrypt(new TextEncoder().encode(token))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
    .encrypt(recipient.key);
  const encrypted = {
    ciphertext,
    format: 'jwe_compact',
    ...(recipient.id === undefined ? {} : { recipient_key_id: recipient.id }),
  };
  return { secret_token_redacted: redacted, encrypted_secret: encrypted };
}

interface Recipient {
  readonly id: string | undefined;
  readonly key: KeyObject;
}

const leastRsaBits = 2048;

/** The public key that a live secret is encrypted to: needed for a live secret key, allowed for no publishable one. */
function readRecipient(
  given: z.infer<typeof publicKey> | undefined,
  live: boolean,
  kind: Kind,
): Result<Recipient | undefined, ApiProblem> {
  if (kind === 'publishable')
    return given ? invalid('public_key', 'Must be absent for a publishable key.') : ok(undefined);
  if (!live) return ok(undefined);
  if (!given?.pem_key) return invalid('public_key', 'Required for a live mode secret key.');
  try {
    const key = createPublicKey(given.pem_key.data);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < leastRsaBits)
      return invalid('public_key.pem_key', `Must be an RSA key of at least ${leastRsaBits} bits.`);
    return ok({ id: given.id, key });
  } catch {
    return invalid('public_key.pem_key.data', 'Must be a public key in PEM.');
  }
}

export async function createManagedKey(visit: Visit): Promise<() => Answer> {
  const asked = readNewKey(visit);
  if (!asked.ok) return () => asked;
  const { description, recipient } = asked.value;
  const token = mintFor(description);
  const secret = await newSecretJson(token, recipient);
  return () => {
    const { key } = addMinted(visit.store, description, { revealable: false, now: visit.now, token });
    return ok(keyJson(key, secret));
  };
}

function readNewKey({
  parameters,
  place: { account, mode },
}: Visit): Result<{ readonly description: KeyDescription; readonly recipient: Recipient | undefined }, ApiProblem> {
  const body = parse(createBody, parameters);
  if (!body.ok) return body;
  const { type, name, note, permissions: list = [], connect_permissions: connected = [] } = body.value;
  // A list makes a restricted key, and an empty one a key that may do nothing: a secret key may do everything.
  const listed = body.value.permissions !== undefined || body.value.connect_permissions !== undefined;
  const kind: Kind = type === 'publishable_key' ? 'publishable' : listed ? 'restricted' : 'secret';
  const unknown = checkPermissions([...list, ...connected]);
  if (unknown) return invalid('permissions', keyProblemMessage(unknown));
  const recipient = readRecipient(body.value.public_key, mode === 'live', kind);
  if (!recipient.ok) return recipient;
  const description = {
    kind,
    mode,
    owner: { account },
    name: name ?? standardName(kind, 'Restricted key'),
    note: note ?? '',
    permissions: normalized(list),
    connectPermissions: normalized(connected),
    addresses: [],
  };
  return ok({ description, recipient: recipient.value });
}

export function retrieveManagedKey(visit: Visit): Answer {
  const key = managedKey(visit);
  return key.ok ? ok(knownKeyJson(visit, key.value)) : key;
}

/** A blank text and an empty list leave what is there (documented; measured for the lists). */
const given = <T extends { readonly length: number }>(value: T | undefined): T | undefined =>
  value?.length ? value : undefined;

export function updateManagedKey(visit: Visit): Answer {
  const key = managedKey(visit);
  if (!key.ok) return key;
  const body = parse(updateBody, visit.parameters);
  if (!body.ok) return body;
  const { name, note, permissions: list, connect_permissions: connected } = body.value;
  const edit = { name: given(name), note: given(note), permissions: given(list), connectPermissions: given(connected) };
  const edited = editKey(visit.store, key.value.id, edit, visit.now);
  return edited.ok ? ok(knownKeyJson(visit, edited.value)) : asApiProblem(edited.problem);
}

export function listManagedKeys(visit: Visit): Answer {
  const query = parse(listQuery, visit.parameters);
  if (!query.ok) return query;
  const { include_expired: expired, limit, page } = query.value;
  const keys = visit.store.keys.list({ ...visit.place, includeExpired: expired === 'true' }, visit.now);
  const start = page === undefined ? 0 : keys.findIndex(({ id }) => id === page);
  if (start < 0) return invalid('page', 'Unknown page.');
  const url = (from: ApiKey | undefined): string | null =>
    from ? `/v2/iam/api_keys?include_expired=${expired}&limit=${limit}&page=${from.id}` : null;
  return ok({
    data: keys.slice(start, start + limit).map((key) => knownKeyJson(visit, key)),
    next_page_url: url(keys[start + limit]),
    previous_page_url: start > 0 ? url(keys[Math.max(0, start - limit)]) : null,
  });
}

export function expireManagedKey(visit: Visit): Answer {
  const key = managedKey(visit);
  if (!key.ok) return key;
  if (!isSecretKind(key.value.kind)) return invalid('id', 'A publishable key cannot be expired.');
  if (key.value.status === 'active') visit.store.keys.update(key.value.id, { expires: visit.now });
  const expired = managedKey(visit);
  return expired.ok
    ? ok(keyJson(expired.value, { secret_token_redacted: expired.value.mask.replace('…', '...') }))
    : expired;
}

export async function rotateManagedKey(visit: Visit): Promise<() => Answer> {
  const { store, now, parameters, place } = visit;
  const key = managedKey(visit);
  if (!key.ok) return () => key;
  const body = parse(rotateBody, parameters);
  if (!body.ok) return () => body;
  const recipient = readRecipient(body.value.public_key, place.mode === 'live', key.value.kind);
  if (!recipient.ok) return () => recipient;
  const minutes = body.value.expire_current_key_in_minutes ?? 0;
  const token = mintFor(key.value);
  const secret = await newSecretJson(token, recipient.value);
  return () => {
    const rotated = rotateKey(store, key.value.id, minutes > 0 ? { minutes } : 'now', now, token);
    return rotated.ok ? ok(keyJson(rotated.value.key, secret)) : asApiProblem(rotated.problem);
  };
}
