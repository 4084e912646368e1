import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';
import { assertAnswered, assertRefused, type RefusalName } from './refusals.ts';
import { sdkCall, sdkOf } from './sdkCall.ts';
import { accounts, startSeeded, type Seeded, type SeededKey } from './seeded.ts';

const { platform, connected, below, standalone, stranger, neighbour } = accounts;
const own = ['accounts_kyc_basic_read', 'customer_read'];

const keys: readonly SeededKey[] = [
  { name: 'platform' },
  { name: 'platform live', mode: 'live' },
  { name: 'publishable', kind: 'publishable' },
  { name: 'connected', account: connected },
  { name: 'below', account: below },
  { name: 'standalone', account: standalone },
  { name: 'own only', kind: 'restricted', permissions: own },
  { name: 'both', kind: 'restricted', permissions: own, connect_permissions: [...own, 'customer_write'] },
  { name: 'both live', mode: 'live', kind: 'restricted', permissions: own, connect_permissions: own },
  { name: 'others only', kind: 'restricted', connect_permissions: own },
  { name: 'others write', kind: 'restricted', connect_permissions: ['customer_write'] },
  {
    name: 'standalone restricted',
    account: standalone,
    kind: 'restricted',
    permissions: own,
    connect_permissions: own,
  },
];

/** For whom a request is made: the account asked for, and the account that was acted for, or why not. */
type Row = readonly [key: string, named: string | undefined, outcome: string];

const rows: readonly Row[] = [
  ['platform', undefined, platform],
  ['platform', platform, platform],
  ['platform', connected, connected],
  ['platform', `${connected}/${below}`, below],
  ['platform', `${platform}/${connected}`, connected],
  ['platform', below, 'account'],
  ['platform', `${below}/${connected}`, 'account'],
  ['platform', `${connected}/${standalone}`, 'account'],
  ['platform', `${connected}/`, 'account'],
  ['platform', standalone, 'account'],
  ['platform', stranger, 'account'],
  ['platform', neighbour, 'account'],
  ['platform', 'acct_1Nobody', 'account'],
  ['platform', 'nonsense', 'account'],
  ['platform', `${connected} `, connected],
  ['platform', connected.toUpperCase(), 'account'],
  ['platform', `${connected},${below}`, 'account'],
  ['platform', '', 'account'],
  ['platform live', connected, connected],
  ['platform live', `${connected}/${below}`, below],
  ['platform live', stranger, 'account'],
  ['connected', undefined, connected],
  ['connected', below, below],
  ['connected', platform, 'account'],
  ['below', undefined, below],
  ['below', connected, 'noPlatform'],
  ['standalone', undefined, standalone],
  ['standalone', standalone, standalone],
  ['standalone', connected, 'noPlatform'],
  ['standalone', 'acct_1Nobody', 'noPlatform'],
  ['own only', undefined, platform],
  ['own only', platform, platform],
  ['own only', connected, 'noConnect'],
  ['own only', stranger, 'account'],
  ['both', undefined, platform],
  ['both', connected, connected],
  ['both', `${connected}/${below}`, below],
  ['both', stranger, 'account'],
  ['both live', connected, connected],
  ['others only', connected, connected],
  ['others only', undefined, 'permission'],
  ['others only', platform, 'permission'],
  ['others write', connected, 'permission'],
  ['standalone restricted', connected, 'noPlatform'],
  ['publishable', connected, 'publishable'],
  ['publishable', stranger, 'account'],
];

describe('acting for a connected account', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded(keys);
  });
  after(() => emulator.stop());

  function judged(answer: RawAnswer, named: string | undefined, outcome: string): void {
    if (!outcome.startsWith('acct_')) return assertRefused(answer, outcome as RefusalName);
    assertAnswered(answer);
    assert.equal(answer.json.id, outcome);
    assert.equal(answer.headers['stripe-account'], named ? outcome : undefined);
  }

  for (const header of ['stripe-account', 'stripe-context'] as const) {
    for (const [key, named, outcome] of rows) {
      it(`${key} key, ${header}: ${named === undefined ? 'none' : `'${named}'`}: ${outcome}`, async () => {
        const headers = { ...bearer(emulator.token(key)), ...(named === undefined ? {} : { [header]: named }) };
        judged(await rawCall(emulator, { path: '/v1/account', headers }), named, outcome);
      });
    }
  }

  // The same through the SDK, which knows both headers by options of their own.
  for (const [key, named, outcome] of rows.filter(([, named]) => named && !/[ ,]|\/$/.test(named))) {
    it(`through the SDK, ${key} key for ${named}: ${outcome}`, async () => {
      const stripe = sdkOf(emulator, emulator.token(key));
      const call = { method: 'GET', path: '/v1/account' } as const;
      judged(await sdkCall(stripe, { ...call, account: named ?? '' }), named, outcome);
      judged(await sdkCall(stripe, { ...call, context: named ?? '' }), named, outcome);
    });
  }

  it('goes by Stripe-Context where both headers are there', async () => {
    const call = (context: string, account: string): Promise<RawAnswer> =>
      rawCall(emulator, {
        path: '/v1/account',
        headers: { ...bearer(emulator.token('platform')), 'stripe-context': context, 'stripe-account': account },
      });
    judged(await call(connected, stranger), connected, connected);
    judged(await call(stranger, connected), stranger, 'account');
  });

  it('names the account that is out of reach, and the key without showing it', async () => {
    const answer = await sdkCall(sdkOf(emulator, emulator.token('platform')), {
      method: 'GET',
      path: '/v1/balance',
      context: `${connected}/${stranger}`,
    });
    assertRefused(answer, 'account', `'${stranger}'`, `${'*'.repeat(93)}${emulator.token('platform').slice(-6)}`);
  });

  it('is refused without a trace in the log of an account that others own', async () => {
    const call = { method: 'GET', path: '/v1/balance', account: stranger } as const;
    const answer = await sdkCall(sdkOf(emulator, emulator.token('platform')), call);
    assertRefused(answer, 'account');
    assert.ok(answer.json.error.request_log_url.startsWith(`https://dashboard.stripe.com/${platform}/test/`));
    assert.equal(answer.headers['stripe-account'], undefined);
    assert.deepEqual((await emulator.dashboard('GET', `/requests?account=${stranger}`)).json.data, []);
  });

  it('reads and writes the objects of that account, which no other sees', async () => {
    const stripe = sdkOf(emulator, emulator.token('platform'));
    const { id } = await stripe.customers.create({ name: 'Ada' }, { stripeAccount: connected });
    for (const [who, options, there] of [
      ['platform', { stripeAccount: connected }, true],
      ['platform', {}, false],
      ['platform', { stripeContext: `${connected}/${below}` }, false],
      ['platform live', { stripeAccount: connected }, false],
      ['connected', {}, true],
      ['connected', { stripeAccount: below }, false],
      ['below', {}, false],
      ['standalone', {}, false],
    ] as const) {
      const found = sdkOf(emulator, emulator.token(who)).customers.retrieve(id, {}, options);
      if (there) assert.equal((await found).id, id);
      else await assert.rejects(found, { statusCode: 404, code: 'resource_missing' }, who);
    }
  });

  it('has permissions of its own in a restricted key', async () => {
    for (const [key, method, account, outcome] of [
      ['both', 'GET', undefined, 'ok'],
      ['both', 'POST', undefined, 'permission'],
      ['both', 'POST', connected, 'ok'],
      ['others write', 'GET', connected, 'ok'],
      ['others write', 'POST', connected, 'ok'],
      ['others write', 'GET', undefined, 'permission'],
      ['others only', 'POST', connected, 'permission'],
    ] as const) {
      const answer = await sdkCall(sdkOf(emulator, emulator.token(key)), {
        method,
        path: '/v1/customers',
        ...(account ? { account } : {}),
      });
      if (outcome === 'ok') assertAnswered(answer);
      else assertRefused(answer, 'permission', `on account '${account ?? platform}'`);
    }
  });

  it('begins when the platform connects an account', async () => {
    const stripe = sdkOf(emulator, emulator.token('platform'));
    const { id } = await stripe.accounts.create({ business_profile: { name: 'New shop' } });
    assert.equal((await stripe.accounts.retrieve(id)).id, id);
    assert.ok((await stripe.accounts.list()).data.some((account) => account.id === id));
    assert.equal((await stripe.balance.retrieve({}, { stripeAccount: id })).object, 'balance');
    await assert.rejects(sdkOf(emulator, emulator.token('connected')).balance.retrieve({}, { stripeAccount: id }), {
      code: 'account_invalid',
    });
  });

  it('is for platforms: others can neither connect accounts nor list them', async () => {
    const { accounts: api } = sdkOf(emulator, emulator.token('standalone'));
    for (const call of [api.create({}), api.list()])
      await assert.rejects(call, { statusCode: 403, code: 'platform_account_required' });
    assert.equal((await api.retrieveCurrent()).id, standalone);
    await assert.rejects(api.retrieve(connected), { statusCode: 404, code: 'resource_missing' });
  });

  it('lets a platform add a person to its account, and to no other', async () => {
    const { accounts: api } = sdkOf(emulator, emulator.token('platform'));
    const { id } = await api.createPerson(connected, { first_name: 'Ada' });
    assert.deepEqual(
      (await api.listPersons(connected)).data.map((person) => person.id),
      [id],
    );
    for (const other of [stranger, standalone, 'acct_1Nobody'])
      await assert.rejects(api.createPerson(other, { first_name: 'Eve' }), { statusCode: 404, param: 'account' });
  });
});
