import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { environmentSecrets } from '../../../src/handover/environmentSecrets.ts';
import { fakeToken, liveSecret, testSecret } from '../fixtures.ts';

const found = (environment: NodeJS.ProcessEnv): string[] =>
  environmentSecrets(environment).map((secret) => secret.reveal());

describe('the Stripe secrets of an environment', () => {
  for (const prefix of [
    'sk_test',
    'sk_live',
    'rk_test',
    'rk_live',
    'sk_org_live',
    'rkcs_test',
    'ek_live',
    'whsec',
    'oak',
  ]) {
    it(`are those that begin with ${prefix}_, alone or in a text`, () => {
      const token = fakeToken(prefix, 32);
      assert.deepEqual(found({ A: token }), [token]);
      assert.deepEqual(found({ A: `https://${token}:@host/?x=1` }), [token]);
      assert.deepEqual(found({ A: `[${token},"${token}"]`, B: token }), [token], 'each once');
    });
  }

  it('are all that a text has', () => {
    assert.deepEqual(found({ A: `${testSecret()} ${liveSecret()}`, B: undefined, C: 'plain' }), [
      testSecret(),
      liveSecret(),
    ]);
  });

  for (const none of [
    fakeToken('pk_test', 32),
    fakeToken('pk_live', 32),
    fakeToken('sk_test', 15),
    'sk_test_',
    'whsec_…',
  ])
    it(`are not ${none.slice(0, 12)} of ${none.length} letters`, () => assert.deepEqual(found({ A: none }), []));
});
