import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import type { LoggedRequest } from '../../../src/requests/loggedRequest.ts';
import { asSdkCode } from '../../../src/requests/sdkCode.ts';
import { aRequest } from './aRequest.ts';

const origin = 'http://127.0.0.1:12181';

/** The call alone, once Node has read the program. */
function call(over: Partial<LoggedRequest>): string {
  const code = asSdkCode(aRequest({ query: '', context: undefined, requestBody: '', ...over }), origin);
  execFileSync(process.execPath, ['--check', '--input-type=module', '-'], { input: code });
  return /await (.*)\);\n$/s.exec(code)?.[1] ?? '';
}

describe('a request as SDK code', () => {
  it('says where it goes, and takes the key from the environment', () => {
    const code = asSdkCode(aRequest(), 'https://localhost');
    assert.match(
      code,
      /new Stripe\(process\.env\.STRIPE_API_KEY, \{\n\s+protocol: 'https',\n\s+host: 'localhost',\n\s+port: 443,/,
    );
  });

  for (const [what, request, expected] of [
    ['the method for its endpoint', { path: '/v1/balance' }, `stripe.balance.retrieve()`],
    ['an id', { path: '/v1/customers/cus_1' }, `stripe.customers.retrieve('cus_1')`],
    ['an encoded id', { path: '/v1/coupons/50%25%20off' }, `stripe.coupons.retrieve('50% off')`],
    ['the path that says most', { path: '/v1/customers/search' }, `stripe.customers.search()`],
    [
      'an action',
      { method: 'POST', path: '/v1/payment_intents/pi_1/capture' },
      `stripe.paymentIntents.capture('pi_1')`,
    ],
    ['a query', { path: '/v1/customers', query: 'limit=3' }, `stripe.customers.list({\n  limit: 3,\n})`],
    [
      'nested fields, lists, numbers and truth',
      {
        method: 'POST',
        path: '/v1/checkout/sessions',
        requestBody:
          'line_items[0][price]=price_1&line_items[0][quantity]=2&allow_promotion_codes=true&metadata[a-b]=007',
      },
      `stripe.checkout.sessions.create({\n  line_items: [\n    {\n      price: 'price_1',\n      quantity: 2,\n    },\n  ],\n  allow_promotion_codes: true,\n  metadata: {\n    'a-b': '007',\n  },\n})`,
    ],
    [
      'an account to act for',
      { path: '/v1/customers/cus_1', context: 'acct_2' },
      `stripe.customers.retrieve('cus_1', {}, {\n  stripeContext: 'acct_2',\n})`,
    ],
    [
      'JSON',
      { method: 'POST', path: '/v2/core/event_destinations', requestBody: '{"name":"x","enabled_events":["a"]}' },
      `stripe.v2.core.eventDestinations.create({\n  name: 'x',\n  enabled_events: [\n    'a',\n  ],\n})`,
    ],
    [
      'a path that the SDK has no method for',
      { method: 'POST', path: '/v1/nothing', query: 'a=1', requestBody: 'b=2' },
      `stripe.rawRequest('POST', '/v1/nothing?a=1', {\n  b: 2,\n})`,
    ],
    [
      'a body that was cut',
      { method: 'POST', path: '/v2/core/event_destinations', requestBody: '{"name":"x…' },
      `stripe.v2.core.eventDestinations.create()`,
    ],
    [
      'what JavaScript would read otherwise',
      { method: 'POST', path: '/v1/customers', requestBody: `name=O'Neil%5C%22%0A&metadata[__proto__]=x` },
      `stripe.customers.create({\n  name: 'O\\'Neil\\\\"\\n',\n})`,
    ],
  ] as const) {
    it(`has ${what}`, () => assert.equal(call(request), expected));
  }
});
