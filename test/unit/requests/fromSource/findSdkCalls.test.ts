import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findSdkCalls } from '../../../../src/requests/fromSource/findSdkCalls.ts';

const lib = ['str', 'ipe'].join('');
const named = (text: string): string[] => findSdkCalls(text).map(({ call }) => call.name);

describe('calls of the SDKs in source', () => {
  for (const [language, text, expected] of [
    [
      'Node',
      `import Stripe from '${lib}';\nconst api = new Stripe(key);\nawait api.customers.create({});\nawait api.checkout.sessions\n  .create({});`,
      ['customers.create', 'checkout.sessions.create'],
    ],
    ['Node, required', `const s = require('${lib}')(key);\ns.paymentIntents.capture(id)`, ['paymentIntents.capture']],
    ['TypeScript', 'async function f(stripe: Stripe) { return stripe.refunds.create({}) }', ['refunds.create']],
    [
      'a field of a class',
      'class A { f() { return this.stripe.billingPortal.sessions.create() } }',
      ['billingPortal.sessions.create'],
    ],
    [
      'Python, classes',
      'import stripe\nstripe.Customer.modify("cus", name="x")\nstripe.checkout.Session.create()',
      ['customers.update', 'checkout.sessions.create'],
    ],
    [
      'Python, a client',
      'from stripe import StripeClient\nc = StripeClient(k)\nc.v1.payment_intents.retrieve(i)\nc.customers.list()',
      ['paymentIntents.retrieve', 'customers.list'],
    ],
    [
      'Ruby',
      'Stripe::Customer.create(email: x)\nStripe::Checkout::Session.retrieve(id)',
      ['customers.create', 'checkout.sessions.retrieve'],
    ],
    [
      'Ruby, a client',
      'client = Stripe::StripeClient.new(key)\nclient.v1.subscriptions.cancel(id)',
      ['subscriptions.cancel'],
    ],
    [
      'PHP',
      '<?php $stripe = new \\Stripe\\StripeClient($k);\n$stripe->customers->all([]);\n\\Stripe\\Refund::create([]);',
      ['customers.list', 'refunds.create'],
    ],
    ['PHP, imported', '<?php use Stripe\\Customer;\nCustomer::retrieve($id);', ['customers.retrieve']],
    [
      'Go',
      'import "github.com/stripe/stripe-go/v82/customer"\nfunc f() { customer.New(p); customer.Get(id, nil) }',
      ['customers.create', 'customers.retrieve'],
    ],
    ['Go, a client', 'sc := stripe.NewClient(key)\nsc.V1PaymentIntents.Create(ctx, p)', ['paymentIntents.create']],
    ['Java', 'import com.stripe.model.Customer;\nCustomer.create(params);', ['customers.create']],
    [
      'Java, a client',
      'StripeClient client = new StripeClient(k);\nclient.v1().customers().create(p);',
      ['customers.create'],
    ],
    [
      '.NET',
      'using Stripe;\nvar service = new CustomerService();\nawait service.CreateAsync(o);',
      ['customers.create'],
    ],
    ['.NET, a namespace', 'var s = new Stripe.Checkout.SessionService();\ns.Create(o);', ['checkout.sessions.create']],
  ] as const) {
    it(language, () => assert.deepEqual(named(text), expected));
  }

  for (const [why, text] of [
    ['a program that has nothing to do with it', 'db.customers.create({})'],
    [
      'another library in a program that has',
      `import Stripe from '${lib}'; db.customers.create({}); orm.products.list()`,
    ],
    ['methods there are not', 'stripe.customers.frobnicate()'],
    ['the constructor itself', 'const stripe = new Stripe(key)'],
  ] as const) {
    it(`not ${why}`, () => assert.deepEqual(named(text), []));
  }

  it('with their lines', () => {
    const text = `const stripe = require('${lib}')(key);\n\nstripe.balance.retrieve();\nstripe.charges.list()`;
    assert.deepEqual(
      findSdkCalls(text).map(({ line, call }) => [line, call.permission]),
      [
        [3, 'balance_read'],
        [4, 'charge_read'],
      ],
    );
  });
});
