import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { Stripe } from 'stripe';
import { fakeToken } from '../unit/fixtures.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';

const account = 'acct_1aTnTtAAB0hHJ26p';

describe('the official Node SDK', () => {
  let emulator: EmulatorProgram;
  let keys: Record<string, string>;

  before(async () => {
    emulator = await startProgram();
    const { json } = await emulator.dashboard('GET', `/keys?account=${account}`);
    const secrets = (json.data as Json[]).filter(({ kind }) => kind === 'secret');
    const revealed = await Promise.all(secrets.map(({ id }) => emulator.dashboard('POST', `/keys/${id}/reveal`)));
    keys = Object.fromEntries(revealed.map(({ json: { key, token } }) => [key.mode, token]));
    keys['publishable'] = (json.data as Json[]).find(
      ({ kind, mode }) => kind === 'publishable' && mode === 'sandbox',
    ).mask;
  });
  after(() => emulator.stop());

  const sdk = (key: string | undefined): Stripe =>
    new Stripe(key ?? '', { host: emulator.host, port: emulator.port, protocol: 'http', maxNetworkRetries: 0 });

  it('creates and retrieves a customer', async () => {
    const stripe = sdk(keys['sandbox']);
    const created = await stripe.customers.create({ name: 'Ada', metadata: { plan: 'gold' } });
    assert.match(created.id, /^cus_[0-9A-Za-z]{14}$/);
    const found = await stripe.customers.retrieve(created.id);
    assert.deepEqual({ ...found, lastResponse: undefined }, { ...created, lastResponse: undefined });
    assert.equal(!found.deleted && found.livemode, false);
    assert.match(found.lastResponse.requestId, /^req_/);
  });

  it('lists customers newest first, page by page', async () => {
    const stripe = sdk(keys['live']);
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) made.unshift((await stripe.customers.create({ name: `n${index}` })).id);
    const listed: string[] = [];
    for await (const customer of stripe.customers.list({ limit: 2 })) listed.push(customer.id);
    assert.deepEqual(listed, made);
  });

  it('does not see the other mode, and is told of the twin', async () => {
    const { id } = await sdk(keys['live']).customers.create({});
    await assert.rejects(sdk(keys['sandbox']).customers.retrieve(id), {
      type: 'StripeInvalidRequestError',
      statusCode: 404,
      code: 'resource_missing',
      message: `No such customer: '${id}'; a similar object exists in live mode, but a test mode key was used to make this request.`,
    });
  });

  it('reads the balance in both modes', async () => {
    assert.equal((await sdk(keys['sandbox']).balance.retrieve()).livemode, false);
    assert.equal((await sdk(keys['live']).balance.retrieve()).livemode, true);
  });

  it('is refused with a wrong key, which the message shows redacted', async () => {
    const wrong = fakeToken('sk_test', 99);
    await assert.rejects(sdk(wrong).balance.retrieve(), (error: Json) => {
      assert.equal(error.type, 'StripeAuthenticationError');
      assert.equal(error.statusCode, 401);
      assert.equal(error.message, `Invalid API Key provided: sk_test_${'*'.repeat(95)}${wrong.slice(-4)}`);
      return true;
    });
  });

  it('is refused with a publishable key', async () => {
    await assert.rejects(sdk(keys['publishable']).customers.list(), {
      type: 'StripeAuthenticationError',
      code: 'secret_key_required',
    });
  });

  it('is refused with a deleted key', async () => {
    const { json } = await emulator.dashboard('GET', `/keys?account=${account}&mode=live`);
    const key = (json.data as Json[]).find(({ kind }) => kind === 'secret');
    assert.equal((await emulator.dashboard('DELETE', `/keys/${key.id}`)).status, 200);
    await assert.rejects(sdk(keys['live']).balance.retrieve(), {
      type: 'StripeAuthenticationError',
      statusCode: 401,
      code: 'api_key_expired',
      message: `Expired API Key provided: sk_live_${'*'.repeat(93)}${keys['live']?.slice(-6)}`,
    });
  });

  it('is told of a path Stripe does not have', async () => {
    await assert.rejects(sdk(keys['sandbox']).rawRequest('GET', '/v1/nothing'), {
      type: 'StripeInvalidRequestError',
      statusCode: 404,
      message: /^Unrecognized request URL \(GET: \/v1\/nothing\)\./,
    });
  });
});

describe('no key at all', () => {
  it('is answered with Stripe’s words and a challenge', async () => {
    const emulator = await startProgram();
    const response = await fetch(`${emulator.origin}/v1/balance`);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('www-authenticate'), 'Basic realm="Stripe"');
    const { error } = (await response.json()) as Json;
    assert.deepEqual(Object.keys(error), ['message', 'type']);
    assert.match(error.message, /^You did not provide an API key\./);
    await emulator.stop();
  });
});
