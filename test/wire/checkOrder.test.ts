import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { everyPermission } from '../../src/domain/permissions.ts';
import { fakeToken } from '../unit/fixtures.ts';
import { bearer, rawCall, type RawCall } from './rawCall.ts';
import { assertAnswered, assertRefused, type RefusalName } from './refusals.ts';
import { accounts, organization, startSeeded, type Seeded, type SeededKey } from './seeded.ts';

/** What can be wrong with a request, in the order in which the checks are made. */
const checks = ['key', 'address', 'context', 'version', 'route', 'permission', 'idempotency', 'endpoint'] as const;
type Check = (typeof checks)[number];
type Faults = ReadonlySet<Check>;

/** What is wrong with the key itself; the token of one key stands for each combination. */
const keyFaults = ['key', 'address', 'permission'] as const;
const keyName = (family: string, faults: Faults): string =>
  [family, ...keyFaults.filter((fault) => faults.has(fault))].join(' without ');

function keysOf(family: string, key: Omit<SeededKey, 'name'>, fitting: string): SeededKey[] {
  return Array.from({ length: 8 }, (_, bits) => {
    const faults = new Set(keyFaults.filter((_fault, index) => bits & (1 << index)));
    return {
      ...key,
      name: keyName(family, faults),
      permissions: faults.has('permission') ? ['customer_read'] : [fitting],
      ...(faults.has('key') ? { expires_at: '2020-01-01T00:00:00Z' } : {}),
      ...(faults.has('address') ? { addresses: ['203.0.113.7'] } : {}),
    };
  });
}

/** A kind of request, and how each of its checks fails. */
interface Family {
  readonly name: string;
  readonly key: Omit<SeededKey, 'name'>;
  readonly permission: string;
  readonly collection: string;
  readonly id: string;
  readonly context: { readonly right?: string; readonly wrong: string | undefined; readonly refusal: RefusalName };
  readonly version: { readonly right?: string; readonly wrong: string | undefined; readonly refusal: RefusalName };
}

const families: readonly Family[] = [
  {
    name: 'a restricted key',
    key: { kind: 'restricted' },
    permission: 'customer_write',
    collection: '/v1/customers',
    id: 'cus_none',
    context: { wrong: accounts.stranger, refusal: 'account' },
    version: { wrong: 'newest', refusal: 'badVersion' },
  },
  {
    name: 'a live restricted key',
    key: { kind: 'restricted', mode: 'live' },
    permission: 'product_write',
    collection: '/v1/products',
    id: 'prod_none',
    context: { wrong: accounts.neighbour, refusal: 'account' },
    version: { wrong: '2024', refusal: 'badVersion' },
  },
  {
    name: 'a restricted key at v2',
    key: { kind: 'restricted' },
    permission: 'webhook_write',
    collection: '/v2/core/event_destinations',
    id: 'ed_none',
    context: { wrong: 'acct_1Nobody', refusal: 'account' },
    version: { right: '2026-10-28.endive', wrong: undefined, refusal: 'noVersion' },
  },
  {
    name: 'an organization key',
    key: { kind: 'organization', organization, permissions: everyPermission },
    permission: 'customer_write',
    collection: '/v1/customers',
    id: 'cus_none',
    context: { right: accounts.platform, wrong: undefined, refusal: 'noContext' },
    version: { right: '2026-10-28.endive', wrong: undefined, refusal: 'noOrganizationVersion' },
  },
];

const refusalOf = ({ context, version }: Family, check: Check): RefusalName =>
  ({
    key: 'expiredKey',
    address: 'address',
    context: context.refusal,
    version: version.refusal,
    route: 'unknownPath',
    permission: 'permission',
    idempotency: 'idempotencyLong',
    endpoint: 'missing',
  })[check] as RefusalName;

function requestWith({ name, collection, id, context, version }: Family, faults: Faults, emulator: Seeded): RawCall {
  const acting = faults.has('context') ? context.wrong : context.right;
  const dated = faults.has('version') ? version.wrong : version.right;
  const there = faults.has('endpoint') ? `${collection}/${id}` : collection;
  return {
    method: 'POST',
    path: faults.has('route') ? `${collection.slice(0, 3)}/nothing` : there,
    headers: {
      ...bearer(emulator.token(keyName(name, faults))),
      ...(acting === undefined ? {} : { 'stripe-context': acting }),
      ...(dated === undefined ? {} : { 'stripe-version': dated }),
      'idempotency-key': faults.has('idempotency') ? 'k'.repeat(256) : [...faults, name].join(),
    },
  };
}

/** Two things wrong at once, in every pairing: the earlier check answers, and the log tells how far the request came. */
describe('the order of checks', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded(families.flatMap(({ name, key, permission }) => keysOf(name, key, permission)));
  });
  after(() => emulator.stop());

  const passedBefore = (check: Check): readonly string[] =>
    checks.slice(0, Math.min(checks.indexOf(check), checks.indexOf('idempotency')));

  async function answersWith(family: Family, first: Check, faults: Faults): Promise<void> {
    const answer = await rawCall(emulator, requestWith(family, faults, emulator));
    assertRefused(answer, refusalOf(family, first));
    const { passed } = (await emulator.dashboard('GET', `/requests/${String(answer.headers['request-id'])}`)).json;
    assert.deepEqual(passed, passedBefore(first));
  }

  for (const family of families) {
    describe(`of ${family.name}`, () => {
      it('lets in a request without fault', async () => {
        assertAnswered(await rawCall(emulator, requestWith(family, new Set(), emulator)));
      });

      for (const [index, first] of checks.entries()) {
        it(`${first} alone`, () => answersWith(family, first, new Set([first])));
        const later = checks.slice(index + 1);
        for (const second of later) {
          it(`${first} before ${second}`, () => answersWith(family, first, new Set([first, second])));
        }
        if (later.length > 1) {
          it(`${first} before all that follow`, () => answersWith(family, first, new Set([first, ...later])));
        }
      }
    });
  }

  // A key that is none has no address rules, account or permissions that could be looked at.
  for (const [why, headers, refusal] of [
    ['no key', {}, 'noKey'],
    ['a malformed header', { authorization: 'Token x' }, 'noKey'],
    ['an unknown key', bearer(fakeToken('rk_test', 99)), 'unknownKey'],
  ] as const) {
    for (const path of ['/v1/customers', '/v1/nothing', '/v2/core/accounts', '/nothing', '/']) {
      it(`${why} before anything else, at ${path}`, async () => {
        const answer = await rawCall(emulator, {
          method: 'POST',
          path,
          body: 'a[=1',
          headers: {
            ...headers,
            'stripe-account': accounts.stranger,
            'stripe-version': 'newest',
            'idempotency-key': 'k'.repeat(256),
          },
        });
        assertRefused(answer, refusal);
      });
    }
  }
});
