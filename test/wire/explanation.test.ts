import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'mocha';
import { Stripe } from 'stripe';
import { fakeToken } from '../unit/fixtures.ts';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';
import { startSeeded, type Seeded } from './seeded.ts';

describe('the explanation of a failed request', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([{ name: 'secret' }, { name: 'nothing', kind: 'restricted' }]);
  });
  after(() => emulator.stop());

  const linkOf = ({ headers }: RawAnswer): string => String(headers['keysmith-explanation']);
  const failed = (token: string, path = '/v1/customers'): Promise<RawAnswer> =>
    rawCall(emulator, { path, headers: token ? bearer(token) : {} });

  for (const [why, ask, words] of [
    [
      'has no key',
      () => failed(''),
      /Passed: none of the checks\n\nYou did not provide an API key[^]*What helps: Send a key/,
    ],
    [
      'has an unknown key',
      () => failed(fakeToken('sk_test', 99)),
      /Invalid API Key provided: sk_test_\*+[^]*What helps: Use a key of this emulator/,
    ],
    [
      'lacks a permission',
      () => failed(emulator.token('nothing')),
      /^GET \/v1\/customers: 403\nreq_\w+, 20.*\nPassed: key, address, context, version, route\n\nPermission denied\.[^]*'customer_read'[^]*What helps: Grant the key the permission/,
    ],
    [
      'asks for what is not there',
      () => failed(emulator.token('secret'), '/v1/customers/cus_x'),
      /No such customer[^]*What helps: Look at the id/,
    ],
    [
      'asks where nothing is',
      () => failed(emulator.token('secret'), '/v1/nothing'),
      /Unrecognized request URL[^]*What helps: Look at method and path/,
    ],
  ] as const) {
    it(`that ${why} is where its header leads, in plain text, and shows no key`, async () => {
      const response = await fetch(linkOf(await ask()));
      const text = await response.text();
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/plain; charset=utf-8']);
      assert.match(text, words);
      assert.doesNotMatch(text, /(?:sk|rk)_(?:test|live)_[0-9A-Za-z]{5}/);
    });
  }

  it('is reached from an error of the SDK', async () => {
    const stripe = new Stripe(emulator.token('nothing'), {
      host: emulator.host,
      port: emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    const error = await stripe.balance.retrieve().catch((refusal: unknown) => refusal);
    assert.ok(error instanceof Stripe.errors.StripePermissionError);
    const link = error.headers?.['keysmith-explanation'] ?? '';
    assert.match(await (await fetch(link)).text(), /'balance_read'/);
  });

  it('stands beside no answer that succeeded', async () => {
    const answer = await failed(emulator.token('secret'));
    assert.deepEqual([answer.status, answer.headers['keysmith-explanation']], [200, undefined]);
  });

  it('is told to no page, under no other name, and of no other request', async () => {
    const path = new URL(linkOf(await failed(''))).pathname;
    const status = async (headers: Record<string, string>, at = path): Promise<number> => {
      const url = new URL(at, emulator.origin);
      return await new Promise((resolve, reject) => {
        request(url, { headers }, (response) => resolve(response.resume().statusCode ?? 0))
          .on('error', reject)
          .end();
      });
    };
    assert.deepEqual(
      [
        await status({}),
        await status({ 'sec-fetch-site': 'none' }),
        await status({ origin: 'https://evil.example' }),
        await status({ 'sec-fetch-site': 'cross-site' }),
        await status({ host: 'evil.example' }),
        await status({}, '/_requests/req_00000000000000'),
        await status({}, '/_requests/'),
        await status({}, '/_requests/..%2f..%2fkeys'),
      ],
      [200, 200, 404, 404, 404, 404, 404, 404],
    );
  });
});
