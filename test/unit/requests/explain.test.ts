import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { explain, type Mend } from '../../../src/requests/explain.ts';
import { aKey } from '../fixtures.ts';
import { aRequest, refusedFor } from './aRequest.ts';

const restricted = aKey({ kind: 'restricted', permissions: ['balance_read'] });
const organizations = aKey({ kind: 'organization', owner: { organization: 'org_1' }, permissions: ['balance_read'] });
const grant = (permission: string, connect = false): Mend => ({ kind: 'grant', key: 'mk_1', permission, connect });

describe('explain', () => {
  it('shows every check of an allowed request as passed, and nothing to mend', () => {
    const { outcome, checks, mends } = explain(aRequest(), restricted);
    assert.deepEqual([outcome, checks.every((check) => check.outcome === 'passed'), mends], ['allowed', true, []]);
  });

  for (const [kind, failed, passed] of [
    ['noKey', 'key', 0],
    ['unknownKey', 'key', 0],
    ['expiredKey', 'key', 0],
    ['addressNotAllowed', 'address', 1],
    ['organizationContextMissing', 'context', 2],
    ['accountInaccessible', 'context', 2],
    ['notAPlatform', 'context', 2],
    ['organizationVersionMissing', 'version', 3],
    ['versionMissing', 'version', 3],
    ['versionInvalid', 'version', 3],
    ['unknownPath', 'route', 4],
    ['noConnectPermissions', 'permission', 5],
    ['publishableKeyNotAllowed', 'permission', 5],
    ['permissionMissing', 'permission', 5],
    ['permissionUnavailable', 'permission', 5],
    ['idempotencyMismatch', 'request', 6],
    ['objectNotFound', 'request', 6],
  ] as const) {
    it(`says that ${kind} failed at the check of the ${failed}`, () => {
      const { checks } = explain(refusedFor(kind), restricted);
      assert.equal(checks.find(({ outcome }) => outcome === 'failed')?.name, failed);
      assert.equal(checks.filter(({ outcome }) => outcome === 'passed').length, passed);
      assert.equal(checks.filter(({ outcome }) => outcome === 'unreached').length, checks.length - passed - 1);
    });
  }

  for (const [kind, status, outcome] of [
    ['permissionMissing', 403, 'refused'],
    ['unknownKey', 401, 'refused'],
    ['versionMissing', 400, 'refused'],
    ['unknownPath', 404, 'failed'],
    ['objectNotFound', 404, 'failed'],
    ['notEmulated', 501, 'failed'],
    ['parameterInvalid', 400, 'failed'],
  ] as const) {
    it(`calls a ${status} for ${kind} ${outcome}`, () => {
      assert.equal(explain(refusedFor(kind, { status }), restricted).outcome, outcome);
    });
  }

  it('offers nothing of a key that was deleted since', () => {
    const deleted = aKey({ kind: 'restricted', permissions: ['balance_read'], status: 'deleted' });
    assert.deepEqual(explain(refusedFor('permissionMissing'), deleted).mends, [
      { kind: 'secretKey', mode: 'sandbox', account: 'acct_1' },
    ]);
    assert.equal(
      explain(refusedFor('permissionMissing', { context: 'acct_2', account: 'acct_2' }), deleted).connected,
      true,
    );
  });

  it('says what was let through where nothing is enforced', () => {
    assert.equal(explain(refusedFor('permissionMissing', { letThrough: true }), restricted).outcome, 'letThrough');
  });

  for (const [why, request, key, best] of [
    ['a missing permission', refusedFor('permissionMissing'), restricted, grant('customer_read')],
    [
      'one that is there for writing only',
      refusedFor('permissionMissing', { permission: 'rate_card_read' }),
      restricted,
      grant('rate_card_write'),
    ],
    [
      'one for a connected account',
      refusedFor('noConnectPermissions', { context: 'acct_2', account: 'acct_2' }),
      restricted,
      grant('customer_read', true),
    ],
    [
      "one of an organization's key, which has no other list",
      refusedFor('permissionMissing', { context: 'acct_2', account: 'acct_2' }),
      organizations,
      grant('customer_read'),
    ],
    [
      'an address',
      refusedFor('addressNotAllowed', { address: '10.0.0.1' }),
      aKey({ addresses: ['10.0.0.2'] }),
      { kind: 'allowAddress', key: 'mk_1', address: '10.0.0.1' },
    ],
    [
      'a missing context',
      refusedFor('organizationContextMissing'),
      organizations,
      { kind: 'addContext', account: undefined },
    ],
    ['a missing version', refusedFor('versionMissing'), restricted, { kind: 'addVersion' }],
    ['an expired key', refusedFor('expiredKey'), restricted, { kind: 'duplicate', key: 'mk_1' }],
    ['an unknown key', refusedFor('unknownKey'), undefined, { kind: 'secretKey', mode: 'sandbox', account: 'acct_1' }],
  ] as const) {
    it(`mends ${why}`, () => assert.deepEqual(explain(request, key).mends[0], best));
  }

  it('offers to rotate a key that is used from a foreign address', () => {
    const { mends } = explain(refusedFor('addressNotAllowed'), aKey({ addresses: ['10.0.0.2'] }));
    assert.deepEqual(mends.at(-1), { kind: 'rotate', key: 'mk_1' });
  });

  it("knows an object of the other mode by Stripe's words", () => {
    const message = "No such customer: 'cus_1'; a similar object exists in live mode, but a test mode key was used.";
    const { mends } = explain(aRequest({ status: 404, refused: { kind: 'objectNotFound', message } }), restricted);
    assert.deepEqual(mends, [{ kind: 'otherMode', mode: 'live', account: 'acct_1' }]);
    assert.deepEqual(explain(refusedFor('objectNotFound'), restricted).mends, []);
  });

  it('sees that the key has by now what it lacked, also where another permission implies it', () => {
    const now = aKey({ kind: 'restricted', permissions: ['customer_write'] });
    const { mended, mends } = explain(refusedFor('permissionMissing'), now);
    assert.deepEqual([mended, mends], [true, [{ kind: 'sendAgain' }]]);
    assert.equal(explain(refusedFor('addressNotAllowed'), aKey({ addresses: ['127.0.0.0/8'] })).mended, true);
    assert.equal(explain(refusedFor('permissionMissing'), { ...now, status: 'expired' }).mended, false);
  });

  it('says what the key has of the resource', () => {
    const writer = aKey({ kind: 'restricted', permissions: ['balance_read', 'customer_read'] });
    assert.deepEqual(explain(refusedFor('permissionMissing', { permission: 'customer_write' }), writer).has, [
      'customer_read',
    ]);
    assert.equal(explain(aRequest(), aKey()).has, undefined);
  });
});
