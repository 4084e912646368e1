import * as z from 'zod';
import type { Owner } from '../../domain/key.ts';
import { longestOverlapMinutes, type Expiry } from '../../domain/lifecycle.ts';
import { modes } from '../../domain/mode.ts';
import { createKey, duplicateKey } from '../keys/createKey.ts';
import { deleteKey, editKey, findKey, limitKey, revealKey, rotateKey, type Revealed } from '../keys/keyActions.ts';
import { sendCode } from '../keys/verify.ts';
import type { Store } from '../store/store.ts';
import { action, listReply, reply, resultReply, type Action } from './action.ts';
import { keyError } from './dashboardErrors.ts';
import { keyJson } from './keyJson.ts';

const text = z.string().max(2000);
const mode = z.enum(modes);
const owner = { account: text.optional(), organization: text.optional() };
const codeEntry = z.strictObject({ id: text, code: text }).optional();
const names = z.array(text).max(500);

const keysQuery = z.strictObject({
  ...owner,
  mode: mode.optional(),
  include_expired: z.enum(['true', 'false']).default('false'),
});
const newKey = z.strictObject({
  ...owner,
  mode,
  kind: z.enum(['secret', 'restricted', 'organization']),
  name: text,
  note: text.default(''),
  permissions: names.default([]),
  connect_permissions: names.default([]),
  addresses: names.default([]),
  verification: codeEntry,
});
const edit = z.strictObject({
  name: text.optional(),
  note: text.optional(),
  permissions: names.optional(),
  connect_permissions: names.optional(),
});
const duplicate = z.strictObject({ name: text.optional(), note: text.optional(), verification: codeEntry });
const rotation = z.strictObject({
  expires: z.union([
    z.literal('now'),
    z.strictObject({ minutes: z.number().int().min(1).max(longestOverlapMinutes) }),
    z.iso.datetime({ offset: true }).transform((at) => ({ at: new Date(at) })),
  ]),
});
const addresses = z.strictObject({ addresses: names });
const verification = z.strictObject({ ...owner, mode });

const revealedJson = ({ key, token }: Revealed): unknown => ({ key: keyJson(key), token });

/** What a person does with keys. */
export function keyRoutes(store: Store, now: () => Date): Action[] {
  return [
    action('GET', '/accounts', {}, () =>
      listReply(
        store.accounts
          .all()
          .map(({ organization = null, platform = null, ...rest }) => ({ ...rest, organization, platform })),
      ),
    ),
    action('GET', '/organizations', {}, () => listReply(store.accounts.organizations())),
    action('GET', '/keys', { query: keysQuery }, ({ query: { include_expired: expired, ...filter } }) =>
      listReply(store.keys.list({ ...filter, includeExpired: expired === 'true' }, now()).map(keyJson)),
    ),
    action('GET', '/fingerprints', {}, () => listReply(store.keys.fingerprints())),
    action('GET', '/keys/:id', {}, ({ id }) => resultReply(findKey(store, id, now()), keyJson)),
    action('POST', '/verifications', { body: verification }, ({ body }) => {
      const whose = ownerOf(body);
      const id = 'account' in whose ? whose.account : whose.organization;
      const known = 'account' in whose ? store.accounts.find(id) : store.accounts.findOrganization(id);
      if (!known) return keyError({ kind: 'ownerNotFound', id });
      return reply({ id: sendCode(store, id, body.mode, now()).id });
    }),
    action('GET', '/outbox', {}, () =>
      listReply(
        store.verifications.all().map(({ id, code, sent }) => ({ verification: id, code, sent: sent.toISOString() })),
      ),
    ),
    action('POST', '/keys', { body: newKey }, ({ body }) =>
      resultReply(
        createKey(
          store,
          {
            ...body,
            owner: ownerOf(body),
            connectPermissions: body.connect_permissions,
            verification: body.verification,
          },
          now(),
        ),
        revealedJson,
      ),
    ),
    action('POST', '/keys/:id', { body: edit }, ({ id, body: { connect_permissions: connectPermissions, ...rest } }) =>
      resultReply(editKey(store, id, { ...rest, connectPermissions }, now()), keyJson),
    ),
    action('POST', '/keys/:id/reveal', {}, ({ id }) => resultReply(revealKey(store, id, now()), revealedJson)),
    action('POST', '/keys/:id/duplicate', { body: duplicate }, ({ id, body }) =>
      resultReply(duplicateKey(store, id, { ...body, verification: body.verification }, now()), revealedJson),
    ),
    action('POST', '/keys/:id/rotate', { body: rotation }, ({ id, body }) =>
      resultReply(rotateKey(store, id, body.expires satisfies Expiry, now()), revealedJson),
    ),
    action('PUT', '/keys/:id/addresses', { body: addresses }, ({ id, body }) =>
      resultReply(limitKey(store, id, body.addresses, now()), keyJson),
    ),
    action('DELETE', '/keys/:id', {}, ({ id }) => resultReply(deleteKey(store, id, now()), keyJson)),
  ];
}

function ownerOf({
  account,
  organization,
}: {
  readonly account?: string | undefined;
  readonly organization?: string | undefined;
}): Owner {
  return organization === undefined ? { account: account ?? '' } : { organization };
}
