import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { fakeToken, liveSecret, testSecret } from '../../fixtures.ts';

describe('findLeaks', () => {
  for (const [prefix, rule] of [
    ['sk_live', 'live-secret-key'],
    ['rk_live', 'live-restricted-key'],
    ['sk_test', 'test-secret-key'],
    ['rk_test', 'test-restricted-key'],
  ] as const) {
    it(`finds ${prefix}_ of every length Stripe has used`, () => {
      for (const length of [24, 34, 99]) {
        const token = fakeToken(prefix, length);
        const [leak, ...others] = findLeaks(`const key = "${token}";`);
        assert.deepEqual([leak?.rule, leak?.start, leak?.end, others.length], [rule, 13, 13 + token.length, 0]);
        assert.ok(!JSON.stringify(leak).includes(token.slice(8, -4)));
      }
    });
  }

  for (const [why, text] of [
    ['publishable keys', fakeToken('pk_live')],
    ['identifiers', `ta${liveSecret()}`],
    ['placeholders', ['sk', 'live', 'x'.repeat(24)].join('_')],
    ['short bodies', fakeToken('sk_test', 23)],
    ['masked keys', ['sk', 'live', '*'.repeat(20)].join('_')],
  ] as const) {
    it(`leaves ${why} alone`, () => assert.deepEqual(findLeaks(text), []));
  }

  it('finds several in one text, in order', () => {
    const found = findLeaks(`a=${liveSecret()}\r\nb=${testSecret()}\n`);
    assert.deepEqual(
      found.map(({ mode }) => mode),
      ['live', 'sandbox'],
    );
  });
});
