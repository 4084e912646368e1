import type { Owner } from '../domain/key.ts';
import type { Expiry } from '../domain/lifecycle.ts';
import type { Result } from '../domain/problem.ts';
import { Secret } from '../domain/secret.ts';
import { ok } from '../shared/result.ts';
import {
  accountSchema,
  changeSchema,
  fingerprintSchema,
  clockSchema,
  enforcementSchema,
  keySchema,
  leaseSchema,
  listOf,
  organizationSchema,
  requestSummarySchema,
  revealedSchema,
  sentCodeSchema,
  stoppingSchema,
  verificationSchema,
} from './dashboardJson.ts';
import { requestSchema } from '../requests/requestJson.ts';
import { dashboardCaller, type EmulatorAddress } from './dashboardCaller.ts';
import type { KeyService, RequestQuery, RevealedKey } from './keyService.ts';

/** The keys of an emulator, over its dashboard plane. */
export function emulatorKeyService(address: EmulatorAddress): KeyService {
  const call = dashboardCaller(address);
  return {
    organizations: async () =>
      mapped(await call('GET', '/organizations', listOf(organizationSchema)), ({ data }) => data),
    accounts: async () => mapped(await call('GET', '/accounts', listOf(accountSchema)), ({ data }) => data),
    keys: async () => mapped(await call('GET', '/keys?include_expired=true', listOf(keySchema)), ({ data }) => data),
    fingerprints: async () => mapped(await call('GET', '/fingerprints', listOf(fingerprintSchema)), ({ data }) => data),
    sendCode: async (owner, mode) =>
      mapped(await call('POST', '/verifications', verificationSchema, { ...owner, mode }), ({ id }) => id),
    outbox: async () => mapped(await call('GET', '/outbox', listOf(sentCodeSchema)), ({ data }) => data),
    create: async ({ owner, connectPermissions, ...rest }) =>
      revealed(
        await call('POST', '/keys', revealedSchema, {
          ...rest,
          ...(owner satisfies Owner),
          connect_permissions: connectPermissions,
        }),
      ),
    duplicate: async (id, change) => revealed(await call('POST', `/keys/${id}/duplicate`, revealedSchema, change)),
    edit: (id, { connectPermissions, ...rest }) =>
      call('POST', `/keys/${id}`, keySchema, { ...rest, connect_permissions: connectPermissions }),
    limit: (id, addresses) => call('PUT', `/keys/${id}/addresses`, keySchema, { addresses }),
    rotate: async (id, expiry) =>
      revealed(await call('POST', `/keys/${id}/rotate`, revealedSchema, { expires: expiryJson(expiry) })),
    reveal: async (id) => revealed(await call('POST', `/keys/${id}/reveal`, revealedSchema)),
    delete: (id) => call('DELETE', `/keys/${id}`, keySchema),
    requests: async (query) =>
      mapped(await call('GET', `/requests?${asQuery(query)}`, listOf(requestSchema)), ({ data, has_more }) => ({
        requests: data,
        more: has_more,
      })),
    requestSummary: (filter, find) =>
      call('GET', `/requests/summary?${asQuery({ ...filter, find })}`, requestSummarySchema),
    requestKeys: async () => mapped(await call('GET', '/requests/keys', listOf(keySchema)), ({ data }) => data),
    request: (id) => call('GET', `/requests/${encodeURIComponent(id)}`, requestSchema),
    enforcement: async () =>
      mapped(await call('GET', '/enforcement', enforcementSchema), ({ enforcement }) => enforcement),
    setEnforcement: async (enforcement) =>
      mapped(await call('POST', '/enforcement', enforcementSchema, { enforcement }), (now) => now.enforcement),
    leaseEnforcement: async (enforcement, seconds) =>
      mapped(await call('POST', '/enforcement/leases', leaseSchema, { enforcement, seconds }), ({ id }) => id),
    renewLease: async (id, seconds) =>
      mapped(await call('POST', `/enforcement/leases/${id}`, leaseSchema, { seconds }), ({ held }) => held),
    endLease: async (id) => mapped(await call('DELETE', `/enforcement/leases/${id}`, leaseSchema), () => undefined),
    now: async () => mapped(await call('GET', '/clock', clockSchema), ({ now }) => now),
    nextChange: (seen, signal) => call('GET', `/changes?seen=${seen}`, changeSchema, undefined, signal),
    stopService: async () => mapped(await call('POST', '/stop', stoppingSchema), () => undefined),
  };
}

function asQuery({ upTo, ...query }: Partial<RequestQuery> & { readonly find?: string | undefined }): string {
  const pairs = Object.entries({ ...query, up_to: upTo }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : String(value)]],
  );
  return new URLSearchParams(pairs).toString();
}

const expiryJson = (expiry: Expiry): unknown => (expiry !== 'now' && 'at' in expiry ? expiry.at.toISOString() : expiry);

function revealed(result: Result<{ readonly key: RevealedKey['key']; readonly token: string }>): Result<RevealedKey> {
  return mapped(result, ({ key, token }) => ({ key, secret: new Secret(token) }));
}

function mapped<A, B>(result: Result<A>, map: (value: A) => B): Result<B> {
  return result.ok ? ok(map(result.value)) : result;
}
