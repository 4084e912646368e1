import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { Stripe } from 'stripe';
import type { Json } from './emulatorProgram.ts';
import { accounts, startSeeded, type Seeded } from './seeded.ts';

describe('objects, through the official SDK', () => {
  let emulator: Seeded;
  let sandbox: Stripe;
  let live: Stripe;
  before(async () => {
    emulator = await startSeeded([{ name: 'secret' }, { name: 'live', mode: 'live' }]);
    const sdk = (name: string): Stripe =>
      new Stripe(emulator.token(name), {
        host: emulator.host,
        port: emulator.port,
        protocol: 'http',
        maxNetworkRetries: 0,
      });
    [sandbox, live] = [sdk('secret'), sdk('live')];
  });
  after(() => emulator.stop());

  it('gives ids of the right prefix', async () => {
    const made: Json[] = [
      await sandbox.customers.create(),
      await sandbox.products.create({ name: 'Book' }),
      await sandbox.prices.create({ currency: 'usd', unit_amount: 500 }),
      await sandbox.paymentIntents.create({ amount: 500, currency: 'usd' }),
      await sandbox.checkout.sessions.create({ mode: 'payment' }),
      await live.checkout.sessions.create({ mode: 'payment' }),
      await sandbox.webhookEndpoints.create({ url: 'https://example.com', enabled_events: ['*'] }),
    ];
    assert.deepEqual(
      made.map(({ id }) => /^[a-z]+_(?:test_|live_)?/.exec(id)?.[0]),
      ['cus_', 'prod_', 'price_', 'pi_', 'cs_test_', 'cs_live_', 'we_'],
    );
  });

  it('keeps numbers and booleans as such, metadata as texts', async () => {
    const intent = await sandbox.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      off_session: true,
      confirm: false,
      metadata: { count: 5 },
    });
    const found: Json = await sandbox.paymentIntents.retrieve(intent.id);
    assert.deepEqual([found.amount, found.livemode, found.metadata], [500, false, { count: '5' }]);
    assert.match(found.client_secret, new RegExp(`^${intent.id}_secret_`));
  });

  it('updates, and merges metadata', async () => {
    const { id } = await sandbox.customers.create({ name: 'Ada', metadata: { a: '1', b: '2' } });
    const changed = await sandbox.customers.update(id, { email: 'ada@example.com', metadata: { b: '', c: '3' } });
    assert.deepEqual([changed.name, changed.email, changed.metadata], ['Ada', 'ada@example.com', { a: '1', c: '3' }]);
  });

  it('deletes', async () => {
    const { id } = await sandbox.products.create({ name: 'Book' });
    assert.deepEqual((({ id: gone, object, deleted }) => ({ gone, object, deleted }))(await sandbox.products.del(id)), {
      gone: id,
      object: 'product',
      deleted: true,
    });
    await assert.rejects(sandbox.products.retrieve(id), { statusCode: 404, code: 'resource_missing' });
  });

  const ids = async (parameters: Stripe.CouponListParams): Promise<[string[], boolean]> => {
    const { data, has_more: more } = await live.coupons.list(parameters);
    return [data.map(({ id }) => id), more];
  };

  it('lists newest first, with limit, cursors in both directions, and all pages', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1)
      made.unshift((await live.coupons.create({ id: `c${index}`, percent_off: 10 })).id);
    assert.deepEqual(await ids({ limit: 3 }), [made.slice(0, 3), true]);
    assert.deepEqual(await ids({ limit: 3, starting_after: made[2] ?? '' }), [made.slice(3, 6), true]);
    assert.deepEqual(await ids({ limit: 3, starting_after: made[5] ?? '' }), [made.slice(6), false]);
    assert.deepEqual(await ids({ limit: 2, ending_before: made[4] ?? '' }), [made.slice(2, 4), true]);
    const all: string[] = [];
    for await (const coupon of live.coupons.list({ limit: 2 })) all.push(coupon.id);
    assert.deepEqual(all, made);
  });

  for (const [why, parameters] of [
    ['a limit of nought', { limit: 0 }],
    ['a limit over a hundred', { limit: 101 }],
    ['a cursor that names nothing', { starting_after: 'cus_none' }],
    ['both cursors', { starting_after: 'cus_none', ending_before: 'cus_none' }],
  ] as const) {
    it(`refuses ${why}`, async () => assert.rejects(sandbox.customers.list(parameters), { statusCode: 400 }));
  }

  it('takes a chosen id once', async () => {
    await sandbox.coupons.create({ id: 'TWICE', percent_off: 10 });
    await assert.rejects(sandbox.coupons.create({ id: 'TWICE', percent_off: 10 }), {
      statusCode: 400,
      code: 'resource_already_exists',
    });
  });

  it('hides each mode from the other, and hints at the twin', async () => {
    const [here, there] = [await sandbox.customers.create(), await live.customers.create()];
    await assert.rejects(live.customers.retrieve(here.id), {
      message: `No such customer: '${here.id}'; a similar object exists in test mode, but a live mode key was used to make this request.`,
    });
    await assert.rejects(sandbox.customers.retrieve(there.id), {
      message: `No such customer: '${there.id}'; a similar object exists in live mode, but a test mode key was used to make this request.`,
    });
    await assert.rejects(sandbox.customers.retrieve('cus_none'), {
      statusCode: 404,
      param: 'id',
      message: "No such customer: 'cus_none'",
    });
  });

  it('hides each account from the other', async () => {
    const { id } = await sandbox.customers.create({}, { stripeAccount: accounts.connected });
    assert.equal((await sandbox.customers.retrieve(id, {}, { stripeAccount: accounts.connected })).id, id);
    await assert.rejects(sandbox.customers.retrieve(id), { statusCode: 404 });
  });

  it('answers actions with the object they change', async () => {
    const intent = await sandbox.paymentIntents.create({ amount: 5, currency: 'usd', capture_method: 'manual' });
    assert.equal((await sandbox.paymentIntents.confirm(intent.id)).status, 'requires_capture');
    assert.equal((await sandbox.paymentIntents.capture(intent.id)).status, 'succeeded');
    const invoice = await sandbox.invoices.create({});
    assert.equal(invoice.status, 'draft');
    assert.equal((await sandbox.invoices.finalizeInvoice(invoice.id)).status, 'open');
    assert.equal((await sandbox.invoices.pay(invoice.id)).status, 'paid');
    const subscription = await sandbox.subscriptions.create({ customer: 'cus_1' });
    assert.equal((await sandbox.subscriptions.cancel(subscription.id)).status, 'canceled');
  });

  it('puts nested objects into what their path names', async () => {
    const [one, other] = [await sandbox.customers.create(), await sandbox.customers.create()];
    const tax = await sandbox.customers.createTaxId(one.id, { type: 'eu_vat', value: 'DE1' });
    assert.deepEqual(
      (await sandbox.customers.listTaxIds(one.id)).data.map(({ id }) => id),
      [tax.id],
    );
    assert.deepEqual((await sandbox.customers.listTaxIds(other.id)).data, []);
    await assert.rejects(sandbox.customers.createTaxId('cus_none', { type: 'eu_vat', value: 'DE1' }), {
      statusCode: 404,
    });
  });

  it('says loudly what it does not emulate, by the SDK’s name', async () => {
    await assert.rejects(sandbox.customers.search({ query: "name:'Ada'" }), {
      statusCode: 501,
      message: /does not emulate GET \/v1\/customers\/search \(customers\.search\)/,
    });
  });

  it('knows its account, the connected ones, and connects a new one', async () => {
    assert.equal((await sandbox.accounts.retrieveCurrent()).id, accounts.platform);
    const made = await sandbox.accounts.create({ business_profile: { name: 'New shop' } });
    assert.ok((await sandbox.accounts.list()).data.some(({ id }) => id === made.id));
    assert.equal((await sandbox.balance.retrieve({}, { stripeAccount: made.id })).object, 'balance');
  });
});
