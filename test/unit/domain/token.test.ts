import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { kinds } from '../../../src/domain/kind.ts';
import { modes } from '../../../src/domain/mode.ts';
import { isEmulatorToken, mintToken, parseToken, tokenPrefix, type RandomText } from '../../../src/domain/token.ts';
import { fakeToken } from '../fixtures.ts';

const account = 'acct_1R3fqDP6919yCiFv';
const sevens: RandomText = (length) => '7'.repeat(length);

describe('token', () => {
  for (const [prefix, kind, mode] of [
    ['pk_test', 'publishable', 'sandbox'],
    ['pk_live', 'publishable', 'live'],
    ['sk_test', 'secret', 'sandbox'],
    ['sk_live', 'secret', 'live'],
    ['rk_test', 'restricted', 'sandbox'],
    ['rk_live', 'restricted', 'live'],
    ['sk_org_test', 'organization', 'sandbox'],
    ['sk_org_live', 'organization', 'live'],
  ] as const) {
    it(`reads ${prefix}_ as a ${mode} ${kind} key`, () => {
      for (const length of [1, 24, 34, 99, 230, 254 - prefix.length]) {
        const { body = '', ...rest } = parseToken(fakeToken(prefix, length)) ?? {};
        assert.deepEqual(rest, { kind, mode });
        assert.equal(body.length, length);
      }
    });
  }

  for (const [why, text] of [
    ['an empty text', ''],
    ['no body', 'sk_test_'],
    ['no mode', `sk_${'a'.repeat(24)}`],
    ['another mode', fakeToken('sk_prod')],
    ['an organization restricted key, which does not exist', fakeToken('rk_org_test')],
    ['an organization publishable key, which does not exist', fakeToken('pk_org_test')],
    ['a body with a hyphen', `${fakeToken('sk_test')}-x`],
    ['text around it', ` ${fakeToken('sk_test')}`],
    ['a line end behind it', `${fakeToken('sk_test')}\n`],
    ['capitals in the prefix', fakeToken('SK_TEST')],
    ['more than 255 characters', fakeToken('sk_test', 248)],
  ] as const) {
    it(`takes ${why} for no token`, () => assert.equal(parseToken(text), undefined));
  }

  for (const kind of kinds) {
    for (const mode of modes) {
      it(`mints a ${mode} ${kind} key that it reads back and knows as the emulator's`, () => {
        const text = mintToken(kind, mode, kind === 'organization' ? 'org_6SD3oI0eSQemPzdmaGLJ5j6' : account, sevens);
        const token = parseToken(text);
        assert.ok(token);
        assert.deepEqual({ kind: token.kind, mode: token.mode }, { kind, mode });
        assert.ok(isEmulatorToken(token));
        assert.ok(text.startsWith(tokenPrefix(kind, mode)));
      });
    }
  }

  it('mints account keys with the structure of real ones', () => {
    const text = mintToken('secret', 'live', account, sevens);
    assert.equal(text.length, 107);
    const body = text.slice('sk_live_'.length);
    assert.equal(body.slice(0, 17), '51R3fqDP6919yCiFv');
    assert.equal(body.slice(89, 91), '00');
  });

  it('mints organization keys that are longer, and begin with small letters', () => {
    const capitals: RandomText = (length) => 'Q'.repeat(length);
    const text = mintToken('organization', 'live', 'org_1', capitals);
    assert.equal(text, ['sk', 'org', 'live', `${'q'.repeat(17)}KeysmithEmulator${'Q'.repeat(199)}`].join('_'));
  });

  for (const [owner, part] of [
    ['acct_short', 'short00000000000'],
    ['acct_1R3fqDP6919yCiFvAndMore', '1R3fqDP6919yCiFv'],
    ['acct_with-signs_in_it', 'withsignsinit000'],
    ['my_acct_1', 'myacct1000000000'],
  ] as const) {
    it(`mints for ${owner} with sixteen characters of it`, () => {
      const body = mintToken('secret', 'sandbox', owner, sevens).slice('sk_test_'.length);
      assert.equal(body, `5${part}KeysmithEmulator${'7'.repeat(56)}00${'7'.repeat(8)}`);
    });
  }

  it('reads no token out of nothing that looks like one', () =>
    assert.equal(parseToken('Stryker was here'), undefined));

  it('does not take a token of Stripe for its own', () => {
    const token = parseToken(fakeToken('sk_live', 99));
    assert.ok(token);
    assert.equal(isEmulatorToken(token), false);
  });
});
