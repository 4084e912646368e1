import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { redactToken } from '../../../src/emulator/api/redact.ts';
import { fakeToken } from '../fixtures.ts';

const star = (count: number): string => '*'.repeat(count);

describe('redactToken', () => {
  for (const [why, text, known, expected] of [
    ['an unknown key of today', fakeToken('sk_live', 99), false, `sk_live_${star(95)}`],
    ['a known key of today', fakeToken('sk_test', 99), true, `sk_test_${star(93)}`],
    ['a known legacy key', fakeToken('sk_test', 24), true, `sk_test_${star(20)}`],
    ['words behind the prefix', ['sk', 'test', 'your_secret_key_here'].join('_'), false, `sk_test_${star(16)}here`],
    ['hyphens, which survive', 'invalid-api-key', false, '*******-***-key'],
    ['a text too short to hide', 'abcd', false, star(4)],
    ['a body too short to hide', 'sk_test_123', false, 'sk_test_***'],
  ] as const) {
    it(`redacts ${why}`, () => {
      const redacted = redactToken(text, known);
      assert.equal(redacted.length, text.length);
      assert.ok(redacted.startsWith(expected), redacted);
    });
  }
});
