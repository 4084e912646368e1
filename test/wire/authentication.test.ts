import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { permissionCatalogue, wireOnlyPermissions } from '../../src/domain/permissionCatalogue.ts';
import { everyPermission } from '../../src/domain/permissions.ts';
import { assertAnswered, assertRefused } from './refusals.ts';
import { sdkCall, sdkOf, type SdkCall } from './sdkCall.ts';
import { accounts, organization, startSeeded, type Seeded, type SeededKey } from './seeded.ts';

const everything = [...permissionCatalogue, ...wireOnlyPermissions].flatMap(({ resource, levels }) =>
  levels.map((level) => `${resource}_${level}`),
);

/** The keys of the table, each of them in both modes. */
const kinds: readonly SeededKey[] = [
  { name: 'secret' },
  { name: 'publishable', kind: 'publishable' },
  { name: 'nothing', kind: 'restricted' },
  { name: 'reader', kind: 'restricted', permissions: ['customer_read'] },
  { name: 'writer', kind: 'restricted', permissions: ['customer_write'] },
  { name: 'everything', kind: 'restricted', permissions: everything },
  { name: 'organization', kind: 'organization', organization, permissions: everyPermission },
  { name: 'accountant', kind: 'organization', organization, permissions: ['balance_read'] },
];
const modes = ['sandbox', 'live'] as const;
const keys = kinds.flatMap((key) => modes.map((mode) => ({ ...key, mode, name: `${key.name} ${mode}` })));

/**
 * What each key meets at each address. `ok`: 200; `404`: let in, and no such object; `400`: let in, and a parameter is missing;
 * `501`: let in, and not emulated; `pk`: publishable keys may not; `no`: refused for want of the permission in the first column;
 * `never`: no restricted key may; `path`: Stripe has no such address.
 */
const table = `
  request                                      needs                    secret publishable nothing reader writer everything organization accountant
  GET    /v1/balance                           balance_read             ok     pk          no      no     no     ok         ok           ok
  GET    /v1/customers                         customer_read            ok     pk          no      ok     ok     ok         ok           no
  POST   /v1/customers                         customer_write           ok     pk          no      no     ok     ok         ok           no
  GET    /v1/customers/cus_none                customer_read            404    pk          no      404    404    404        404          no
  POST   /v1/customers/cus_none                customer_write           404    pk          no      no     404    404        404          no
  DELETE /v1/customers/cus_none                customer_write           404    pk          no      no     404    404        404          no
  GET    /v1/customers/search?query=x          customer_read            501    pk          no      501    501    501        501          no
  GET    /v1/customers/cus_none/tax_ids        customer_read            404    pk          no      404    404    404        404          no
  POST   /v1/customers/cus_none/sources        customer_write           404    pk          no      no     404    404        404          no
  GET    /v1/test_helpers/test_clocks          billing_clock_read       ok     pk          no      ok     ok     ok         ok           no
  GET    /v1/products                          product_read             ok     pk          no      no     no     ok         ok           no
  GET    /v1/prices                            plan_read                ok     pk          no      no     no     ok         ok           no
  POST   /v1/prices                            plan_write               ok     pk          no      no     no     ok         ok           no
  POST   /v1/charges                           charge_write             ok     pk          no      no     no     ok         ok           no
  GET    /v1/refunds                           charge_read              ok     pk          no      no     no     ok         ok           no
  POST   /v1/payouts                           payout_write             ok     pk          no      no     no     ok         ok           no
  POST   /v1/payouts/po_none/cancel            payout_write             404    pk          no      no     no     404        404          no
  POST   /v1/tokens                            token_write              ok     ok          no      no     no     ok         ok           no
  POST   /v1/payment_methods                   payment_method_write     ok     ok          no      no     no     ok         ok           no
  GET    /v1/payment_intents                   payment_intent_read      ok     pk          no      no     no     ok         ok           no
  GET    /v1/payment_intents/pi_none           payment_intent_read      404    400         no      no     no     404        404          no
  POST   /v1/setup_intents/seti_none/confirm   setup_intent_write       404    400         no      no     no     404        404          no
  POST   /v1/checkout/sessions                 checkout_session_write   ok     pk          no      no     no     ok         ok           no
  GET    /v1/account                           accounts_kyc_basic_read  ok     pk          no      no     no     ok         ok           no
  GET    /v1/accounts                          connected_account_read   ok     pk          no      no     no     ok         ok           no
  POST   /v1/webhook_endpoints                 webhook_write            ok     pk          no      no     no     ok         ok           no
  GET    /v1/events                            event_read               ok     pk          no      no     no     ok         ok           no
  POST   /v1/treasury/outbound_payments        -                        ok     pk          never   never  never  never      never        never
  POST   /v1/stripecli/key_permissions         -                        400    pk          never   never  never  never      never        never
  POST   /oauth/token                          -                        501    pk          never   never  never  never      never        never
  GET    /v2/core/accounts                     connected_account_read   ok     pk          no      no     no     ok         ok           no
  POST   /v2/core/accounts                     connected_account_write  ok     pk          no      no     no     ok         ok           no
  POST   /v2/core/account_tokens               token_write              ok     ok          no      no     no     ok         ok           no
  GET    /v2/core/events/evt_none              event_read               404    pk          no      no     no     404        404          no
  POST   /v2/core/event_destinations           webhook_write            ok     pk          no      no     no     ok         ok           no
  GET    /v1/nothing_of_the_kind               -                        path   path        path    path   path   path       path         path
  DELETE /v1/balance                           -                        path   path        path    path   path   path       path         path
  GET    /v3/customers                         -                        path   path        path    path   path   path       path         path
`;

const [, ...lines] = table.trim().split('\n');
const rows = lines.map((line) => {
  const [method, path = '', needs = '', ...outcomes] = line.trim().split(/\s+/);
  return { method: method as SdkCall['method'], path, needs, outcomes };
});

const means = {
  404: 'missing',
  400: 'missingParameter',
  501: 'notEmulated',
  pk: 'publishable',
  no: 'permission',
  never: 'unavailable',
  path: 'unknownPath',
} as const;

/** Every kind of key in both modes at every kind of address, through the official SDK. */
describe('who may do what', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded(keys);
  });
  after(() => emulator.stop());

  for (const { method, path, needs, outcomes } of rows) {
    for (const [index, { name, kind }] of kinds.entries()) {
      for (const mode of modes) {
        const outcome = outcomes[index] as keyof typeof means | 'ok';
        it(`${mode} ${name}, ${method} ${path}: ${outcome === 'no' ? `lacks ${needs}` : outcome}`, async () => {
          const answer = await sdkCall(sdkOf(emulator, emulator.token(`${name} ${mode}`)), {
            method,
            path,
            ...(method === 'POST' ? { parameters: { description: 'x' } } : {}),
            ...(kind === 'organization' ? { context: accounts.platform } : {}),
          });
          if (outcome !== 'ok') {
            const words = outcome === 'no' ? [`('${needs}')`, accounts.platform] : [];
            return assertRefused(answer, means[outcome], ...words);
          }
          assertAnswered(answer);
          const { livemode } = answer.json;
          assert.ok(livemode === undefined || livemode === (mode === 'live'));
        });
      }
    }
  }

  it('says as much in 600 cases', () => {
    assert.ok(rows.every(({ outcomes }) => outcomes.length === kinds.length));
    assert.equal(rows.length * kinds.length * modes.length, 608);
  });
});
