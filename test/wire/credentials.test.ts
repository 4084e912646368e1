import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { fakeToken } from '../unit/fixtures.ts';
import { sendRaw } from './badRequests/rawClient.ts';
import { basic, bearer, rawCall, type RawCall } from './rawCall.ts';
import { assertAnswered, assertRefused, type RefusalName } from './refusals.ts';
import { accounts, organization, startSeeded, type Seeded } from './seeded.ts';

const past = '2020-01-01T00:00:00Z';

/** How a key is presented: what no SDK sends, so by hand. */
describe('credentials', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([
      { name: 'secret' },
      { name: 'live', mode: 'live' },
      { name: 'publishable', kind: 'publishable' },
      { name: 'restricted', kind: 'restricted', permissions: ['balance_read'] },
      { name: 'expired', expires_at: past },
      { name: 'expired live', mode: 'live', expires_at: past },
      { name: 'expired legacy', length: 24, expires_at: past },
      { name: 'expired middling', length: 34, expires_at: past },
      { name: 'expired restricted', kind: 'restricted', expires_at: past },
      { name: 'expired publishable', kind: 'publishable', expires_at: past },
      { name: 'expired organization', kind: 'organization', organization, expires_at: past },
    ]);
  });
  after(() => emulator.stop());

  type Present = (token: string) => RawCall['headers'];
  const presented: readonly (readonly [why: string, present: Present, outcome: 'ok' | RefusalName])[] = [
    ['in a Bearer header', bearer, 'ok'],
    ['in a bearer header, lower case', (token) => ({ authorization: `bearer ${token}` }), 'ok'],
    ['in a BEARER header, upper case', (token) => ({ authorization: `BEARER ${token}` }), 'ok'],
    ['behind several spaces', (token) => ({ authorization: `Bearer   ${token}  ` }), 'ok'],
    ['behind a tab', (token) => ({ authorization: `Bearer\t${token}` }), 'ok'],
    ['as the user of Basic, as curl -u does', (token) => basic(`${token}:`), 'ok'],
    ['as the user of Basic with a password', (token) => basic(`${token}:anything:at all`), 'ok'],
    ['as the user of Basic without a colon', (token) => basic(token), 'ok'],
    [
      'as the user of basic, lower case',
      (token) => ({ authorization: basic(`${token}:`)['authorization']?.replace('B', 'b') ?? '' }),
      'ok',
    ],
    ['as the password of Basic', (token) => basic(`:${token}`), 'noKey'],
    ['as both user and password', (token) => basic(`${token}:${token}`), 'ok'],
    ['under another scheme', (token) => ({ authorization: `Token ${token}` }), 'noKey'],
    ['without a scheme', (token) => ({ authorization: token }), 'noKey'],
    ['in quotes', (token) => ({ authorization: `Bearer "${token}"` }), 'unknownKey'],
    ['with a word behind it', (token) => ({ authorization: `Bearer ${token} x` }), 'unknownKey'],
    ['with a character more', (token) => bearer(`${token}x`), 'unknownKey'],
    ['with a character less', (token) => bearer(token.slice(0, -1)), 'unknownKey'],
    ['in another case', (token) => bearer(token.toUpperCase()), 'unknownKey'],
    ['with the prefix of the other mode', (token) => bearer(token.replace('_test_', '_live_')), 'unknownKey'],
    ['with the prefix of another kind', (token) => bearer(token.replace('sk_', 'rk_')), 'unknownKey'],
    ['in the header X-Api-Key', (token) => ({ 'x-api-key': token }), 'noKey'],
    ['nowhere', () => ({}), 'noKey'],
    ['as nothing', () => ({ authorization: '' }), 'noKey'],
    ['as an empty Bearer', () => ({ authorization: 'Bearer ' }), 'noKey'],
    ['as Bearer alone', () => ({ authorization: 'Bearer' }), 'noKey'],
    ['as Basic of nothing', () => basic(''), 'noKey'],
    ['as Basic of a colon', () => basic(':'), 'noKey'],
    ['as Basic that is no base64', () => ({ authorization: 'Basic %%%' }), 'noKey'],
    ['as nonsense', () => bearer('nonsense'), 'unknownKey'],
    ['as undefined, as a program that forgot it', () => bearer('undefined'), 'unknownKey'],
  ];
  for (const key of ['secret', 'live'] as const) {
    for (const [why, present, outcome] of presented) {
      if (key === 'live' && /other mode/.test(why)) continue;
      it(`${key} key ${why}: ${outcome}`, async () => {
        const headers = present(emulator.token(key)) ?? {};
        const answer = await rawCall(emulator, { path: '/v1/balance', headers });
        if (outcome === 'ok') assertAnswered(answer);
        else assertRefused(answer, outcome);
      });
    }
  }

  // Stripe.js sends a publishable key as a parameter; no other key is taken from there.
  type ByParameter = (token: (name: string) => string) => RawCall;
  const post = (body: string): RawCall => ({ method: 'POST', path: '/v1/tokens', body });
  const parameters: readonly (readonly [why: string, call: ByParameter, outcome: 'ok' | RefusalName])[] = [
    ['a publishable key in the body', (token) => post(`pii[id_number]=1&key=${token('publishable')}`), 'ok'],
    [
      'a publishable key in the query',
      (token) => ({ ...post(''), path: `/v1/tokens?key=${token('publishable')}` }),
      'ok',
    ],
    [
      'a publishable key for what it may not',
      (token) => ({ path: `/v1/balance?key=${token('publishable')}` }),
      'publishable',
    ],
    ['an expired publishable key', (token) => post(`key=${token('expired publishable')}`), 'expiredKey'],
    ['an unknown publishable key', () => post(`key=${fakeToken('pk_test', 99)}`), 'unknownKey'],
    ['a secret key in the query', (token) => ({ path: `/v1/balance?key=${token('secret')}` }), 'noKey'],
    ['a secret key in the body', (token) => post(`key=${token('secret')}`), 'noKey'],
    ['a restricted key in the query', (token) => ({ path: `/v1/balance?key=${token('restricted')}` }), 'noKey'],
    ['an empty one', () => post('key='), 'noKey'],
    [
      'a publishable key beside a header that is no key',
      (token) => ({ ...post(`key=${token('publishable')}`), headers: { authorization: 'Token x' } }),
      'noKey',
    ],
    [
      'a publishable key beside a secret key in the header, which counts',
      (token) => ({ path: `/v1/balance?key=${token('publishable')}`, headers: bearer(token('secret')) }),
      'ok',
    ],
    [
      'a publishable key and its account',
      (token) => post(`key=${token('publishable')}&_stripe_account=${accounts.connected}`),
      'ok',
    ],
    [
      'a publishable key and an account of others',
      (token) => post(`key=${token('publishable')}&_stripe_account=${accounts.stranger}`),
      'account',
    ],
    [
      'an account in the body beside a header, which means nothing',
      (token) => ({ ...post(`_stripe_account=${accounts.stranger}`), headers: bearer(token('secret')) }),
      'ok',
    ],
  ];
  for (const [why, call, outcome] of parameters) {
    it(`${why}, as a parameter: ${outcome}`, async () => {
      const answer = await rawCall(
        emulator,
        call((name) => emulator.token(name)),
      );
      if (outcome === 'ok') assertAnswered(answer);
      else assertRefused(answer, outcome);
    });
  }

  // Over a plain socket, what Node's client would not send.
  for (const [why, headers, status] of [
    ['a header spelt in capitals', (token: string) => [`AUTHORIZATION: Bearer ${token}`], 200],
    ['no space behind the colon', (token: string) => [`Authorization:Bearer ${token}`], 200],
    [
      'two headers: the first counts',
      (token: string) => [`Authorization: Bearer ${token}`, 'Authorization: Bearer x'],
      200,
    ],
    [
      'two headers: a wrong one first',
      (token: string) => ['Authorization: Bearer x', `Authorization: Bearer ${token}`],
      401,
    ],
    ['no Host', (token: string) => [`Authorization: Bearer ${token}`], 200],
    [
      'a foreign Host, as behind a proxy',
      (token: string) => ['Host: api.stripe.com', `Authorization: Bearer ${token}`],
      200,
    ],
    [
      'a foreign Origin, as from a page',
      (token: string) => ['Origin: https://shop.example', `Authorization: Bearer ${token}`],
      200,
    ],
  ] as const) {
    it(`over a socket, ${why}: ${status}`, async () => {
      const lines = ['GET /v1/balance HTTP/1.1', ...headers(emulator.token('secret')), 'Connection: close', '', ''];
      const [reply] = await sendRaw(emulator.port, { bytes: Buffer.from(lines.join('\r\n')) });
      assert.equal(reply?.status, status, reply?.body);
    });
  }

  describe('in messages', () => {
    const star = (count: number): string => '*'.repeat(count);
    const message = async (token: string): Promise<string> =>
      (await rawCall(emulator, { path: '/v1/balance', headers: bearer(token) })).json.error.message;

    for (const [why, token, shown] of [
      ['an unknown key of today', fakeToken('sk_test', 99), `sk_test_${star(95)}`],
      ['an unknown live key', fakeToken('sk_live', 99), `sk_live_${star(95)}`],
      ['an unknown restricted key', fakeToken('rk_live', 99), `rk_live_${star(95)}`],
      ['an unknown publishable key', fakeToken('pk_test', 99), `pk_test_${star(95)}`],
      ['an unknown organization key', fakeToken('sk_org_test', 232), `sk_org_test_${star(228)}`],
      ['an unknown key of old', fakeToken('sk_live', 24), `sk_live_${star(20)}`],
      ['words for a key', ['sk', 'test', 'your_secret_key_here'].join('_'), `sk_test_${star(16)}here`],
      ['words with hyphens, which survive', 'invalid-api-key', `${star(7)}-${star(3)}-key`],
      ['a key without a mode', fakeToken('sk', 24), star(23)],
      ['a few letters', 'abc', star(3)],
    ] as const) {
      it(`${why} is masked, but for its last four characters`, async () => {
        const text = await message(token);
        assert.ok(text.startsWith(`Invalid API Key provided: ${shown}`), text);
        assert.equal(text.length, 'Invalid API Key provided: '.length + token.length);
        if (token.length > 12) assert.ok(text.endsWith(token.slice(-4)));
      });
    }

    for (const [name, prefix, stars, tail] of [
      ['expired', 'sk_test_', 93, 6],
      ['expired live', 'sk_live_', 93, 6],
      ['expired restricted', 'rk_test_', 93, 6],
      ['expired publishable', 'pk_test_', 93, 6],
      ['expired organization', 'sk_org_test_', 93, 6],
      ['expired legacy', 'sk_test_', 20, 4],
      ['expired middling', 'sk_test_', 30, 4],
    ] as const) {
      it(`a known key is masked, but for its last ${tail} characters: ${name}`, async () => {
        const end = emulator.token(name).slice(-tail);
        assert.equal(await message(emulator.token(name)), `Expired API Key provided: ${prefix}${star(stars)}${end}`);
      });
    }
  });
});
