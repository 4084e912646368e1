import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { Stripe } from 'stripe';
import { fakeToken } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { basic, bearer, rawCall, type RawCall } from './rawCall.ts';
import { accounts, organization, startSeeded, type Seeded, type SeededKey } from './seeded.ts';

const modes = ['sandbox', 'live'] as const;
const inBothModes = (key: SeededKey): SeededKey[] =>
  modes.map((mode) => ({ ...key, mode, name: `${key.name} ${mode}` }));

const keys: readonly SeededKey[] = [
  ...inBothModes({ name: 'secret' }),
  ...inBothModes({ name: 'publishable', kind: 'publishable' }),
  ...inBothModes({ name: 'nothing', kind: 'restricted' }),
  ...inBothModes({ name: 'reader', kind: 'restricted', permissions: ['customer_read'] }),
  ...inBothModes({ name: 'writer', kind: 'restricted', permissions: ['customer_write'] }),
  ...inBothModes({ name: 'organization', kind: 'organization', organization }),
  ...inBothModes({ name: 'accountant', kind: 'organization', organization, permissions: ['balance_read'] }),
  { name: 'connector', kind: 'restricted', permissions: ['customer_read'], connect_permissions: ['customer_write'] },
  { name: 'expired', expires_at: '2020-01-01T00:00:00Z' },
  { name: 'expired publishable', kind: 'publishable', expires_at: '2020-01-01T00:00:00Z' },
  { name: 'elsewhere', addresses: ['203.0.113.7'] },
  { name: 'range', addresses: ['127.0.0.0/29', '198.51.100.0/24'] },
  { name: 'expired elsewhere', expires_at: '2020-01-01T00:00:00Z', addresses: ['203.0.113.7'] },
  { name: 'nothing elsewhere', kind: 'restricted', addresses: ['203.0.113.7'] },
  { name: 'organization elsewhere', kind: 'organization', organization, addresses: ['203.0.113.7'] },
  { name: 'standalone', account: accounts.standalone },
  { name: 'standalone reader', account: accounts.standalone, kind: 'restricted', permissions: ['customer_read'] },
];

/** What a client meets, by the name of the refusal: status and code. */
const meanings = {
  ok: [200, undefined],
  secretRequired: [401, 'secret_key_required'],
  permission: [403, 'more_permissions_required'],
  noKey: [401, undefined],
  unknown: [401, undefined],
  expired: [401, 'api_key_expired'],
  address: [403, undefined],
  noContext: [400, undefined],
  noVersion: [400, undefined],
  badVersion: [400, undefined],
  account: [403, 'account_invalid'],
  noPlatform: [403, 'platform_account_required'],
  noConnect: [403, undefined],
  unknownPath: [404, undefined],
  missing: [404, 'resource_missing'],
  idempotency: [400, undefined],
} as const;
type Meaning = keyof typeof meanings;

describe('authentication', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded(keys);
  });
  after(() => emulator.stop());

  interface Sent {
    readonly status: number;
    readonly code: string | undefined;
    readonly type: string | undefined;
    readonly message: string;
  }

  /** Sends a request through the official SDK, as a program would. */
  async function bySdk(
    key: string,
    method: string,
    path: string,
    options: { account?: string; context?: string } = {},
  ): Promise<Sent> {
    const stripe = new Stripe(emulator.token(key), {
      host: emulator.host,
      port: emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    try {
      const { lastResponse }: Json = await stripe.rawRequest(
        method,
        path,
        method === 'POST' ? { description: 'x' } : undefined,
        {
          ...(options.account ? { stripeAccount: options.account } : {}),
          ...(options.context ? { stripeContext: options.context } : {}),
        },
      );
      return { status: lastResponse.statusCode, code: undefined, type: undefined, message: '' };
    } catch (error) {
      const { statusCode, code, type, message } = error as Json;
      return { status: statusCode, code, type, message };
    }
  }

  async function byHand(call: RawCall): Promise<Sent> {
    const { status, json } = await rawCall(emulator, call);
    const { code, type, message = '' } = json.error ?? {};
    return { status, code, type, message };
  }

  function means(sent: Sent, meaning: Meaning): void {
    const [status, code] = meanings[meaning];
    assert.deepEqual([sent.status, sent.code], [status, code], sent.message);
  }

  // Kind x endpoint, each in both modes. A number of the SDK's requests; what a restricted key lacks is named.
  const who = ['secret', 'publishable', 'nothing', 'reader', 'writer', 'organization', 'accountant'] as const;
  const matrix: readonly [method: string, path: string, ...outcomes: (Meaning | `needs ${string}`)[]][] = [
    [
      'GET',
      '/v1/balance',
      'ok',
      'secretRequired',
      'needs balance_read',
      'needs balance_read',
      'needs balance_read',
      'ok',
      'ok',
    ],
    ['GET', '/v1/customers', 'ok', 'secretRequired', 'needs customer_read', 'ok', 'ok', 'ok', 'needs customer_read'],
    [
      'POST',
      '/v1/customers',
      'ok',
      'secretRequired',
      'needs customer_write',
      'needs customer_write',
      'ok',
      'ok',
      'needs customer_write',
    ],
    [
      'GET',
      '/v1/customers/cus_none',
      'missing',
      'secretRequired',
      'needs customer_read',
      'missing',
      'missing',
      'missing',
      'needs customer_read',
    ],
    [
      'DELETE',
      '/v1/customers/cus_none',
      'missing',
      'secretRequired',
      'needs customer_write',
      'needs customer_write',
      'missing',
      'missing',
      'needs customer_write',
    ],
    [
      'GET',
      '/v1/prices',
      'ok',
      'secretRequired',
      'needs plan_read',
      'needs plan_read',
      'needs plan_read',
      'ok',
      'needs plan_read',
    ],
    [
      'POST',
      '/v1/tokens',
      'ok',
      'ok',
      'needs token_write',
      'needs token_write',
      'needs token_write',
      'ok',
      'needs token_write',
    ],
    [
      'GET',
      '/v1/account',
      'ok',
      'secretRequired',
      'needs accounts_kyc_basic_read',
      'needs accounts_kyc_basic_read',
      'needs accounts_kyc_basic_read',
      'ok',
      'needs accounts_kyc_basic_read',
    ],
    [
      'GET',
      '/v1/nothing_of_the_kind',
      'unknownPath',
      'unknownPath',
      'unknownPath',
      'unknownPath',
      'unknownPath',
      'unknownPath',
      'unknownPath',
    ],
  ];
  for (const [method, path, ...outcomes] of matrix) {
    for (const [index, key] of who.entries()) {
      for (const mode of modes) {
        const outcome = outcomes[index] ?? 'ok';
        it(`${mode} ${key} key, ${method} ${path}: ${outcome}`, async () => {
          const context = key === 'organization' || key === 'accountant' ? { context: accounts.platform } : {};
          const sent = await bySdk(`${key} ${mode}`, method, path, context);
          const permission = /^needs (.+)$/.exec(outcome)?.[1];
          means(sent, permission ? 'permission' : (outcome as Meaning));
          if (permission) assert.ok(sent.message.includes(`('${permission}') permissions`), sent.message);
        });
      }
    }
  }

  // For whom: Connect and organizations, through the SDK.
  for (const [why, key, options, meaning] of [
    ['a platform for its connected account', 'secret sandbox', { account: accounts.connected }, 'ok'],
    [
      'a platform for the account below that one',
      'secret sandbox',
      { context: `${accounts.connected}/${accounts.below}` },
      'ok',
    ],
    ['a platform for itself', 'secret sandbox', { account: accounts.platform }, 'ok'],
    ['a platform by context', 'secret sandbox', { context: accounts.connected }, 'ok'],
    ['a platform for an account below without its path', 'secret sandbox', { account: accounts.below }, 'account'],
    ['a platform for a stranger', 'secret sandbox', { account: accounts.stranger }, 'account'],
    ['a platform for an account that does not exist', 'secret sandbox', { account: 'acct_1Nobody' }, 'account'],
    ['a live platform for its connected account', 'secret live', { account: accounts.connected }, 'ok'],
    ['an account without connected ones for another', 'standalone', { account: accounts.connected }, 'noPlatform'],
    ['an account without connected ones for itself', 'standalone', { account: accounts.standalone }, 'ok'],
    ['a restricted key without Connect permissions', 'reader sandbox', { account: accounts.connected }, 'noConnect'],
    [
      'a restricted key without Connect permissions, for itself',
      'reader sandbox',
      { account: accounts.platform },
      'ok',
    ],
    ['a restricted key with Connect permissions', 'connector', { account: accounts.connected }, 'ok'],
    ['an organization for a platform', 'organization sandbox', { context: accounts.platform }, 'ok'],
    ['an organization for a standalone account', 'organization live', { context: accounts.standalone }, 'ok'],
    [
      'an organization for a connected account by its path',
      'organization sandbox',
      { context: `${accounts.platform}/${accounts.connected}` },
      'ok',
    ],
    [
      'an organization for a connected account without its path',
      'organization sandbox',
      { context: accounts.connected },
      'account',
    ],
    ['an organization for a stranger', 'organization sandbox', { context: accounts.stranger }, 'account'],
    [
      'an organization for a wrong path',
      'organization sandbox',
      { context: `${accounts.standalone}/${accounts.connected}` },
      'noPlatform',
    ],
    ['an organization without a context', 'organization sandbox', {}, 'noContext'],
    ['a live organization without a context', 'organization live', {}, 'noContext'],
  ] as const) {
    it(`${why}: ${meaning}`, async () => means(await bySdk(key, 'GET', '/v1/customers', options), meaning));
  }

  it('Connect permissions are apart: they count for connected accounts only, the others for the own only', async () => {
    means(await bySdk('connector', 'POST', '/v1/customers', { account: accounts.connected }), 'ok');
    means(await bySdk('connector', 'POST', '/v1/customers'), 'permission');
    means(await bySdk('connector', 'GET', '/v1/customers'), 'ok');
  });

  // What no SDK sends.
  const rows: readonly [why: string, call: (token: (name: string) => string) => RawCall, meaning: Meaning][] = [
    ['no header', () => ({ path: '/v1/balance' }), 'noKey'],
    ['an empty header', () => ({ path: '/v1/balance', headers: { authorization: '' } }), 'noKey'],
    ['an empty bearer', () => ({ path: '/v1/balance', headers: { authorization: 'Bearer ' } }), 'noKey'],
    [
      'another scheme',
      (token) => ({ path: '/v1/balance', headers: { authorization: `Token ${token('secret sandbox')}` } }),
      'noKey',
    ],
    [
      'the bare token',
      (token) => ({ path: '/v1/balance', headers: { authorization: token('secret sandbox') } }),
      'noKey',
    ],
    [
      'Basic with the key as user',
      (token) => ({ path: '/v1/balance', headers: basic(`${token('secret sandbox')}:`) }),
      'ok',
    ],
    [
      'Basic with a password',
      (token) => ({ path: '/v1/balance', headers: basic(`${token('secret sandbox')}:anything:at all`) }),
      'ok',
    ],
    ['Basic without a colon', (token) => ({ path: '/v1/balance', headers: basic(token('secret sandbox')) }), 'ok'],
    [
      'Basic with the key as password',
      (token) => ({ path: '/v1/balance', headers: basic(`:${token('secret sandbox')}`) }),
      'noKey',
    ],
    ['Basic that is no base64', () => ({ path: '/v1/balance', headers: { authorization: 'Basic %%%' } }), 'noKey'],
    [
      'bearer in capitals',
      (token) => ({ path: '/v1/balance', headers: { authorization: `BEARER ${token('secret sandbox')}` } }),
      'ok',
    ],
    ['an unknown key', () => ({ path: '/v1/balance', headers: bearer(fakeToken('sk_test', 99)) }), 'unknown'],
    ['an unknown live key', () => ({ path: '/v1/balance', headers: bearer(fakeToken('sk_live', 99)) }), 'unknown'],
    ['nonsense', () => ({ path: '/v1/balance', headers: bearer('nonsense') }), 'unknown'],
    [
      'a known key in another case',
      (token) => ({ path: '/v1/balance', headers: bearer(token('secret sandbox').toUpperCase()) }),
      'unknown',
    ],
    [
      'a known key and a character more',
      (token) => ({ path: '/v1/balance', headers: bearer(`${token('secret sandbox')}x`) }),
      'unknown',
    ],
    ['a secret key in the query', (token) => ({ path: `/v1/balance?key=${token('secret sandbox')}` }), 'noKey'],
    [
      'a publishable key in the query',
      (token) => ({ path: `/v1/elements/sessions?key=${token('publishable sandbox')}&x=1` }),
      'ok',
    ],
    [
      'a publishable key in the body',
      (token) => ({ method: 'POST', path: '/v1/tokens', body: `key=${token('publishable sandbox')}&pii[id_number]=1` }),
      'ok',
    ],
    ['an expired key', (token) => ({ path: '/v1/balance', headers: bearer(token('expired')) }), 'expired'],
    [
      'an expired publishable key',
      (token) => ({ path: '/v1/balance', headers: bearer(token('expired publishable')) }),
      'expired',
    ],
    ['another address', (token) => ({ path: '/v1/balance', headers: bearer(token('elsewhere')) }), 'address'],
    [
      'the right address, told by header',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('elsewhere')), 'keysmith-client-ip': '203.0.113.7' },
      }),
      'ok',
    ],
    [
      'the right address as IPv6',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('elsewhere')), 'keysmith-client-ip': '::ffff:203.0.113.7' },
      }),
      'ok',
    ],
    [
      'another IPv6 address',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('elsewhere')), 'keysmith-client-ip': '2001:db8::1' },
      }),
      'address',
    ],
    [
      'an address that is none',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('elsewhere')), 'keysmith-client-ip': 'somewhere' },
      }),
      'address',
    ],
    [
      'a peer inside a range',
      (token) => ({ path: '/v1/balance', headers: bearer(token('range')), from: '127.0.0.5' }),
      'ok',
    ],
    [
      'a peer outside a range',
      (token) => ({ path: '/v1/balance', headers: bearer(token('range')), from: '127.0.0.9' }),
      'address',
    ],
    [
      'an address of a second range',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('range')), 'keysmith-client-ip': '198.51.100.255' },
      }),
      'ok',
    ],
    [
      'an organization key without a version',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('organization sandbox')), 'stripe-context': accounts.platform },
      }),
      'noVersion',
    ],
    [
      'an account key without a version',
      (token) => ({ path: '/v1/balance', headers: bearer(token('secret sandbox')) }),
      'ok',
    ],
    [
      'a version that is none',
      (token) => ({ path: '/v1/balance', headers: { ...bearer(token('secret sandbox')), 'stripe-version': 'newest' } }),
      'badVersion',
    ],
    [
      'a dated version',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('secret sandbox')), 'stripe-version': '2024-06-20' },
      }),
      'ok',
    ],
    [
      'v2 without a version',
      (token) => ({ path: '/v2/core/accounts', headers: bearer(token('secret sandbox')) }),
      'noVersion',
    ],
    [
      'v2 with a version',
      (token) => ({
        path: '/v2/core/accounts',
        headers: { ...bearer(token('secret sandbox')), 'stripe-version': '2026-10-28.endive' },
      }),
      'ok',
    ],
    [
      'v2 with a publishable key',
      (token) => ({
        path: '/v2/core/accounts',
        headers: { ...bearer(token('publishable sandbox')), 'stripe-version': '2026-10-28.endive' },
      }),
      'secretRequired',
    ],
    ['v2 without a key', () => ({ path: '/v2/core/accounts' }), 'noKey'],
    [
      'v2 with an unknown key',
      () => ({ path: '/v2/core/accounts', headers: bearer(fakeToken('sk_test', 99)) }),
      'unknown',
    ],
    [
      'a trailing slash',
      (token) => ({ path: '/v1/customers/', headers: bearer(token('secret sandbox')) }),
      'unknownPath',
    ],
    [
      'a method the path does not have',
      (token) => ({ method: 'PUT', path: '/v1/customers', headers: bearer(token('secret sandbox')) }),
      'unknownPath',
    ],
    ['the root', (token) => ({ path: '/', headers: bearer(token('secret sandbox')) }), 'unknownPath'],
  ];
  for (const [why, call, meaning] of rows) {
    it(`${why}: ${meaning}`, async () => {
      const sent = await byHand(call((name) => emulator.token(name)));
      if (meaning === 'ok') assert.ok(sent.status === 200 || sent.status === 501, `${sent.status} ${sent.message}`);
      else means(sent, meaning);
      if (meaning !== 'ok') assert.equal(sent.type, 'invalid_request_error');
    });
  }

  // Two things wrong at once: the earlier check speaks.
  const orders: readonly [why: string, call: (token: (name: string) => string) => RawCall, meaning: Meaning][] = [
    ['unknown key before unknown path', () => ({ path: '/v1/nothing', headers: bearer('sk_test_unknown') }), 'unknown'],
    ['no key before unknown path', () => ({ path: '/v1/nothing' }), 'noKey'],
    [
      'expiry before address',
      (token) => ({ path: '/v1/balance', headers: bearer(token('expired elsewhere')) }),
      'expired',
    ],
    [
      'address before context',
      (token) => ({ path: '/v1/balance', headers: bearer(token('organization elsewhere')) }),
      'address',
    ],
    [
      'address before permission',
      (token) => ({ path: '/v1/balance', headers: bearer(token('nothing elsewhere')) }),
      'address',
    ],
    [
      'context before version',
      (token) => ({
        path: '/v1/balance',
        headers: { ...bearer(token('organization sandbox')), 'stripe-version': 'newest' },
      }),
      'noContext',
    ],
    [
      'account before path',
      (token) => ({
        path: '/v1/nothing',
        headers: { ...bearer(token('secret sandbox')), 'stripe-account': accounts.stranger },
      }),
      'account',
    ],
    [
      'version before path',
      (token) => ({ path: '/v1/nothing', headers: { ...bearer(token('secret sandbox')), 'stripe-version': 'newest' } }),
      'badVersion',
    ],
    [
      'path before permission',
      (token) => ({ path: '/v1/nothing', headers: bearer(token('nothing sandbox')) }),
      'unknownPath',
    ],
    [
      'permission before idempotency',
      (token) => ({
        method: 'POST',
        path: '/v1/customers',
        body: 'a=1',
        headers: { ...bearer(token('nothing sandbox')), 'idempotency-key': ' ' },
      }),
      'permission',
    ],
    [
      'permission before existence',
      (token) => ({ path: '/v1/customers/cus_none', headers: bearer(token('nothing sandbox')) }),
      'permission',
    ],
    [
      'idempotency before endpoint',
      (token) => ({
        method: 'POST',
        path: '/v1/customers/cus_none',
        body: 'a=1',
        headers: { ...bearer(token('secret sandbox')), 'idempotency-key': ' ' },
      }),
      'idempotency',
    ],
  ];
  for (const [why, call, meaning] of orders) {
    it(why, async () => means(await byHand(call((name) => emulator.token(name))), meaning));
  }

  describe('words and headers', () => {
    it('a missing permission is named, with what to click and without the token', async () => {
      const token = emulator.token('nothing sandbox');
      const { json, headers } = await rawCall(emulator, { path: '/v1/prices', headers: bearer(token) });
      const { message, request_log_url: log } = json.error;
      assert.match(
        message,
        /^Permission denied\. The provided key 'rk_test_\*{93}\w{6}' does not have the required permissions for this endpoint on account 'acct_1Platform0000000'\. Enabling "Prices Read" \('plan_read'\) permissions on this key would allow this request to continue\. You can edit permissions at https:\/\/dashboard\.stripe\.com\/b\/acct_1Platform0000000\?destination=%2Ftest%2Fapikeys%2Fmk_\w+%2Fedit$/,
      );
      assert.ok(!message.includes(token));
      assert.equal(
        log,
        `https://dashboard.stripe.com/acct_1Platform0000000/test/workbench/logs?object=${String(headers['request-id'])}`,
      );
      assert.equal(headers['www-authenticate'], undefined);
    });

    it('every 401 carries the challenge, every answer a request id and no caching', async () => {
      for (const headers of [
        {},
        bearer('nonsense'),
        bearer(emulator.token('expired')),
        bearer(emulator.token('publishable sandbox')),
      ]) {
        const answer = await rawCall(emulator, { path: '/v1/balance', headers });
        assert.equal(answer.status, 401);
        assert.equal(answer.headers['www-authenticate'], 'Basic realm="Stripe"');
        assert.match(String(answer.headers['request-id']), /^req_\w{14}$/);
        assert.equal(answer.headers['cache-control'], 'no-cache, no-store');
      }
    });

    it('fields of an error stand in alphabetical order', async () => {
      const { json } = await rawCall(emulator, {
        path: '/v1/customers/cus_none',
        headers: bearer(emulator.token('secret sandbox')),
      });
      const names = Object.keys(json.error);
      assert.deepEqual(names, names.toSorted());
    });

    it('the version is echoed, the acting account too where one was named', async () => {
      const { headers } = await rawCall(emulator, {
        path: '/v1/balance',
        headers: {
          ...bearer(emulator.token('secret sandbox')),
          'stripe-version': '2024-06-20',
          'stripe-account': accounts.connected,
        },
      });
      assert.deepEqual([headers['stripe-version'], headers['stripe-account']], ['2024-06-20', accounts.connected]);
    });

    it('a change says that it need not be tried again', async () => {
      const { headers } = await rawCall(emulator, {
        method: 'POST',
        path: '/v1/customers',
        body: 'name=x',
        headers: bearer(emulator.token('secret sandbox')),
      });
      assert.equal(headers['stripe-should-retry'], 'false');
    });
  });
});
