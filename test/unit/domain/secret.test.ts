// oxlint-disable typescript/restrict-template-expressions, typescript/no-misused-spread -- printing a secret by accident is what is tried here
import assert from 'node:assert/strict';
import { format, inspect } from 'node:util';
import { describe, it } from 'mocha';
import { maskToken, maskTokens, Secret } from '../../../src/domain/secret.ts';
import { fakeToken, liveSecret } from '../fixtures.ts';

describe('Secret', () => {
  const text = liveSecret();
  const secret = new Secret(text);

  it('gives its text to who asks for it', () => assert.equal(secret.reveal(), text));

  for (const [how, shown] of [
    ['String', () => String(secret)],
    ['a template', () => `${secret}`],
    ['JSON', () => JSON.parse(JSON.stringify(secret)) as string],
    ['its mask', () => secret.mask],
  ] as const) {
    it(`shows its mask through ${how}`, () => assert.equal(shown(), maskToken(text)));
  }

  it('shows what it is, and its mask, to whoever debugs', () =>
    assert.equal(inspect(secret), `Secret(${maskToken(text)})`));

  for (const [how, print] of [
    ['String', () => String(secret)],
    ['a template', () => `${secret}`],
    ['concatenation', () => 'key ' + secret],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspect', () => inspect({ secret }, { depth: 9, showHidden: true })],
    ['console formatting', () => format('%s %o %j', secret, secret, secret)],
    ['an error', () => new Error(`bad ${secret}`).message],
    ['spreading', () => JSON.stringify({ ...secret })],
    ['its own properties', () => Reflect.ownKeys(secret).join()],
    ['a clone', () => JSON.stringify(structuredClone(secret))],
  ] as const) {
    it(`does not leave through ${how}`, () => assert.ok(!print().includes(text.slice(8, -4))));
  }
});

describe('maskToken', () => {
  for (const [text, mask] of [
    [fakeToken('sk_live'), 'sk_live_…8NcY'],
    [fakeToken('sk_org_test', 40), 'sk_org_test_…iPnV'],
    ['sk_test_123', 'sk_test_…'],
    [fakeToken('sk_test', 11), 'sk_test_…'],
    [fakeToken('sk_test', 12), 'sk_test_…aaaa'],
    [fakeToken('whsec', 32), 'whsec_…aaaa'],
    ['', '…'],
  ] as const) {
    it(`shows ${mask}`, () => {
      const shown = maskToken(text);
      assert.equal(shown.startsWith(mask.slice(0, mask.indexOf('…') + 1)), true);
      assert.equal(shown.length, mask.length);
    });
  }
});

describe('maskTokens', () => {
  for (const prefix of ['sk_live', 'rk_test', 'sk_org_live', 'rkcs_test', 'whsec', 'oak']) {
    const token = fakeToken(prefix);
    it(`hides a token of ${prefix} within a text, as often as it stands there`, () => {
      const shown = maskTokens(`no key "${token}", nor KEY=${token};`);
      assert.ok(!shown.includes(token.slice(prefix.length + 1, -4)));
      assert.equal(shown, `no key "${maskToken(token)}", nor KEY=${maskToken(token)};`);
    });
  }

  it('leaves names, masks and publishable keys as they are', () => {
    const text = `Secret key, ${maskToken(liveSecret())}, ${fakeToken('pk_live')}, task_live_reload`;
    assert.equal(maskTokens(text), text);
  });
});
