import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { permissionCatalogue, wireOnlyPermissions } from '../../src/domain/permissionCatalogue.ts';
import { expand, helpfulPermission, isKnownPermission, wirePermissionLabel } from '../../src/domain/permissions.ts';
import { routeTable } from '../../src/emulator/routing/routes.ts';
import type { Route } from '../../src/emulator/routing/routeTable.ts';
import { callRoute, letIn, offenders } from './everyRoute.ts';
import { assertRefused } from './refusals.ts';
import { accounts, startSeeded, type Seeded, type SeededKey } from './seeded.ts';

const namesOf = (resources: typeof permissionCatalogue | typeof wireOnlyPermissions): string[] =>
  resources.flatMap(({ resource, levels }) => levels.map((level) => `${resource}_${level}`));
const catalogue = namesOf(permissionCatalogue);
const everything = [...catalogue, ...namesOf(wireOnlyPermissions)];

const shut = routeTable.routes.filter(({ unavailable }) => unavailable);
const open = routeTable.routes.filter(({ unavailable }) => !unavailable);
/** What a person would have to add for a route. */
const helpOf = ({ permission }: Route): string => helpfulPermission(permission) ?? permission;
const others = (permission: string): string[] => everything.filter((name) => !expand([name]).has(permission));
const known = (routes: readonly Route[], nameOf: (route: Route) => string): Route[] =>
  routes.filter((route) => isKnownPermission(nameOf(route)));
const reading = ({ permission }: Route): string => permission.replace(/_write$/, '_read');
const writing = ({ permission }: Route): string => permission.replace(/_read$/, '_write');

const restricted = (name: string, permissions: readonly string[], connected: readonly string[] = []): SeededKey => ({
  name,
  kind: 'restricted',
  permissions,
  connect_permissions: connected,
});

/** Every address the API answers, with restricted keys that have just what it needs, less, other, and everything. */
describe('the permission of every route', () => {
  const needed = [...new Set(open.map(({ permission }) => permission))];
  let emulator: Seeded;

  before(async () => {
    emulator = await startSeeded([
      { name: 'secret' },
      restricted('nothing', []),
      restricted('everything', everything),
      restricted('only for others', [], everything),
      restricted('little for others', everything, ['user_email_read']),
      ...everything.map((name) => restricted(name, [name])),
      ...needed.map((name) => restricted(`all but ${name}`, others(name))),
    ]);
  });
  after(() => emulator.stop());

  const refusedBy = (key: string) => async (route: Route) => {
    const helpful = helpOf(route);
    const words = `Enabling "${wirePermissionLabel(helpful)}" ('${helpful}')`;
    assertRefused(await callRoute(emulator, route, key), 'permission', words, accounts.platform);
  };
  const openTo =
    (keyFor: (route: Route) => string, headers = {}) =>
    async (route: Route) => {
      const answer = await callRoute(emulator, route, keyFor(route), headers);
      assert.ok(letIn(answer), answer.json?.error?.message);
    };
  const connected = { 'stripe-account': accounts.connected };

  for (const [what, routes, check] of [
    ['lets in who has it, and nothing else', open, openTo(helpOf)],
    ['refuses who has nothing, and names what would help', open, refusedBy('nothing')],
    [
      'refuses who has everything else, and names what would help',
      open,
      (route: Route) => refusedBy(`all but ${route.permission}`)(route),
    ],
    [
      'refuses to write who may only read',
      known(
        open.filter(({ permission }) => permission.endsWith('_write')),
        reading,
      ),
      (route: Route) => refusedBy(reading(route))(route),
    ],
    [
      'lets read who may write',
      known(
        open.filter(({ permission }) => permission.endsWith('_read')),
        writing,
      ),
      openTo(writing),
    ],
    ['lets in who has everything', open, openTo(() => 'everything')],
    [
      'refuses everyone restricted what none of them may do',
      shut,
      async (route: Route) => {
        assertRefused(await callRoute(emulator, route, 'everything'), 'unavailable');
        assertRefused(await callRoute(emulator, route, 'nothing'), 'unavailable');
      },
    ],
    ['lets a secret key in everywhere', routeTable.routes, openTo(() => 'secret')],
    ['counts Connect permissions for a connected account', open, openTo(() => 'only for others', connected)],
    ['does not count Connect permissions for the own account', open, refusedBy('only for others')],
    [
      'does not count own permissions for a connected account',
      open.filter(({ permission }) => permission !== 'user_email_read'),
      async (route: Route) => {
        const answer = await callRoute(emulator, route, 'little for others', connected);
        assertRefused(answer, 'permission', `('${helpOf(route)}')`, accounts.connected);
      },
    ],
    [
      'is of no use for a connected account without any Connect permission',
      routeTable.routes,
      async (route: Route) => assertRefused(await callRoute(emulator, route, 'everything', connected), 'noConnect'),
    ],
  ] as const) {
    it(`${what} (${routes.length} routes)`, async () => {
      assert.ok(routes.length >= 50);
      assert.deepEqual(await offenders(routes, check), []);
    }).timeout(60_000);
  }

  it('is one of the 158 of the catalogue, each of which a key can be given', async () => {
    const { json } = await emulator.dashboard('GET', '/keys');
    const given = new Set(json.data.flatMap(({ permissions }: { permissions: string[] }) => permissions));
    assert.equal(catalogue.filter((name) => given.has(name)).length, 158);
  });
});

/** What one permission opens: written down from Stripe's documentation, row by row. */
describe('a permission', () => {
  const opens: readonly (readonly [permission: string, yes: string, no: string])[] = [
    ['customer_read', 'GET /v1/customers', 'POST /v1/customers'],
    ['customer_write', 'DELETE /v1/customers/x', 'GET /v1/charges'],
    ['customer_read', 'GET /v1/customers/x/tax_ids', 'POST /v1/customers/x/sources'],
    ['charge_read', 'GET /v1/refunds', 'POST /v1/refunds'],
    ['charge_write', 'POST /v1/refunds', 'POST /v1/payment_intents'],
    ['charge_read', 'GET /v1/radar/early_fraud_warnings', 'GET /v1/reviews'],
    ['plan_read', 'GET /v1/prices', 'POST /v1/prices'],
    ['plan_write', 'POST /v1/plans', 'POST /v1/coupons'],
    ['subscription_read', 'GET /v1/subscription_schedules', 'POST /v1/subscriptions'],
    ['subscription_write', 'POST /v1/subscription_items', 'POST /v1/invoices'],
    ['invoice_write', 'POST /v1/invoiceitems', 'POST /v1/credit_notes'],
    ['customer_portal_write', 'POST /v1/billing_portal/sessions', 'POST /v1/customers'],
    ['top_up_read', 'GET /v1/topups', 'POST /v1/topups'],
    ['webhook_write', 'POST /v1/webhook_endpoints', 'POST /v1/apps/secrets'],
    ['account_link_write', 'POST /v1/account_links', 'POST /v1/accounts'],
    ['connected_account_read', 'GET /v1/accounts', 'POST /v1/accounts'],
    ['event_read', 'GET /v1/events', 'GET /v1/charges'],
    ['balance_read', 'GET /v1/balance', 'GET /v1/balance_transactions'],
    ['balance_transaction_source_read', 'GET /v1/balance_transactions', 'POST /v1/payouts'],
    ['tax_calculations_and_transactions_write', 'POST /v1/tax/calculations', 'POST /v1/tax/settings'],
    ['terminal_reader_write', 'POST /v1/terminal/readers', 'POST /v1/terminal/locations'],
    ['report_runs_and_report_types_read', 'GET /v1/reporting/report_runs', 'GET /v1/reviews'],
    ['billing_clock_write', 'POST /v1/test_helpers/test_clocks', 'POST /v1/customers'],
    ['api_key_write', 'GET /v2/iam/api_keys', 'GET /v1/balance'],
    // What is implied.
    ['balance_transaction_source_read', 'GET /v1/application_fees', 'POST /v1/transfers'],
    ['balance_transaction_source_read', 'GET /v1/balance', 'GET /v1/customers'],
    ['balance_transaction_source_read', 'GET /v1/transfers', 'POST /v1/application_fees/x/refunds'],
    ['checkout_session_read', 'GET /v1/mandates/x', 'POST /v1/checkout/sessions'],
    ['checkout_session_read', 'GET /v1/payment_intents', 'POST /v1/payment_intents'],
    ['checkout_session_write', 'GET /v1/payment_links', 'POST /v1/payment_links'],
    ['checkout_session_write', 'GET /v1/products', 'POST /v1/products'],
    ['checkout_session_write', 'GET /v1/setup_intents', 'POST /v1/setup_intents'],
    ['credit_note_write', 'GET /v1/invoices', 'POST /v1/invoices'],
    ['customer_write', 'GET /v1/test_helpers/test_clocks', 'POST /v1/test_helpers/test_clocks'],
    ['invoice_read', 'GET /v1/credit_notes', 'POST /v1/credit_notes'],
    ['payment_intent_write', 'GET /v1/products', 'POST /v1/products'],
    ['payment_links_write', 'GET /v1/mandates/x', 'GET /v1/payment_intents'],
    ['payment_method_read', 'GET /v1/sources/x', 'POST /v1/sources'],
    ['plan_read', 'GET /v1/products', 'POST /v1/products'],
    ['plan_write', 'POST /v1/products', 'POST /v1/coupons'],
    ['quote_read', 'GET /v1/products', 'GET /v1/prices'],
    ['setup_intent_write', 'GET /v1/mandates/x', 'GET /v1/payment_methods'],
    ['transfer_read', 'POST /v1/payouts', 'POST /v1/transfers'],
  ];
  const labels: readonly (readonly [address: string, words: string])[] = [
    ['GET /v1/prices', `"Prices Read" ('plan_read')`],
    ['POST /v1/prices', `"Prices Write" ('plan_write')`],
    ['GET /v1/charges', `"Charges and Refunds Read" ('charge_read')`],
    ['POST /v1/customers', `"Customers Write" ('customer_write')`],
    ['POST /v1/coupons', `"Coupons Write" ('coupon_write')`],
    ['POST /v1/products', `"Products Write" ('product_write')`],
    ['GET /v1/checkout/sessions', `"Checkout Sessions Read" ('checkout_session_read')`],
    ['POST /v1/checkout/sessions', `"Checkout Sessions Write" ('checkout_session_write')`],
    ['GET /v1/credit_notes', `"Credit Notes Read" ('credit_note_read')`],
    ['GET /v1/account', `"Basic Business Contact Information Read" ('accounts_kyc_basic_read')`],
    ['POST /v1/stripecli/sessions', `('stripecli_session_write')`],
    // Reading cannot be given by itself: what helps is to write.
    ['GET /v2/iam/api_keys', `('api_key_write')`],
  ];
  const route = (address: string): Pick<Route, 'method' | 'path'> => {
    const [method, path = ''] = address.split(' ');
    return { method: method as Route['method'], path };
  };

  let emulator: Seeded;
  before(async () => {
    const names = new Set(opens.map(([permission]) => permission));
    emulator = await startSeeded([
      { ...restricted('nothing', []), id: 'mk_1Nothing' },
      { ...restricted('live', []), id: 'mk_1Live', mode: 'live' },
      { ...restricted('changing', ['customer_read']), id: 'mk_1Changing' },
      ...[...names].map((name) => restricted(name, [name])),
    ]);
  });
  after(() => emulator.stop());

  for (const [permission, yes, no] of opens) {
    it(`${permission} opens ${yes}, and not ${no}`, async () => {
      const answer = await callRoute(emulator, route(yes), permission);
      assert.ok(letIn(answer), answer.json?.error?.message);
      assertRefused(await callRoute(emulator, route(no), permission), 'permission');
    });
  }

  for (const [address, words] of labels) {
    it(`for ${address} is called ${words}`, async () => {
      assertRefused(await callRoute(emulator, route(address), 'nothing'), 'permission', words);
    });
  }

  for (const [mode, key, edit] of [
    ['sandbox', 'nothing', '%2Ftest%2Fapikeys%2Fmk_1Nothing%2Fedit'],
    ['live', 'live', '%2Fapikeys%2Fmk_1Live%2Fedit'],
  ] as const) {
    it(`is added where the refusal of a ${mode} key leads to`, async () => {
      const link = `https://dashboard.stripe.com/b/${accounts.platform}?destination=${edit}`;
      assertRefused(await callRoute(emulator, route('GET /v1/prices'), key), 'permission', link);
    });
  }

  it('that is added or taken away counts from the next request on', async () => {
    for (const [permissions, expected] of [
      [['balance_read'], 200],
      [['customer_read'], 403],
      [['rak_balance_read'], 200],
      [[], 403],
    ] as const) {
      assert.equal((await emulator.dashboard('POST', '/keys/mk_1Changing', { permissions })).status, 200);
      const { status } = await callRoute(emulator, route('GET /v1/balance'), 'changing');
      assert.equal(status, expected, permissions.join());
    }
  });
});
