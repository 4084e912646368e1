import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkNames, failedCheck, outcomeOf } from '../../../src/domain/checks.ts';
import { fingerprintOf } from '../../../src/domain/fingerprint.ts';
import { liveSecret, testSecret } from '../fixtures.ts';

describe('how a request went', () => {
  for (const [status, refused, letThrough, outcome] of [
    [200, undefined, false, 'allowed'],
    [302, undefined, false, 'allowed'],
    [399, undefined, false, 'allowed'],
    [400, undefined, false, 'failed'],
    [500, undefined, false, 'failed'],
    [401, 'noKey', false, 'refused'],
    [403, 'permissionMissing', false, 'refused'],
    [404, 'unknownPath', false, 'failed'],
    [404, 'resourceMissing', false, 'failed'],
    [200, 'permissionMissing', true, 'letThrough'],
    [200, undefined, true, 'letThrough'],
  ] as const) {
    it(`${status}${refused ? ` for ${refused}` : ''}${letThrough ? ', not enforced' : ''}: ${outcome}`, () =>
      assert.equal(outcomeOf(status, refused, letThrough), outcome));
  }

  it('is said by one of the checks, in their order', () => {
    assert.deepEqual(checkNames, ['key', 'address', 'context', 'version', 'route', 'permission', 'request']);
    for (const [kind, check] of [
      ['expiredKey', 'key'],
      ['addressNotAllowed', 'address'],
      ['notAPlatform', 'context'],
      ['versionInvalid', 'version'],
      ['unknownPath', 'route'],
      ['publishableKeyNotAllowed', 'permission'],
      ['parameterUnknown', 'request'],
    ] as const)
      assert.equal(failedCheck(kind), check);
  });
});

describe('a fingerprint', () => {
  it('has 32 hexadecimal digits, the same for the same token and others for another', () => {
    assert.match(fingerprintOf(liveSecret()), /^[0-9a-f]{32}$/);
    assert.equal(fingerprintOf(liveSecret()), fingerprintOf(liveSecret()));
    assert.notEqual(fingerprintOf(liveSecret()), fingerprintOf(testSecret()));
  });
});
