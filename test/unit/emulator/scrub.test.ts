import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { scrubRecord } from '../../../src/emulator/requestLog/scrubRecord.ts';
import { fakeToken, testSecret } from '../fixtures.ts';
import { seededRandom } from '../seededRandom.ts';
import { aRawRecord } from './rawRecord.ts';

const word = (...parts: readonly string[]): string => parts.join('_');

/** The texts of a record after it was scrubbed, all of them in one. */
const logged = (over: Parameters<typeof aRawRecord>[0]): string => JSON.stringify(scrubRecord(aRawRecord(over)));
const inBody = (requestBody: string): string => logged({ detail: { requestBody } });

describe('the scrubber of the request log', () => {
  const body = fakeToken('', 24).slice(1);
  for (const [what, text, secret] of [
    ['an encoded underscore of a webhook secret', `a=whsec%5F${body}`, body],
    ['encoded underscores of a client secret', `a=pi_1%5Fsecret%5F${body}`, body],
    ['a twice encoded key', `a=sk%255Flive%255F${body}`, body],
    ['a key that is encoded three times', `a=sk%2525255Flive%2525255F${body}`, body],
    ['a webhook secret whose plus nobody encoded', `a=whsec_abc+${body}`, body],
    ['a token in a name, a plus for its space', `Bearer+${body}=1`, body],
    [
      'Base64 with entities in it',
      `a=x${Buffer.from(word('whsec', body)).toString('base64').replaceAll('N', '&#78;')}`,
      Buffer.from(body).toString('base64').slice(8, 16),
    ],
    ['a value by a name that is encoded twice', 'card%255Bpin%255D=1234', '1234'],
    ['an escaped key', `{"a":"sk\\u005flive\\u005f${body}"}`, body],
    ['an escaped key in a form', `a=sk\\u005flive\\u005f${body}`, body],
    ['an escape before hexadecimal digits', `{"a":"sk\\u005flive\\u005fab12cd34${body}"}`, body],
    ['entities in a form', `a=sk&#95;live&#95;${body}`, body],
    [
      'a key in Base64',
      `a=${Buffer.from(word('sk', 'live', body)).toString('base64')}`,
      Buffer.from(body).toString('base64').slice(4, 20),
    ],
    ['a bearer token of any form', 'a=Bearer 0paque-tokenvalue', '0paque-tokenvalue'],
    ['an encrypted key', `{"a":"eyJhbGciOiJSU0EtT0FFUC0yNTYifQ.${body}.${body}.${body}.${body}"}`, body],
    ['Basic credentials', `a=Basic ${Buffer.from(`${word('rk', 'test', body)}:`).toString('base64')}`, 'cmtfd'],
    ['a card number with dots', 'a=4242.4242.4242.4242', '4242'],
    ['a card number with encoded dashes', 'a=4242%2D4242%2D4242%2D4242', '4242'],
    ['a card number in five groups', 'a=3782 822463 10005', '822463'],
    ['a card number, each digit apart', 'a=4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2', '4 2 4 2'],
    [
      'a card number in full-width digits',
      `a=${'4242424242424242'.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff_10 + Number(digit)))}`,
      '\uff14\uff12',
    ],
    ['a code in a list', '{"cvc":["987"]}', '987'],
    ['a code in a list of lists', '{"card":{"cvc":[["987"],[986]]}}', '98'],
    ['a code in an object', '{"cvc":{"value":"987"}}', '987'],
    ['a code as a number', '{"cvc":987}', '987'],
    ['a code by an escaped name', '{"c\\u0076c":"987"}', '987'],
    ['a code by an encoded name', 'card%255Bc%76c%255D=987', '987'],
    ['a code in a list of a form', 'card[cvc][0]=987', '987'],
    ['a code in a form in a form', `a=${encodeURIComponent('b=1&card[cvc]=987')}`, '987'],
    ['a code in JSON in a form', `a=${encodeURIComponent('{"cvc":"987"}')}`, '987'],
    ['a code in JSON in JSON', JSON.stringify({ a: JSON.stringify({ cvc: '987' }) }), '987'],
    ['a security code', 'card[security_code]=987', '987'],
    ['a security code in JSON', '{"card":{"securityCode":"987"}}', '987'],
    ['numbers that identify', '{"id_numbers":[{"type":"us_ssn","value":"123456789"}]}', '123456789'],
    ['a social security number', 'a=123-45-6789', '6789'],
    ['the end of one', 'individual[ssn_last_4]=6789', '6789'],
    ['an account number', 'bank_account[account_number]=000123', '000123'],
    ['an IBAN', 'a=GB82 WEST 1234 5698 7654 32', 'WEST'],
    ['a cut code', '{"card":{"cvc":"98', '98'],
    ['a code in markup', 'a=<cvc>987</cvc>', '987'],
    ['a code in words', 'a=my cvc: 987', '987'],
    [
      'a multipart body that is not called one',
      '--x\r\nContent-Disposition: form-data; name="cvc"\r\n\r\n987\r\n--x--',
      '987',
    ],
  ] as const) {
    it(`removes ${what}`, () => {
      assert.ok(!inBody(text).includes(secret), inBody(text));
      assert.ok(!logged({ detail: { responseBody: text } }).includes(secret));
      assert.ok(!logged({ query: text }).includes(secret));
    });
  }

  const names = `
    number pin data payload cvc cvc2 cvv cvv2 csc pan iban ssn ssn_last_4 security_code card_code
    verification_value card_number account_number id_number id_numbers id_number_secondary
    social_security_number cryptogram pin_block encrypted_number track_data track1 track2
    swipe_data emv_data secret client_secret secret_key api_key private_key password passwd
    passphrase access_token refresh_token authorization
  `;
  for (const name of names.trim().split(/\s+/)) {
    it(`removes the value of ${name}`, () => {
      const value = 'tell-nobody';
      for (const text of [
        `${name}=${value}`,
        `a[${name}]=${value}`,
        `a%5B${name}%5D=${value}&b=2`,
        `{"${name}":"${value}"}`,
        `{"a":[{"${name}": ["${value}"]}]}`,
        `{"${name.toUpperCase()}":"${value}"}`,
      ])
        assert.ok(!inBody(text).includes(value), inBody(text));
    });
  }

  for (const token of [
    'sk_live',
    'rk_test',
    'sk_org_live',
    'rkcs_test',
    'ek_live',
    'uk_test',
    'whsec',
    'oak',
  ] as const) {
    it(`removes ${token}_… wherever it stands`, () => {
      const secret = fakeToken(token, 30);
      for (const text of [
        secret,
        `x${secret}`,
        `a b ${secret}.`,
        `{"a":"${secret}"}`,
        `${secret}=1`,
        `{"${secret}":1}`,
      ])
        assert.ok(!inBody(text).includes(secret.slice(-30)), inBody(text));
      const found = logged({
        path: `/v1/${secret}/x`,
        detail: {
          userAgent: secret,
          idempotencyKey: secret,
          version: secret,
          context: secret,
          address: secret,
          refused: { kind: 'unknownPath', message: `No such: ${secret}` },
        },
      });
      assert.ok(!found.includes(secret.slice(-30)), found);
    });
  }

  for (const text of [
    'name=Ada&email=ada%40example.com&expand[]=data.customer&amount=500&metadata[order]=6735',
    'items[0][price]=price_1PgafmB7WZ01zgkW&number_of_items=3&payment_method=pm_1PgafmB7WZ01zgkWDgJd6Zm8',
    '{"id":"cus_QXg1o8vcGmoR32","object":"customer","created":1700000000,"data":[{"id":"sub_1","number_of_seats":2}]}',
    '{"error":{"message":"No such customer: \'cus_none\'","type":"invalid_request_error","param":"id"}}',
    '{"last4":"4242","brand":"visa","fingerprint":"Xt5EWLLDS7FJjR1c","exp_month":8,"exp_year":2030,"cvc_check":"pass","id_number_provided":true}',
    '{"created":"2026-10-01T12:00:00.000Z","secret":null,"url":"/v1/accounts/acct_1aTnTtAAB0hHJ26p/external_accounts"}',
  ]) {
    it(`leaves ${text.slice(0, 40)}… as it is`, () => {
      assert.equal(scrubRecord(aRawRecord({ detail: { requestBody: text } })).detail.requestBody, text);
    });
  }

  it('leaves digits and letters that check digits tell from numbers of cards and accounts', () => {
    for (const text of [
      'paid 2026-10-28 12:00:00.1234, 2026-10-29 11:09:08.7651, 2026-10-30 10:08:07.9876',
      'version 1.2.3.4.5.6.7.8.9.1.2.3.4',
      'AB12CDEFGHIJKLMNO',
    ])
      assert.equal(scrubRecord(aRawRecord({ detail: { userAgent: text } })).detail.userAgent, text);
  });

  it('takes what an escape makes half a character of', () => {
    const hidden = encodeURIComponent(String.raw`b={"number":"${body}","a":"\ud800"}`);
    const text = inBody(`a=${hidden}`);
    assert.ok(text.includes('a=[removed]') && !text.includes(body), text);
  });

  it('keeps of a path that holds a secret only the words of its route', () => {
    const pathOf = (path: string): string => scrubRecord(aRawRecord({ path })).path;
    assert.equal(pathOf(`/v1/customers/${testSecret()}/sources`), '/v1/customers/[removed]/sources');
    assert.equal(pathOf(`/v1/customers/${encodeURIComponent('{"pin":"1234"}')}`), '/v1/customers/[removed]');
    assert.equal(pathOf('/v1/customers/whsec_abc/DEF'), '/v1/customers/[removed]/[removed]');
  });

  it('leaves addresses, versions, ids and programs as they are', () => {
    const detail = {
      address: '192.168.100.200',
      context: 'acct_1aTnTtAAB0hHJ26p/acct_1aTnTtAAB0hHJ26q',
      version: '2026-10-28.endive',
      userAgent: 'Stripe/v1 NodeBindings/23.1.0',
      idempotencyKey: '0b6f4b1e-6c0a-4b57-9d1c-2f0d5cf5a0e1',
      refused: { kind: 'unknownKey', message: `Invalid API Key provided: ${word('sk', 'test', '*********')}wxyz` },
    };
    const { path, detail: found } = scrubRecord(aRawRecord({ path: '/v1/customers/cus_QXg1o8vcGmoR32', detail }));
    assert.deepEqual({ ...found, ...detail }, found);
    assert.equal(path, '/v1/customers/cus_QXg1o8vcGmoR32');
  });

  it('drops what a cut body ends in, for it may be half of a secret', () => {
    for (const text of ['a=1&b=4242424', '{"a":"1","b":"4242424', '{"a":"1","b":4242424', '{"a":"1","4242424']) {
      const { requestBody } = scrubRecord(
        aRawRecord({ detail: { requestBody: text, cut: { request: true, response: false } } }),
      ).detail;
      assert.ok(!requestBody.includes('4242424'), requestBody);
      assert.ok(requestBody.includes('…'), requestBody);
    }
  });

  it('keeps 8 KiB of a text, and says that there was more', () => {
    const { requestBody } = scrubRecord(aRawRecord({ detail: { requestBody: `a=${'n '.repeat(6000)}` } })).detail;
    assert.deepEqual([requestBody.length, requestBody.at(-1)], [8193, '…']);
  });

  describe('with random secrets, encoded at random', () => {
    const random = seededRandom(4711);
    const one = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
    const letters = (alphabet: string, length: number): string => random.text(length, alphabet);
    const digits = '0123456789';
    const alphanumeric = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

    const secrets: readonly (() => string)[] = [
      () =>
        word(
          one(['sk', 'rk', 'ek', 'uk', 'rkcs', 'sk_org']),
          one(['live', 'test']),
          letters(alphanumeric, 10 + random.below(90)),
        ),
      () => word('whsec', letters(`${alphanumeric}+/`, 32)),
      () => word('oak', letters(alphanumeric, 20)),
      () => word('pi', letters(alphanumeric, 20), 'secret', letters(alphanumeric, 25)),
      () => letters(digits, 12 + random.below(8)),
      () => Array.from({ length: 4 }, () => letters(digits, 4)).join(one([' ', '-', '.', '/', '_', ' - '])),
      () => [letters(digits, 4), letters(digits, 6), letters(digits, 5)].join(one([' ', '-', '.'])),
      () => [letters(digits, 3), letters(digits, 2), letters(digits, 4)].join('-'),
    ];
    const each = (text: string, write: (character: string, code: number) => string): string => {
      const all = random.below(2) === 0;
      return Array.from(text)
        .map((character) =>
          all || !/\w/.test(character) || character === '_' || random.below(3) === 0
            ? write(character, character.codePointAt(0) ?? 0)
            : character,
        )
        .join('');
    };
    const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');
    const encodings: Readonly<Record<string, (text: string) => string>> = {
      percent: (text) => each(text, (_, code) => `%${one([hex(code, 2), hex(code, 2).toUpperCase()])}`),
      json: (text) => each(text, (_, code) => `\\u${hex(code, 4)}`),
      base64: (text) => Buffer.from(text).toString(one(['base64', 'base64url'])),
      html: (text) => each(text, (_, code) => one([`&#${code};`, `&#x${hex(code, 2)};`])),
      hex: (text) => one([Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()]),
    };
    const places: Readonly<Record<string, (text: string) => Parameters<typeof aRawRecord>[0]>> = {
      'a form': (text) => ({ detail: { requestBody: `a=1&note=${encodeURIComponent(text)}&b=2` } }),
      'a form, as it is': (text) => ({ detail: { requestBody: `a=1&note=${text}&b=2` } }),
      'a name of a form': (text) => ({ detail: { requestBody: `a=1&${encodeURIComponent(text)}=2` } }),
      JSON: (text) => ({ detail: { requestBody: JSON.stringify({ a: 1, note: text }) } }),
      'a list in JSON': (text) => ({ detail: { requestBody: JSON.stringify({ a: [{ b: ['x', text] }] }) } }),
      'a name in JSON': (text) => ({ detail: { requestBody: JSON.stringify({ [text]: 1 }) } }),
      'an answer': (text) => ({ detail: { responseBody: JSON.stringify({ id: 'cus_1', note: text }, undefined, 2) } }),
      'an error': (text) => ({
        detail: { refused: { kind: 'objectNotFound', message: `No such customer: '${text}'` } },
      }),
      'a path': (text) => ({ path: `/v1/customers/${text}/sources` }),
      'an encoded path': (text) => ({ path: `/v1/customers/${encodeURIComponent(text)}` }),
      'a query': (text) => ({ query: `limit=3&note=${encodeURIComponent(text)}` }),
      'a query, as it is': (text) => ({ query: `limit=3&note=${text}` }),
      'an idempotency key': (text) => ({ detail: { idempotencyKey: text } }),
      'a program': (text) => ({ detail: { userAgent: `mine/1.0 ${text}` } }),
      'a version': (text) => ({ detail: { version: text } }),
      'a context': (text) => ({ detail: { context: text } }),
      'an address': (text) => ({ detail: { address: text } }),
    };

    const kinds = Object.keys(encodings);
    const chains = [
      [],
      ...kinds.map((kind) => [kind]),
      ...kinds.flatMap((first) => kinds.map((second) => [first, second])),
    ];
    for (const chain of chains) {
      it(`lets none through as ${chain.join(' in ') || 'they are'}`, () => {
        for (let round = 0; round < 6; round += 1) {
          for (const secret of secrets.map((make) => make())) {
            const encoded = chain.reduce((text, name) => encodings[name]?.(text) ?? '', secret);
            const around = one(['', '', 'x', 'order-', 'see ']);
            for (const [place, put] of Object.entries(places)) {
              const found = logged(put(around + encoded));
              // What stands before a secret may stay, and what tells its kind; half of the rest is too much.
              const tail = JSON.stringify(encoded.slice(-Math.floor(encoded.length / 2))).slice(1, -1);
              assert.ok(!found.includes(tail), `${place}: ${encoded} is logged as ${found}`);
              const decodable = JSON.stringify(
                encodeURIComponent(encoded.slice(-Math.floor(encoded.length / 2))),
              ).slice(1, -1);
              assert.ok(!found.includes(decodable), `${place}: ${encoded} is logged as ${found}`);
            }
          }
        }
      });
    }
  });
});
