import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';
import { startSeeded, type Seeded } from './seeded.ts';

describe('idempotency keys', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([{ name: 'secret' }, { name: 'other' }, { name: 'live', mode: 'live' }]);
  });
  after(() => emulator.stop());

  const create = (key: string, body: string, by = 'secret'): Promise<RawAnswer> =>
    rawCall(emulator, {
      method: 'POST',
      path: '/v1/customers',
      body,
      headers: { ...bearer(emulator.token(by)), 'idempotency-key': key },
    });

  it('answer the same request the same way, and say so', async () => {
    const first = await create('one', 'name=Ada');
    const again = await create('one', 'name=Ada');
    assert.deepEqual(again.json, first.json);
    assert.deepEqual([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']], [undefined, 'true']);
    assert.equal(again.headers['original-request'], first.headers['request-id']);
    assert.equal(again.headers['idempotency-key'], 'one');
    assert.notEqual(again.headers['request-id'], first.headers['request-id']);
  });

  it('make one object of many simultaneous requests', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('many', 'name=Ada')));
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
  });

  it('refuse another request', async () => {
    await create('two', 'name=Ada');
    const { status, json } = await create('two', 'name=Eve');
    assert.deepEqual([status, json.error.type], [400, 'idempotency_error']);
    assert.match(json.error.message, /Try using a key other than 'two'/);
  });

  it('hold for the account, whichever of its keys is used, and for the mode', async () => {
    const first = await create('three', 'name=Ada');
    assert.equal((await create('three', 'name=Ada', 'other')).json.id, first.json.id);
    assert.notEqual((await create('three', 'name=Ada', 'live')).json.id, first.json.id);
  });

  it('do not remember a refusal', async () => {
    const update = (): Promise<RawAnswer> =>
      rawCall(emulator, {
        method: 'POST',
        path: '/v1/coupons',
        body: 'id=LATER',
        headers: { ...bearer(emulator.token('secret')), 'idempotency-key': 'four' },
      });
    const made = await rawCall(emulator, {
      method: 'POST',
      path: '/v1/coupons',
      body: 'id=LATER',
      headers: bearer(emulator.token('secret')),
    });
    assert.equal((await update()).status, 400);
    await rawCall(emulator, {
      method: 'DELETE',
      path: `/v1/coupons/${made.json.id}`,
      headers: bearer(emulator.token('secret')),
    });
    assert.equal((await update()).status, 200);
  });

  for (const [why, key, status] of [
    ['255 characters', 'k'.repeat(255), 200],
    ['256 characters', 'k'.repeat(256), 400],
    ['spaces only', '   ', 400],
  ] as const) {
    it(`of ${why}: ${status}`, async () => assert.equal((await create(key, 'name=Ada')).status, status));
  }

  const read = (path: string): Promise<RawAnswer> =>
    rawCall(emulator, { path, headers: { ...bearer(emulator.token('secret')), 'idempotency-key': 'five' } });

  const send = (method: string, path: string, key: string, body?: string): Promise<RawAnswer> =>
    rawCall(emulator, {
      method,
      path,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...bearer(emulator.token('secret')),
        'idempotency-key': key,
        'stripe-version': '2026-10-28.endive',
        ...(path.startsWith('/v2/') ? { 'content-type': 'application/json' } : {}),
      },
    });

  for (const [what, path, body] of [
    ['query', '/v1/customers?expand[]=sources', 'name=Ada'],
    ['path', '/v1/products', 'name=Ada'],
    ['body', '/v1/customers', 'name=Ada&email=a'],
  ] as const) {
    it(`refuse another ${what} under the same key, as they refuse another name`, async () => {
      const key = `differs in ${what}`;
      assert.equal((await send('POST', '/v1/customers', key, 'name=Ada')).status, 200);
      const { status, json } = await send('POST', path, key, body);
      assert.deepEqual([status, json.error.type], [400, 'idempotency_error']);
    });
  }

  it('answer the second DELETE at /v2 as the first, and count for none at /v1', async () => {
    const made = await send('POST', '/v2/core/event_destinations', 'to delete', '{"name":"x"}');
    assert.equal(made.status, 200);
    const path = `/v2/core/event_destinations/${made.json.id}`;
    const first = await send('DELETE', path, 'deleted');
    const again = await send('DELETE', path, 'deleted');
    assert.deepEqual([first.status, again.status, again.headers['idempotent-replayed']], [200, 200, 'true']);
    assert.deepEqual(again.json, first.json);
    assert.equal((await send('DELETE', path, 'another')).status, 404);

    const customer = `/v1/customers/${(await send('POST', '/v1/customers', 'to delete too', 'name=Ada')).json.id}`;
    assert.equal((await send('DELETE', customer, 'deleted too')).status, 200);
    assert.equal((await send('DELETE', customer, 'deleted too')).status, 404);
  });

  it('mean nothing to a GET', async () => {
    assert.equal((await read('/v1/balance')).status, 200);
    assert.equal((await read('/v1/customers')).status, 200);
  });

  it('are forgotten after a day', async () => {
    const first = await create('six', 'name=Ada');
    await emulator.dashboard('POST', '/clock', { advance_seconds: 24 * 3600 + 1 });
    assert.notEqual((await create('six', 'name=Eve')).json.id, first.json.id);
  });
});
