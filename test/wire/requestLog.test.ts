import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { requestSchema, requestToJson } from '../../src/requests/requestJson.ts';
import { Stripe } from 'stripe';
import { fakeToken } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { bearer, rawCall } from './rawCall.ts';
import { accounts, startSeeded, type Seeded } from './seeded.ts';

describe('the request log', () => {
  let emulator: Seeded;
  const logged = async (query = ''): Promise<Json> => (await emulator.dashboard('GET', `/requests?${query}`)).json;

  before(async () => {
    emulator = await startSeeded([
      { name: 'secret' },
      { name: 'live', mode: 'live' },
      { name: 'nothing', kind: 'restricted' },
    ]);
    const stripe = new Stripe(emulator.token('secret'), {
      host: emulator.host,
      port: emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    await stripe.customers.create({ name: 'Ada' }, { stripeAccount: accounts.connected, idempotencyKey: 'once' });
    await rawCall(emulator, { path: '/v1/prices?limit=3', headers: bearer(emulator.token('nothing')) });
    await rawCall(emulator, { path: '/v1/balance', headers: bearer(emulator.token('live')) });
    await rawCall(emulator, { path: '/v1/balance', headers: bearer(fakeToken('sk_test', 99)) });
  });
  after(() => emulator.stop());

  it('has them newest first, with who, what, whence and how it was answered', async () => {
    const { data } = await logged();
    assert.deepEqual(
      data.map(({ method, path, status }: Json) => `${method} ${path} ${status}`),
      ['GET /v1/balance 401', 'GET /v1/balance 200', 'GET /v1/prices 403', 'POST /v1/customers 200'],
    );
    const created = data[3];
    assert.match(created.id, /^req_/);
    assert.deepEqual(
      [
        created.account,
        created.mode,
        created.context,
        created.address,
        created.idempotency_key,
        created.request_body,
        created.error_code,
      ],
      [accounts.connected, 'sandbox', accounts.connected, '127.0.0.1', 'once', 'name=Ada', null],
    );
    assert.match(created.key, /^mk_/);
    assert.match(created.sdk, /^node \d/);
    assert.match(created.user_agent, /NodeBindings/);
    assert.match(created.version, /^20\d\d-/);
    assert.ok(created.duration_ms >= 0);
    assert.match(created.response_body, /"id":\s*"cus_/);
    assert.deepEqual(created.passed, ['key', 'address', 'context', 'version', 'route', 'permission']);
  });

  it('says why a request was refused, and what it needed', async () => {
    const { data } = await logged();
    const [unknown, , refused] = data;
    assert.deepEqual(
      [refused.refused.kind, refused.permission, refused.query, refused.error_code],
      ['permissionMissing', 'plan_read', 'limit=3', 'more_permissions_required'],
    );
    assert.deepEqual(refused.passed, ['key', 'address', 'context', 'version', 'route']);
    assert.deepEqual(
      [unknown.key, unknown.account, unknown.mode, unknown.refused.kind],
      [null, null, null, 'unknownKey'],
    );
  });

  it('can be narrowed, paged and asked for one', async () => {
    const { data } = await logged();
    const count = async (query: string): Promise<number> => (await logged(query)).data.length;
    assert.deepEqual(
      [
        await count('status=403'),
        await count('method=POST'),
        await count('path=balance'),
        await count('mode=live'),
        await count(`account=${accounts.connected}`),
        await count(`key=${data[2].key}`),
      ],
      [1, 1, 2, 1, 1, 1],
    );
    const page = await logged(`limit=2&before=${data[0].id}`);
    assert.deepEqual([page.data.map(({ id }: Json) => id), page.has_more], [[data[1].id, data[2].id], true]);
    assert.deepEqual((await emulator.dashboard('GET', `/requests/${data[1].id}`)).json, data[1]);
    const newer = await logged(`after=${data[2].id}&brief=true`);
    assert.deepEqual([newer.data.map(({ id }: Json) => id), newer.has_more], [[data[0].id, data[1].id], false]);
    assert.ok(newer.data.every((one: Json) => !('request_body' in one) && !('response_body' in one)));
    assert.equal((await logged('after=req_none')).data.length, data.length);
    for (const one of data) assert.deepEqual(requestToJson(requestSchema.parse(one)), one);
    assert.equal((await emulator.dashboard('GET', '/requests/req_none')).status, 404);
    assert.equal((await emulator.dashboard('GET', '/requests?limit=many')).status, 400);
  });

  it('is looked through from any place, by words, outcome and time, and says how much there is', async () => {
    const { data } = await logged();
    const ids = async (query: string): Promise<string[]> => (await logged(query)).data.map(({ id }: Json) => id);
    assert.deepEqual(await ids(`limit=2&offset=1&up_to=${data[1].id}`), [data[2].id, data[3].id]);
    assert.deepEqual(await ids('outcome=refused'), [data[0].id, data[2].id]);
    assert.deepEqual(await ids('text=BALANCE+get'), [data[0].id, data[1].id]);
    assert.deepEqual(await ids(`text=${data[3].id}`), [data[3].id]);
    assert.deepEqual(
      await ids(
        `since=${data[0].time}&until=${new Date(Date.parse(data[0].time) + 1).toISOString()}&text=${data[0].id}`,
      ),
      [data[0].id],
    );
    assert.deepEqual(await ids(`until=${data[3].time}`), []);
    const { json } = await emulator.dashboard('GET', `/requests/summary?outcome=refused&find=${data[2].id}`);
    assert.deepEqual([json.newest, json.total, json.count, json.place], [data[0].id, 4, 2, 1]);
    assert.deepEqual(
      [json.statuses, json.methods],
      [
        [200, 401, 403],
        ['GET', 'POST'],
      ],
    );
    assert.equal(
      json.minutes.reduce((sum: number, { requests }: Json) => sum + requests, 0),
      4,
    );
    for (const query of ['outcome=none', 'since=yesterday', 'offset=-1'])
      assert.equal((await emulator.dashboard('GET', `/requests?${query}`)).status, 400);
  });

  it('names the keys of its requests, those that are deleted too', async () => {
    const { data } = await logged('status=403');
    const { json: gone } = await emulator.dashboard('DELETE', `/keys/${data[0].key}`);
    assert.equal(gone.status, 'deleted');
    const { json } = await emulator.dashboard('GET', '/requests/keys');
    assert.deepEqual(json.data.map(({ name, status }: Json) => `${name} ${status}`).toSorted(), [
      'live active',
      'nothing deleted',
      'secret active',
    ]);
  });

  it('holds no secret, wherever a client puts one', async () => {
    const token = emulator.token('secret');
    const stray = fakeToken('sk_live', 99);
    await rawCall(emulator, {
      method: 'POST',
      path: `/v1/tokens?note=${stray}`,
      headers: {
        ...bearer(token),
        'user-agent': `mine ${stray}`,
        'idempotency-key': stray,
        'stripe-version': '2024-06-20',
      },
      body: `card[number]=4242424242424242&card[cvc]=987&note=${stray}&metadata[key]=${token}`,
    });
    await rawCall(emulator, { path: `/v1/customers/${stray}`, headers: bearer(token) });
    await rawCall(emulator, { path: `/v1/balance?key=${token}` });
    await rawCall(emulator, { path: '/v1/balance', headers: { ...bearer(token), 'stripe-account': stray } });
    await rawCall(emulator, { path: '/v1/balance', headers: { ...bearer(token), 'keysmith-client-ip': stray } });
    const intent = await rawCall(emulator, {
      method: 'POST',
      path: '/v1/payment_intents',
      headers: bearer(token),
      body: 'amount=5',
    });
    const text = JSON.stringify(await logged());
    for (const secret of [token, stray, '4242424242424242', '987', intent.json.client_secret])
      assert.ok(!text.includes(secret), secret.slice(0, 8));
  });
});

describe('enforcement', () => {
  it('audit lets through what would be refused, and notes it; off does not look', async () => {
    const emulator = await startSeeded([{ name: 'nothing', kind: 'restricted' }], ['--enforcement', 'audit']);
    const call = () => rawCall(emulator, { path: '/v1/customers', headers: bearer(emulator.token('nothing')) });
    const last = async (): Promise<Json> => (await emulator.dashboard('GET', '/requests?limit=1')).json.data[0];

    const audited = await call();
    assert.deepEqual([audited.status, audited.headers['keysmith-would-refuse']], [200, 'permissionMissing']);
    assert.deepEqual([(await last()).let_through, (await last()).refused.kind], [true, 'permissionMissing']);
    assert.equal((await rawCall(emulator, { path: '/v1/customers' })).status, 200);
    assert.equal(
      (await rawCall(emulator, { path: '/v1/nothing', headers: bearer(emulator.token('nothing')) })).status,
      404,
    );

    await emulator.dashboard('POST', '/enforcement', { enforcement: 'off' });
    assert.equal((await call()).status, 200);
    assert.deepEqual([(await last()).let_through, (await last()).refused], [false, null]);

    await emulator.dashboard('POST', '/enforcement', { enforcement: 'enforce' });
    assert.equal((await call()).status, 403);
    assert.equal((await emulator.dashboard('POST', '/enforcement', { enforcement: 'sometimes' })).status, 400);
    await emulator.stop();
  });
});
