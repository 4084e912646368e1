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
    [
      'Node, pages',
      `const stripe = require('${lib}')(key);\nstripe.customers.list().autoPagingToArray()`,
      ['customers.list'],
    ],
    [
      'TypeScript, a client that is given',
      'class A { constructor(private api: Stripe) {} f() { this.api.charges.list() } }',
      ['charges.list'],
    ],
    [
      'Python, pages and waiting',
      'import stripe\nfor c in stripe.Customer.list().auto_paging_iter(): pass\nawait stripe.Refund.create_async()',
      ['customers.list', 'refunds.create'],
    ],
    [
      'Python, several imported',
      'from stripe import (\n  Customer,\n  Charge as C,\n)\nfrom stripe.checkout import Session\nCustomer.create()\nC.capture(i)\nSession.create()',
      ['customers.create', 'charges.capture', 'checkout.sessions.create'],
    ],
    [
      'Python, a client that is given',
      'def f(client: stripe.StripeClient): client.v1.invoices.list()',
      ['invoices.list'],
    ],
    [
      'PHP, several imported',
      '<?php use Stripe\\{Customer, Charge as C};\nuse Stripe\\Checkout\\Session as S;\nCustomer::all(); C::create(); S::create();',
      ['customers.list', 'charges.create', 'checkout.sessions.create'],
    ],
    [
      'PHP, a client that is given',
      '<?php function f(StripeClient $c) { $c->refunds->create([]); }',
      ['refunds.create'],
    ],
    [
      'Go, under other names',
      'import (\n  portal "github.com/stripe/stripe-go/v82/billingportal/session"\n  "github.com/stripe/stripe-go/v82/checkout/session"\n)\nfunc f() { portal.New(p); session.New(p) }',
      ['billingPortal.sessions.create', 'checkout.sessions.create'],
    ],
    [
      'Go, a client that is given',
      'func f(sc *stripe.Client) { sc.V1CheckoutSessions.Retrieve(ctx, id, nil) }',
      ['checkout.sessions.retrieve'],
    ],
    [
      'Java, everything imported',
      'import com.stripe.model.*;\nPaymentIntent.retrieve(i); list.of(x)',
      ['paymentIntents.retrieve'],
    ],
    ['Java, a client that is given', 'void f(StripeClient c) { c.v1().refunds().create(p); }', ['refunds.create']],
    ['Kotlin', 'import com.stripe.model.checkout.Session as S\nS.create(p)', ['checkout.sessions.create']],
    ['.NET, at once', 'using Stripe;\nnew RefundService().Create(o);', ['refunds.create']],
    [
      '.NET, a service that is given',
      'using Stripe;\nclass A(CustomerService customers) { void F() { customers.List(); } }',
      ['customers.list'],
    ],
  ] as const) {
    it(language, () => assert.deepEqual(named(text), expected));
  }

  it('Ruby without parentheses', () => {
    const text =
      "Stripe::Customer.create email: 'x'\nStripe::Customer.list.auto_paging_each { |c| p c }\nrescue Stripe::CardError\nclient = Stripe::StripeClient.new k\nclient.v1.products.list\n";
    assert.deepEqual(
      findSdkCalls(text, 'app/pay.rb').map(({ call, line }) => [call.name, line]),
      [
        ['customers.create', 1],
        ['customers.list', 2],
        ['products.list', 5],
      ],
    );
  });

  for (const [why, text] of [
    ['a program that has nothing to do with it', 'db.customers.create({})'],
    [
      'another library in a program that has',
      `import Stripe from '${lib}'; db.customers.create({}); orm.products.list()`,
    ],
    ['what a test pretends', 'stripe.customers.create.mockResolvedValue({})'],
    ['methods there are not', 'stripe.customers.frobnicate()'],
    ['the constructor itself', 'const stripe = new Stripe(key)'],
  ] as const) {
    it(`not ${why}`, () => assert.deepEqual(named(text), []));
  }

  for (const unit of [
    'a',
    'a.',
    'a\n.',
    '$a->',
    'a ',
    'a( ',
    `${lib}.a()`,
    'new ',
    `use S${lib.slice(1)}\\{`,
    `from ${lib} import (`,
  ]) {
    it(`in a time that grows with the text: ${JSON.stringify(unit)}`, () => {
      const work = (size: number): number => {
        const text = `${lib} ${unit.repeat(size / unit.length)}`;
        const started = performance.now();
        findSdkCalls(text);
        return performance.now() - started;
      };
      const least = (size: number): number => Math.min(...[1, 2, 3].map(() => work(size)));
      const [short, long] = [least(20_000), least(320_000)];
      assert.ok(long < Math.max(short, 4) * 80, `${short} ms, then ${long} ms`);
    });
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
