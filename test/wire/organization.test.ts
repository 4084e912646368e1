import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { everyPermission } from '../../src/domain/permissions.ts';
import { fakeToken } from '../unit/fixtures.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';
import { basic, bearer, rawCall, type RawAnswer } from './rawCall.ts';
import { assertAnswered, assertRefused, type RefusalName } from './refusals.ts';
import { sdkCall, sdkOf } from './sdkCall.ts';
import { accounts, organization, otherOrganization, startSeeded, type Seeded } from './seeded.ts';

const { platform, connected, below, standalone, stranger, neighbour } = accounts;
const version = '2026-10-28.endive';

describe('organization keys', () => {
  let emulator: Seeded;
  before(async () => {
    const key = { kind: 'organization', organization } as const;
    const permissions = everyPermission;
    emulator = await startSeeded([
      { ...key, name: 'sandbox', permissions },
      { ...key, name: 'live', mode: 'live', permissions },
      { ...key, name: 'none' },
      { ...key, name: 'reader', permissions: ['accounts_kyc_basic_read', 'customer_read'] },
      { ...key, name: 'writer', permissions: ['customer_write'] },
      { ...key, name: 'old', expires_at: '2020-01-01T00:00:00Z' },
      { ...key, name: 'neighbours', organization: otherOrganization, permissions },
      { name: 'secret' },
    ]);
  });
  after(() => emulator.stop());

  const send = (key: string, headers: Readonly<Record<string, string>>, path = '/v1/account'): Promise<RawAnswer> =>
    rawCall(emulator, { path, headers: { ...bearer(emulator.token(key)), ...headers } });
  function judged(answer: RawAnswer, outcome: string): void {
    if (!outcome.startsWith('acct_')) return assertRefused(answer, outcome as RefusalName);
    assertAnswered(answer);
    assert.deepEqual([answer.json.id, answer.headers['stripe-account']], [outcome, outcome]);
  }

  // Whom the context names, and for whom the request then acts, or why not.
  const contexts: readonly (readonly [named: string | undefined, outcome: string])[] = [
    [undefined, 'noContext'],
    ['', 'noContext'],
    [platform, platform],
    [standalone, standalone],
    [`${platform}/${connected}`, connected],
    [`${platform}/${connected}/${below}`, below],
    [connected, 'account'],
    [below, 'account'],
    [`${platform}/${below}`, 'account'],
    [`${platform}/${standalone}`, 'account'],
    [`${platform}/${stranger}`, 'account'],
    [`${platform}/`, 'account'],
    [`/${platform}`, 'account'],
    [`${platform},${standalone}`, 'account'],
    [`${standalone}/${connected}`, 'noPlatform'],
    [stranger, 'account'],
    [neighbour, 'account'],
    ['acct_1Nobody', 'account'],
    [organization, 'account'],
    ['nonsense', 'account'],
  ];
  for (const key of ['sandbox', 'live', 'reader'] as const) {
    for (const [named, outcome] of contexts) {
      it(`${key}: in the context ${named === undefined ? 'of nobody' : `'${named}'`}: ${outcome}`, async () => {
        const context = named === undefined ? {} : { 'stripe-context': named };
        judged(await send(key, { ...context, 'stripe-version': version }), outcome);
      });
    }
  }

  for (const [named, outcome] of contexts.filter(([named]) => named !== '' && !/[,]|^\/|\/$/.test(named ?? ''))) {
    it(`through the SDK, in the context ${named ?? 'of nobody'}: ${outcome}`, async () => {
      const call = { method: 'GET', path: '/v1/account', ...(named === undefined ? {} : { context: named }) } as const;
      judged(await sdkCall(sdkOf(emulator, emulator.token('sandbox')), call), outcome);
    });
  }

  for (const [why, headers, outcome] of [
    ['Stripe-Account is no context for it', { 'stripe-account': platform, 'stripe-version': version }, 'noContext'],
    [
      'Stripe-Context counts where both are there',
      { 'stripe-context': standalone, 'stripe-account': platform, 'stripe-version': version },
      standalone,
    ],
    ['it must name a version', { 'stripe-context': platform }, 'noOrganizationVersion'],
    ['it must name both, the context first', {}, 'noContext'],
    ['it must name a version that is one', { 'stripe-context': platform, 'stripe-version': 'newest' }, 'badVersion'],
    ['it may name an older version', { 'stripe-context': platform, 'stripe-version': '2024-06-20' }, platform],
    ['it may name a beta', { 'stripe-context': platform, 'stripe-version': '2026-08-26.preview' }, platform],
  ] as const) {
    it(why, async () => judged(await send('sandbox', headers), outcome));
  }

  it('works by Basic, as the documentation’s curl sends it', async () => {
    const headers = { ...basic(`${emulator.token('live')}:`), 'stripe-version': version, 'stripe-context': standalone };
    const answer = await rawCall(emulator, { path: '/v1/balance', headers });
    assertAnswered(answer);
    assert.deepEqual([answer.json.object, answer.json.livemode], ['balance', true]);
  });

  it('works at v2 too', async () => {
    const headers = { 'stripe-version': version, 'stripe-context': platform };
    assertAnswered(await send('sandbox', headers, '/v2/core/event_destinations'));
    assertRefused(await send('sandbox', {}, '/v2/core/event_destinations'), 'noContext');
  });

  // Its permissions hold in every account, connected ones included: it has no Connect permissions apart.
  for (const [key, method, outcome] of [
    ['sandbox', 'POST', 'ok'],
    ['none', 'POST', 'permission'],
    ['reader', 'GET', 'ok'],
    ['reader', 'POST', 'permission'],
    ['writer', 'GET', 'ok'],
    ['writer', 'POST', 'ok'],
  ] as const) {
    for (const context of [platform, standalone, `${platform}/${connected}`]) {
      it(`${key}: ${method} /v1/customers of ${context}: ${outcome}`, async () => {
        const answer = await sdkCall(sdkOf(emulator, emulator.token(key)), { method, path: '/v1/customers', context });
        if (outcome === 'ok') assertAnswered(answer);
        else assertRefused(answer, outcome, `('customer_write')`, `on account '${context.split('/').at(-1)}'`);
      });
    }
  }

  it('may do nothing when every permission is None, from the start and after an edit', async () => {
    const refusedAt = async (token: string, path: string): Promise<void> => {
      const headers = { ...bearer(token), 'stripe-version': version, 'stripe-context': platform };
      const { status, json } = await rawCall(emulator, { path, headers });
      assert.deepEqual([path, status, json.error.code], [path, 403, 'more_permissions_required']);
    };
    const owner = { organization, mode: 'sandbox' };
    const { id } = (await emulator.dashboard('POST', '/verifications', owner)).json;
    const { code } = (await emulator.dashboard('GET', '/outbox')).json.data.find(
      (sent: Json) => sent.verification === id,
    );
    const made = await emulator.dashboard('POST', '/keys', {
      ...owner,
      kind: 'organization',
      name: 'fresh',
      verification: { id, code },
    });
    const rotated = await emulator.dashboard('POST', `/keys/${made.json.key.id}/rotate`, { expires: { minutes: 60 } });
    for (const path of ['/v1/account', '/v1/balance', '/v1/customers', '/v1/charges/ch_1', '/v1/events']) {
      await refusedAt(made.json.token, path);
      await refusedAt(rotated.json.token, path);
      await refusedAt(emulator.token('none'), path);
    }
    const { data } = (await emulator.dashboard('GET', `/keys?organization=${organization}`)).json;
    const writer = data.find((key: Json) => key.name === 'writer');
    await emulator.dashboard('POST', `/keys/${writer.id}`, { permissions: [] });
    await refusedAt(emulator.token('writer'), '/v1/customers');
    await emulator.dashboard('POST', `/keys/${writer.id}`, { permissions: ['customer_write'] });
  });

  it('with every permission may do what any restricted key can be allowed, and no more', async () => {
    const headers = { ...bearer(emulator.token('sandbox')), 'stripe-version': version, 'stripe-context': platform };
    for (const path of [
      '/v1/account',
      '/v1/balance',
      '/v1/tax_ids',
      '/v1/identity/verification_sessions',
      '/v1/events',
    ])
      assert.equal((await rawCall(emulator, { path, headers })).status, 200, path);
    const answer = await rawCall(emulator, { method: 'POST', path: '/v1/treasury/financial_accounts', headers });
    assert.equal(answer.status, 403);
  });

  it('reaches no account of another organization, nor another organization its', async () => {
    const headers = { 'stripe-version': version };
    judged(await send('neighbours', { ...headers, 'stripe-context': neighbour }), neighbour);
    judged(await send('neighbours', { ...headers, 'stripe-context': platform }), 'account');
  });

  it('sees what the account’s own keys made, in its own mode', async () => {
    const { id } = await sdkOf(emulator, emulator.token('secret')).customers.create({ name: 'Ada' });
    const seen = (key: string, context: string): Promise<RawAnswer> =>
      sdkCall(sdkOf(emulator, emulator.token(key)), { method: 'GET', path: `/v1/customers/${id}`, context });
    assert.equal((await seen('reader', platform)).json.id, id);
    assertRefused(await seen('reader', standalone), 'missing');
    const hint = 'a similar object exists in test mode, but a live mode key was used to make this request.';
    assert.equal((await seen('live', platform)).json.error.message, `No such customer: '${id}'; ${hint}`);
  });

  it('is refused when it is expired, or not known, whatever the context', async () => {
    const headers = { 'stripe-version': version, 'stripe-context': platform };
    assertRefused(await send('old', headers), 'expiredKey', 'sk_org_test_***');
    const unknown = { ...headers, ...bearer(fakeToken('sk_org_live', 232)) };
    assertRefused(await rawCall(emulator, { path: '/v1/account', headers: unknown }), 'unknownKey', 'sk_org_live_***');
  });

  it('leaves its requests in the log of the account it acted for, and the refused ones in none', async () => {
    const logged = async (answer: RawAnswer): Promise<Json> =>
      (await emulator.dashboard('GET', `/requests/${String(answer.headers['request-id'])}`)).json;
    const headers = { 'stripe-version': version };
    const { account, key, context } = await logged(await send('sandbox', { ...headers, 'stripe-context': standalone }));
    assert.deepEqual([account, context], [standalone, standalone]);
    assert.match(key, /^mk_/);
    assert.equal((await logged(await send('sandbox', headers))).account, null);
    assert.equal((await logged(await send('sandbox', { ...headers, 'stripe-context': stranger }))).account, null);
  });
});

/** The organization of the documentation’s own example, which every emulator begins with. */
describe('the example organization', () => {
  const example = {
    id: 'org_6SD3oI0eSQemPzdmaGLJ5j6',
    platform: 'acct_1R3fqDP6919yCiFv',
    standalone: 'acct_1aTnTtAAB0hHJ26p',
  };
  let emulator: EmulatorProgram;
  const tokens = new Map<string, string>();
  before(async () => {
    emulator = await startProgram();
    const { data } = (await emulator.dashboard('GET', `/keys?organization=${example.id}`)).json;
    for (const { id, mode } of data)
      tokens.set(mode, (await emulator.dashboard('POST', `/keys/${id}/reveal`)).json.token);
  });
  after(() => emulator.stop());

  for (const mode of ['sandbox', 'live'] as const) {
    for (const [whose, context] of [
      ['the standalone account', example.standalone],
      ['the platform', example.platform],
      ['the platform’s connected account', `${example.platform}/acct_1032D82eZvKYlo2C`],
    ] as const) {
      it(`reads the ${mode} balance of ${whose}`, async () => {
        const stripe = sdkOf(emulator, tokens.get(mode) ?? '');
        const balance = await stripe.balance.retrieve({}, { stripeContext: context });
        assert.deepEqual([balance.object, balance.livemode], ['balance', mode === 'live']);
      });
    }

    it(`has a ${mode} key that begins with sk_org and is longer than those of accounts`, () => {
      assert.match(
        tokens.get(mode) ?? '',
        mode === 'live' ? /^sk_org_live_[0-9A-Za-z]{200,}$/ : /^sk_org_test_[0-9A-Za-z]{200,}$/,
      );
    });
  }

  it('has no publishable key, and cannot be given one', async () => {
    const { data } = (await emulator.dashboard('GET', `/keys?organization=${example.id}`)).json;
    assert.deepEqual(
      data.map(({ kind, mode }: Json) => `${kind} ${mode}`),
      ['organization sandbox', 'organization live'],
    );
    for (const kind of ['publishable', 'secret', 'restricted']) {
      const owner = { organization: example.id, mode: 'sandbox' };
      const { id } = (await emulator.dashboard('POST', '/verifications', owner)).json;
      const { code } = (await emulator.dashboard('GET', '/outbox')).json.data.find(
        (sent: Json) => sent.verification === id,
      );
      const asked = { ...owner, kind, name: 'x', verification: { id, code } };
      assert.equal((await emulator.dashboard('POST', '/keys', asked)).status, 400, kind);
    }
  });
});
