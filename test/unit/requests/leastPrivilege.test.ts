import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  differenceTo,
  leastPrivilege,
  names,
  type LeastPrivilege,
} from '../../../src/requests/leastPrivilege/leastPrivilege.ts';
import { pathPattern } from '../../../src/requests/leastPrivilege/pathPattern.ts';
import type { LoggedRequest } from '../../../src/requests/loggedRequest.ts';
import { aKey } from '../fixtures.ts';
import { aRequest, refusedFor } from './aRequest.ts';

const needing = (permission: string, over: Partial<LoggedRequest> = {}): LoggedRequest =>
  aRequest({ permission, ...over });
const shown = ({ permissions, connectPermissions, implied }: LeastPrivilege): unknown => ({
  own: names(permissions),
  connect: names(connectPermissions),
  implied: implied.map(({ permission, by }) => `${permission} by ${by}`),
});

describe('leastPrivilege', () => {
  for (const [why, requests, own, implied] of [
    ['one permission for many requests', [needing('customer_read'), needing('customer_read')], ['customer_read'], []],
    [
      'writing, which brings reading',
      [needing('customer_read'), needing('customer_write')],
      ['customer_write'],
      ['customer_read by customer_write'],
    ],
    [
      'what the documentation says is implied',
      [needing('product_read'), needing('checkout_session_write')],
      ['checkout_session_write'],
      ['product_read by checkout_session_write'],
    ],
    ['writing where reading cannot be granted', [needing('rate_card_read')], ['rate_card_write'], []],
    ['what was refused for want of it', [refusedFor('permissionMissing')], ['customer_read'], []],
    ['what was let through', [refusedFor('unknownKey', { letThrough: true })], ['customer_read'], []],
    ['what failed after it was let in', [refusedFor('objectNotFound')], ['customer_read'], []],
    ['nothing for what never came so far', [refusedFor('unknownKey'), refusedFor('addressNotAllowed')], [], []],
  ] as const) {
    it(`proposes ${why}`, () => {
      assert.deepEqual(shown(leastPrivilege(requests, [])), { own, connect: [], implied });
    });
  }

  it('keeps apart what is done in other accounts', () => {
    const elsewhere = needing('customer_write', { context: 'acct_2', account: 'acct_2' });
    const key = aKey({ kind: 'restricted' });
    assert.deepEqual(shown(leastPrivilege([elsewhere, needing('balance_read')], [key])), {
      own: ['balance_read'],
      connect: ['customer_write'],
      implied: [],
    });
    const named = needing('customer_read', { context: 'acct_1' });
    assert.deepEqual(names(leastPrivilege([named], [key]).permissions), ['customer_read']);
    const organization = aKey({ kind: 'organization', owner: { organization: 'org_1' } });
    assert.deepEqual(names(leastPrivilege([elsewhere], [organization]).permissions), ['customer_write']);
  });

  it('justifies each by its requests, ids left out, and counts addresses and what says nothing', () => {
    const found = leastPrivilege(
      [
        needing('customer_read', { id: 'req_a', path: '/v1/customers/cus_A1', address: '10.0.0.1' }),
        needing('customer_read', { id: 'req_b', path: '/v1/customers/cus_B2' }),
        needing('customer_read', { id: 'req_c' }),
        aRequest({ permission: undefined, refused: { kind: 'unknownPath', message: '' } }),
        refusedFor('expiredKey'),
        aRequest({ key: 'mk_p' }),
      ],
      [aKey({ id: 'mk_p', kind: 'publishable' })],
    );
    assert.deepEqual(found.permissions, [
      {
        permission: 'customer_read',
        label: 'Customers Read',
        uses: [
          { method: 'GET', path: '/v1/customers', count: 1, example: 'req_c' },
          { method: 'GET', path: '/v1/customers/:id', count: 2, example: 'req_a' },
        ],
      },
    ]);
    assert.deepEqual(found.addresses, [
      { address: '127.0.0.1', count: 2 },
      { address: '10.0.0.1', count: 1 },
    ]);
    assert.deepEqual(
      [found.counted, found.leftOut.map(({ why }) => why)],
      [3, ['expiredKey', 'publishable', 'unknownPath']],
    );
  });

  it('says what no restricted key can do', () => {
    const { permissions, secretKeyOnly } = leastPrivilege([needing('no_such_thing_write', { path: '/v1/x' })], []);
    assert.deepEqual([permissions, secretKeyOnly.map(({ path }) => path)], [[], ['/v1/x']]);
  });

  it('tells how a key differs: power that is not needed, and what it lacks', () => {
    const needed = leastPrivilege([needing('customer_write'), needing('balance_read')], []);
    const key = aKey({
      kind: 'restricted',
      permissions: ['customer_read', 'charge_write'],
      connectPermissions: ['plan_read'],
    });
    assert.deepEqual(differenceTo(needed, key), {
      excess: ['charge_write'],
      missing: ['balance_read', 'customer_write'],
      connectExcess: ['plan_read'],
      connectMissing: [],
    });
    assert.equal(differenceTo(needed, aKey()), undefined);
  });

  for (const [path, pattern] of [
    ['/v1/customers', '/v1/customers'],
    ['/v1/customers/cus_Ab12', '/v1/customers/:id'],
    ['/v1/payment_intents/pi_3Nq/capture', '/v1/payment_intents/:id/capture'],
    ['/v2/core/event_destinations/ed_test_61R', '/v2/core/event_destinations/:id'],
    ['/v1/payment_methods', '/v1/payment_methods'],
    ['/v1/coupons/SUMMER25', '/v1/coupons/:id'],
    ['/v1/test_helpers/test_clocks/clock_1/advance', '/v1/test_helpers/test_clocks/:id/advance'],
  ] as const) {
    it(`${path} is like ${pattern}`, () => assert.equal(pathPattern(path), pattern));
  }
});
