import assert from 'node:assert/strict';
import { implications } from '../../../src/domain/impliedPermissions.ts';
import { permissionCatalogue, resourceAliases, wireOnlyPermissions } from '../../../src/domain/permissionCatalogue.ts';
import {
  everyPermission,
  expand,
  grants,
  grantsEverything,
  helpfulPermission,
  isKnownPermission,
  parsePermission,
  permissionName,
  unknownPermissions,
  wirePermissionLabel,
} from '../../../src/domain/permissions.ts';

describe('the permission catalogue', () => {
  it('has the 158 permissions of 94 resources, each resource once', () => {
    assert.equal(permissionCatalogue.flatMap(({ levels }) => levels).length, 158);
    assert.equal(new Set(permissionCatalogue.map(({ resource }) => resource)).size, 94);
    assert.equal(permissionCatalogue.length, 94);
  });

  for (const [group, count] of [
    ['Core', 25],
    ['Checkout', 3],
    ['Billing', 20],
    ['Tax', 4],
    ['Connect', 7],
    ['Capital', 3],
    ['Orders', 2],
    ['Issuing', 10],
    ['Treasury', 8],
    ['Terminal', 4],
    ['Reporting', 2],
    ['Developers', 6],
  ] as const) {
    it(`has ${count} resources under ${group}`, () => {
      assert.equal(permissionCatalogue.filter((one) => one.group === group).length, count);
    });
  }

  it('shares no permission with what was seen on the wire only', () => {
    const names = [...permissionCatalogue, ...wireOnlyPermissions].flatMap(({ resource, levels }) =>
      levels.map((level) => permissionName({ resource, level })),
    );
    assert.equal(new Set(names).size, names.length);
  });

  it('has what every old name stands for, and none of the old names', () => {
    const resources = new Set(permissionCatalogue.map(({ resource }) => resource));
    for (const [old, present] of resourceAliases)
      assert.deepEqual([resources.has(old), resources.has(present)], [false, true]);
  });

  it('knows every permission that another implies', () => {
    assert.deepEqual(unknownPermissions(implications.flatMap(({ implies }) => implies)), []);
    const resources = new Set([...permissionCatalogue, ...wireOnlyPermissions].map(({ resource }) => resource));
    assert.deepEqual(
      implications.filter(({ resource }) => !resources.has(resource)),
      [],
    );
  });
});

describe('parsePermission', () => {
  for (const [text, resource, level] of [
    ['customer_read', 'customer', 'read'],
    ['rak_customer_read', 'customer', 'read'],
    ['balance_transaction_source_write', 'balance_transaction_source', 'write'],
    ['rak_topup_write', 'top_up', 'write'],
    ['financial_statement_read', 'report_runs_and_report_types', 'read'],
    ['no_such_thing_read', 'no_such_thing', 'read'],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parsePermission(text), { resource, level });
    });
  }

  for (const text of ['', 'customer', 'customer_delete', 'customer:read', '_read', 'Customer_read', 'customer_read ']) {
    it(`does not read '${text}'`, () => {
      assert.equal(parsePermission(text), undefined);
    });
  }
});

describe('wirePermissionLabel', () => {
  for (const [name, label] of [
    ['plan_read', 'Prices Read'],
    ['plan_write', 'Prices Write'],
    ['charge_read', 'Charges and Refunds Read'],
    ['customer_write', 'Customers Write'],
    ['coupon_write', 'Coupons Write'],
    ['product_write', 'Products Write'],
    ['checkout_session_read', 'Checkout Sessions Read'],
    ['checkout_session_write', 'Checkout Sessions Write'],
    ['credit_note_read', 'Credit Notes Read'],
    ['accounts_kyc_basic_read', 'Basic Business Contact Information Read'],
    ['confirmation_token_client_write', 'Confirmation Tokens (Client) Write'],
    ['sku_read', 'SKUs Read'],
    ['top_up_read', 'Top-ups Read'],
    ['connected_account_write', 'Connected Accounts Write'],
    ['no_such_thing_read', undefined],
  ] as const) {
    it(`calls ${name} ${label ?? 'nothing'}`, () => {
      assert.equal(wirePermissionLabel(name), label);
    });
  }
});

describe('expand and grants', () => {
  for (const [granted, needed, allowed, why] of [
    ['customer_read', 'customer_read', true, 'what was granted'],
    ['rak_customer_read', 'customer_read', true, 'what was granted under its old prefix'],
    ['topup_read', 'top_up_read', true, 'what was granted under its old name'],
    ['customer_write', 'customer_read', true, 'reading with writing'],
    ['customer_read', 'customer_write', false, 'writing with reading'],
    ['account_link_write', 'account_link_read', true, 'reading with writing where reading is not offered'],
    ['customer_read', 'charge_read', false, 'another resource'],
    ['checkout_session_read', 'payment_intent_read', true, 'what reading implies'],
    ['checkout_session_write', 'payment_intent_read', true, 'what writing implies'],
    ['checkout_session_write', 'payment_intent_write', false, 'writing of what is implied to be read'],
    ['transfer_read', 'payout_write', true, 'an implication that writes'],
    ['balance_transaction_source_read', 'transfer_read', true, 'an implication'],
    ['balance_transaction_source_read', 'payout_write', false, 'an implication of an implication'],
    ['plan_read', 'product_read', true, 'the products of prices'],
    ['plan_read', 'product_write', false, 'writing the products of prices that are read'],
    ['plan_write', 'product_write', true, 'writing the products of prices that are written'],
    ['dispute_write', 'file_write', true, 'evidence files with disputes'],
    ['dispute_read', 'file_write', false, 'evidence files with disputes that are read'],
    ['issuing_read', 'issuing_card_read', true, 'a resource of the group'],
    ['issuing_read', 'issuing_card_write', false, 'writing a resource of the group that is read'],
    ['issuing_write', 'issuing_verification_write', true, 'writing a resource of the group'],
    ['issuing_write', 'issuing_card_read', true, 'reading with writing in the group'],
    ['issuing_write', 'dispute_read', false, 'a resource outside the group'],
    ['customer_write', 'issuing_card_read', false, 'the group to whoever has another resource'],
    ['nonsense', 'customer_read', false, 'anything by a name that cannot be read'],
  ] as const) {
    it(`${allowed ? 'gives' : 'does not give'} ${why}: ${granted}, ${needed}`, () => {
      assert.equal(grants(expand([granted]), needed), allowed);
    });
  }

  it('gives nothing to a key that was given nothing', () => {
    assert.equal(expand([]).size, 0);
  });
});

describe('helpfulPermission', () => {
  for (const [needed, helpful] of [
    ['plan_read', 'plan_read'],
    ['customer_write', 'customer_write'],
    ['api_key_read', 'api_key_write'],
    ['rak_topup_read', 'top_up_read'],
    ['connected_account_write', 'connected_account_write'],
    ['balance_write', undefined],
    ['outbound_payment_write', undefined],
    ['nonsense', undefined],
  ] as const) {
    it(`for ${needed} is ${helpful ?? 'none'}`, () => {
      assert.equal(helpfulPermission(needed), helpful);
    });
  }
});

describe('unknownPermissions', () => {
  it('passes what a key can be given', () => {
    assert.deepEqual(
      unknownPermissions(['customer_read', 'rak_plan_write', 'topup_read', 'stripecli_session_write']),
      [],
    );
  });

  for (const [name, nearest] of [
    ['customers_read', 'customer_read'],
    ['rak_customers_write', 'customer_write'],
    ['checkout_sessions_read', 'checkout_session_read'],
    ['payment_link_read', 'payment_links_read'],
    ['balance_write', 'balance_read'],
    ['price_read', 'plan_read'],
    ['refunds_write', 'charge_write'],
    ['custmer_read', 'customer_read'],
    ['subscripton_write', 'subscription_write'],
    ['webhook_endpoints_write', 'webhook_write'],
    ['CUSTOMERS', 'customer_read'],
    ['balances', 'balance_read'],
    ['customer', 'customer_read'],
    ['everything', undefined],
    ['', undefined],
  ] as const) {
    it(`offers ${nearest ?? 'nothing'} for ${name}`, () => {
      assert.deepEqual(unknownPermissions([name]), [nearest === undefined ? { name } : { name, nearest }]);
    });
  }

  it('knows neither a level the catalogue does not offer nor another order of words', () => {
    for (const name of ['balance_write', 'account_link_read', 'read_customer', ''])
      assert.equal(isKnownPermission(name), false);
  });
});

describe('every permission', () => {
  it('gives each permission that can be granted', () => {
    const all = expand(everyPermission);
    for (const { resource, levels } of [...permissionCatalogue, ...wireOnlyPermissions])
      for (const level of levels) assert.ok(grants(all, permissionName({ resource, level })), `${resource} ${level}`);
    assert.deepEqual(unknownPermissions(everyPermission), []);
  });

  for (const [what, list, whole] of [
    ['all of them', everyPermission, true],
    ['none', [], false],
    ['all but one', everyPermission.filter((name) => name !== 'customer_write'), false],
    [
      'one of them for reading only',
      everyPermission.map((name) => name.replace(/^customer_write$/, 'customer_read')),
      false,
    ],
  ] as const) {
    it(`is ${whole ? '' : 'not '}what ${what} grants`, () => assert.equal(grantsEverything(list), whole));
  }
});
