import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { Stripe } from 'stripe';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';
import { bearer, rawCall } from './rawCall.ts';

const card = { number: '4242424242424242', exp_month: 8, exp_year: 2030, cvc: '9x7k1' };
const debit = '4000056655665556';
const account = '000123456789';
const iban = 'DE89370400440532013000';
const identity = '805317294';
const ssnEnd = '6z9q4';
/** Nothing that the emulator keeps or answers may hold these. */
const secrets = [card.number, card.cvc, debit, account, iban, identity, ssnEnd, '0044053201', '4242 4242 4242 4242'];

describe('payment details, sent by the official SDK', () => {
  let data = '';
  let emulator: EmulatorProgram;
  let own = '';
  let token = '';
  let stripe: Stripe;
  const answers: string[] = [];
  /** The answer to a request, kept for the search at the end. */
  const made = async (sending: Promise<unknown>): Promise<Json> => {
    const answer: Json = await sending;
    answers.push(JSON.stringify(answer));
    return answer;
  };

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-cards-'));
    emulator = await startProgram(['--data', data]);
    const { json } = await emulator.dashboard('GET', '/keys?mode=sandbox');
    const key = json.data.find(({ kind, account: owner }: Json) => kind === 'secret' && owner);
    own = key.account;
    ({ token } = (await emulator.dashboard('POST', `/keys/${key.id}/reveal`)).json);
    stripe = new Stripe(token, { host: emulator.host, port: emulator.port, protocol: 'http', maxNetworkRetries: 0 });
  });
  after(async () => {
    await emulator.stop();
    rmSync(data, { recursive: true });
  });

  it('leaves of a card what Stripe keeps', async () => {
    const method = await made(stripe.paymentMethods.create({ type: 'card', card }));
    const { fingerprint, ...kept } = method.card;
    assert.deepEqual(kept, {
      brand: 'visa',
      country: 'US',
      funding: 'credit',
      last4: '4242',
      exp_month: 8,
      exp_year: 2030,
    });
    assert.match(fingerprint, /^\w{16}$/);
    const again = await made(
      stripe.paymentMethods.create({ type: 'card', card: { ...card, number: '4242 4242 4242 4242' } }),
    );
    assert.equal(again.card.fingerprint, fingerprint);
    const other = await made(stripe.paymentMethods.create({ type: 'card', card: { ...card, number: debit } }));
    assert.notEqual(other.card.fingerprint, fingerprint);
    assert.deepEqual([other.card.funding, other.card.last4], ['debit', '5556']);
    assert.deepEqual((await made(stripe.paymentMethods.retrieve(method.id))).card, method.card);
  });

  for (const [number, brand] of [
    ['5555555555554444', 'mastercard'],
    ['2223003122003222', 'mastercard'],
    ['378282246310005', 'amex'],
    ['6011111111111117', 'discover'],
    ['3056930009020004', 'diners'],
    ['3566002020360505', 'jcb'],
    ['6200000000000005', 'unionpay'],
    ['9999999999999999', 'unknown'],
  ] as const) {
    it(`tells by ${number.slice(0, 4)}… that a card is ${brand}`, async () => {
      const answer = await made(stripe.paymentMethods.create({ type: 'card', card: { ...card, number } }));
      assert.deepEqual(
        [answer.card.brand, answer.card.last4, 'number' in answer.card],
        [brand, number.slice(-4), false],
      );
    });
  }

  it('makes tokens that say what they stand for, and cards and bank accounts of them', async () => {
    const forCard = await made(stripe.tokens.create({ card: { ...card, exp_month: '8', exp_year: '2030' } }));
    assert.deepEqual(
      [forCard.type, forCard.card.last4, forCard.card.object, forCard.used],
      ['card', '4242', 'card', false],
    );
    const bank = {
      country: 'US',
      currency: 'usd',
      account_number: account,
      routing_number: '110000000',
      account_holder_name: 'Ada',
    };
    const forBank = await made(stripe.tokens.create({ bank_account: bank }));
    assert.deepEqual(
      [
        forBank.type,
        forBank.bank_account.last4,
        forBank.bank_account.routing_number,
        'account_number' in forBank.bank_account,
      ],
      ['bank_account', '6789', '110000000', false],
    );
    const forPerson = await made(stripe.tokens.create({ pii: { id_number: identity } }));
    assert.deepEqual([forPerson.type, 'pii' in forPerson], ['pii', false]);
    await made(stripe.tokens.create({ cvc_update: { cvc: card.cvc } }));
    const customer = await made(stripe.customers.create({ name: 'Ada' }));
    const source = await made(stripe.customers.createSource(customer.id, { source: forCard.id }));
    assert.deepEqual([source.object, source.last4, source.customer], ['card', '4242', customer.id]);
    const external = await made(stripe.accounts.createExternalAccount(own, { external_account: forBank.id }));
    assert.deepEqual(
      [external.object, external.last4, external.fingerprint],
      ['bank_account', '6789', forBank.bank_account.fingerprint],
    );
    assert.equal((await made(stripe.accounts.retrieveExternalAccount(own, external.id))).last4, '6789');
  });

  it('keeps no number of cards and accounts that are attached as they are', async () => {
    const customer = await made(stripe.customers.create({ source: { object: 'card', ...card } } as never));
    assert.deepEqual([customer.source.last4, customer.source.number], ['4242', undefined]);
    const source = await made(
      stripe.customers.createSource(customer.id, { source: { object: 'card', ...card } } as never),
    );
    assert.deepEqual([source.object, source.brand, source.exp_year], ['card', 'visa', 2030]);
    const bank = {
      object: 'bank_account',
      country: 'US',
      currency: 'usd',
      account_number: account,
      routing_number: '110000000',
    };
    const external = await made(stripe.accounts.createExternalAccount(own, { external_account: bank } as never));
    assert.deepEqual([external.object, external.last4], ['bank_account', '6789']);
  });

  it('keeps no number in sources, intents and other kinds of accounts', async () => {
    const sepa = await made(stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit: { iban } }));
    assert.deepEqual([sepa.sepa_debit.country, sepa.sepa_debit.last4], ['DE', '3000']);
    await made(
      stripe.paymentMethods.create({
        type: 'us_bank_account',
        us_bank_account: { account_number: account, routing_number: '110000000', account_holder_type: 'individual' },
      }),
    );
    await made(stripe.sources.create({ type: 'card', card } as never));
    await made(stripe.sources.create({ type: 'sepa_debit', sepa_debit: { iban } } as never));
    const intent = await made(
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        payment_method_data: { type: 'card', card },
      } as never),
    );
    assert.equal(intent.payment_method_data.card.last4, '4242');
    await made(stripe.paymentIntents.update(intent.id, { payment_method_data: { type: 'card', card } } as never));
    await made(
      stripe.paymentIntents.confirm(intent.id, {
        payment_method_data: { type: 'card', card },
        payment_method_options: { card: { cvc_token: 'cvctok_1' } },
      } as never),
    );
    await made(stripe.charges.create({ amount: 500, currency: 'usd', source: { object: 'card', ...card } } as never));
  });

  it('says of numbers that identify somebody only that they were given', async () => {
    const person = await made(
      stripe.accounts.createPerson(own, { first_name: 'Ada', id_number: identity, ssn_last_4: ssnEnd }),
    );
    assert.deepEqual([person.id_number_provided, person.ssn_last_4_provided, person.first_name], [true, true, 'Ada']);
    const changed = await made(stripe.accounts.updatePerson(own, person.id, { id_number: identity }));
    assert.deepEqual([changed.id_number_provided, 'id_number' in changed], [true, false]);
  });

  it('does the same in v2', async () => {
    const made2 = async (path: string, body: unknown): Promise<Json> => {
      const { status, json } = await rawCall(emulator, {
        method: 'POST',
        path,
        headers: { ...bearer(token), 'stripe-version': '2026-10-28.endive', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      answers.push(JSON.stringify(json));
      assert.equal(status, 200, JSON.stringify(json));
      return json;
    };
    const created = await made2('/v2/core/accounts', {
      contact_email: 'ada@example.com',
      identity: { individual: { given_name: 'Ada', id_numbers: [{ type: 'us_ssn', value: identity }] } },
    });
    assert.deepEqual(created.identity.individual, { given_name: 'Ada', id_numbers: [{ type: 'us_ssn' }] });
    const person = await made2(`/v2/core/accounts/${created.id}/persons`, {
      id_numbers: [{ type: 'us_ssn', value: identity }],
    });
    assert.deepEqual(person.id_numbers, [{ type: 'us_ssn' }]);
    const vaulted = await made2('/v2/core/vault/us_bank_accounts', {
      account_number: Number(`1${account}`),
      routing_number: '110000000',
    });
    assert.deepEqual([vaulted.last4, vaulted.routing_number, vaulted.account_number], ['6789', '110000000', undefined]);
  });

  it('keeps what only looks like one', async () => {
    const answer = await made(
      stripe.customers.create({ metadata: { number: '202600000001', order: '42' }, phone: '+15555550123' }),
    );
    assert.deepEqual([answer.metadata.number, answer.phone], ['202600000001', '+15555550123']);
    const invoice = await made(stripe.invoices.create({ number: 'INV-2026-000001' }));
    assert.equal(invoice.number, 'INV-2026-000001');
  });

  it('gives the same answer to the same request, by its idempotency key, and keeps no number for that', async () => {
    const options = { idempotencyKey: 'card-once' };
    const first = await made(stripe.paymentMethods.create({ type: 'card', card }, options));
    assert.equal((await made(stripe.paymentMethods.create({ type: 'card', card }, options))).id, first.id);
    await assert.rejects(stripe.paymentMethods.create({ type: 'card', card: { ...card, number: debit } }, options), {
      type: 'StripeIdempotencyError',
    });
  });

  it('keeps no number of what is refused: files, unknown paths, foreign keys, bodies that do not parse', async () => {
    const sent = {
      file: {
        data: Buffer.from(`number,cvc\n${card.number},${card.cvc}`),
        name: `${card.number}.csv`,
        type: 'text/csv',
      },
      purpose: 'dispute_evidence',
    } as const;
    await assert.rejects(stripe.files.create(sent), { statusCode: 501 });
    const boundary = 'Boundary7MA';
    const part = (name: string, value: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const form = `${part('card[number]', card.number)}${part('card[cvc]', card.cvc)}${part('note', identity)}`;
    const type = `multipart/form-data; boundary=${boundary}`;
    for (const [path, headers, body] of [
      ['/v1/files', { 'content-type': type }, `${part('card[cvc]', card.cvc)}--${boundary}--\r\n`],
      ['/v1/files', { 'content-type': type }, part('card[cvc]', card.cvc)],
      ['/v1/files', { 'content-type': 'multipart/form-data' }, form],
      ['/v1/payment_methods', { 'content-type': 'application/json' }, JSON.stringify({ card })],
      ['/v1/payment_methods', { 'content-type': 'text/plain' }, `<card><cvc>${card.cvc}</cvc></card>`],
      ['/v1/payment_methods', {}, `card[number=${card.number}&card[cvc]=${card.cvc}`],
      [`/v1/payment_methods/${card.number}`, {}, ''],
      [`/v1/none?card[cvc]=${card.cvc}&a=${encodeURIComponent('4242 4242 4242 4242')}`, {}, ''],
    ] as const) {
      const { json } = await rawCall(emulator, {
        method: 'POST',
        path,
        headers: { ...bearer(token), ...headers },
        body,
      });
      if (!path.includes(card.number)) answers.push(JSON.stringify(json));
    }
    const { data: logged } = (await emulator.dashboard('GET', '/requests?limit=9')).json;
    const file = logged.find(({ request_body: body }: Json) => decodeURIComponent(body).includes('[file'));
    assert.match(decodeURIComponent(file.request_body), /purpose=dispute_evidence/);
    assert.match(decodeURIComponent(file.request_body), /file=\[file .*text\/csv, \d+ bytes\]/);
  });

  it('holds nothing of them in any answer, in the log, or in any file, byte for byte, while it runs and after', async () => {
    for (const list of ['/v1/payment_methods', '/v1/customers', '/v1/payment_intents', '/v1/charges'])
      answers.push(
        JSON.stringify((await rawCall(emulator, { path: `${list}?limit=100`, headers: bearer(token) })).json),
      );
    answers.push(JSON.stringify((await emulator.dashboard('GET', '/requests?limit=1000')).json));
    const found = (): string[] =>
      readdirSync(data).flatMap((name) => {
        const bytes = readFileSync(join(data, name));
        return secrets.filter((secret) => bytes.includes(secret)).map((secret) => `${name}: ${secret}`);
      });
    assert.ok(readdirSync(data).includes('requests.db'));
    assert.deepEqual(
      answers.flatMap((text) => secrets.filter((secret) => text.includes(secret))),
      [],
    );
    assert.deepEqual(found(), []);
    await emulator.stop();
    assert.deepEqual(found(), []);
  });
});
