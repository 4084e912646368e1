import { post, requestBytes, type BadKind } from './requestText.ts';
import { badAuthorization } from './values.ts';

const context = (text: string): Record<string, string> => ({ 'Stripe-Context': text });
const account = (text: string): Record<string, string> => ({ 'Stripe-Account': text });

/** Bytes that a header may hold, and that mean nothing. */
const odd = 'abcXYZ019_-./;:,=+"\'<>{}[]()@!?*&^%$#~`|\\\xe9\xff \t';

/** Requests with headers that are well-formed and wrong. */
export const headerKinds: readonly BadKind[] = [
  {
    name: 'refuses a bogus Authorization',
    make: (random, doors) => ({
      bytes: requestBytes(doors, { headers: { Authorization: badAuthorization(random) } }),
    }),
  },
  {
    name: 'refuses a bogus Authorization before a right one',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        headers: { Authorization: badAuthorization(random) },
        lines: `Authorization: Bearer ${doors.token}\r\n`,
      }),
    }),
  },
  {
    name: 'refuses a bogus key in the query or the body',
    make: (random, doors) => {
      const key = `key=${random.pick(['pk_test_', 'pk_live_', 'sk_test_', '', '%00', 'pk_'])}${random.text(random.below(99))}`;
      const headers = { Authorization: undefined };
      return {
        bytes:
          random.below(2) === 0
            ? post(doors, key, headers)
            : requestBytes(doors, { target: `/v1/tokens?${key}`, headers }),
      };
    },
  },
  {
    name: 'refuses a bogus Stripe-Version',
    make: (random, doors) => {
      const version = random.pick([
        'x',
        '2026',
        '2026-1-1',
        '26-01-01',
        '2026-01-01.',
        '2026-01-01.A',
        'latest',
        '2026-01-01x',
        '',
      ]);
      const text = random.below(2) ? `${version}${random.text(1 + random.below(50), odd)}!` : version;
      return {
        bytes: requestBytes(doors, {
          headers: { 'Stripe-Version': text.trim().replace(/^(\d{4}-\d{2}-\d{2});/, 'x') },
        }),
      };
    },
  },
  {
    name: 'refuses no Stripe-Version on v2',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        target: `/v2/iam/api_keys${random.pick(['', '?limit=1', `/mk_${random.text(9)}`])}`,
      }),
    }),
  },
  {
    name: 'refuses a bogus Stripe-Account or Stripe-Context',
    make: (random, doors) => {
      const text = random.pick([
        '',
        'null',
        `acct_${random.text(16)}`,
        `acct_1R3fqDP6919yCiFv/${random.text(5)}`,
        `/acct_1R3fqDP6919yCiFv`,
        '/'.repeat(1 + random.below(9000)),
        `org_${random.text(20)}`,
        '__proto__',
        'constructor',
        `${random.text(1 + random.below(200), odd)}!`,
      ]);
      return { bytes: requestBytes(doors, { headers: random.below(2) ? context(text) : account(text) }) };
    },
  },
  {
    name: 'refuses an Idempotency-Key that is empty or too long',
    make: (random, doors) => {
      const key = random.pick(['', '   ', '\t', 'k'.repeat(256 + random.below(20_000)), '\xe9'.repeat(256)]);
      return { bytes: post(doors, 'name=x', { 'Idempotency-Key': key }) };
    },
  },
  {
    name: 'refuses an Idempotency-Key that was used for another request',
    make: (random, doors) => {
      const key = `used ${random.text(20)}`;
      const first = requestBytes(doors, {
        method: 'POST',
        body: 'name=one',
        headers: { 'Idempotency-Key': key },
        keepAlive: true,
      });
      const second = post(doors, random.pick(['name=two', 'name=one&x=1', 'name=One']), { 'Idempotency-Key': key });
      return { bytes: Buffer.concat([first, second]), replies: ['good', 'refused'] };
    },
  },
  {
    name: 'refuses or takes odd Idempotency-Keys',
    make: (random, doors) => {
      const key = random.text(1 + random.below(255), odd);
      const first = requestBytes(doors, {
        method: 'POST',
        body: 'name=one',
        headers: { 'Idempotency-Key': key },
        keepAlive: true,
      });
      const second = post(doors, 'name=one', { 'Idempotency-Key': key });
      return { bytes: Buffer.concat([first, second]), replies: ['answered', 'answered'] };
    },
  },
  {
    name: 'refuses an address that a key may not be used from, however it is written',
    make: (random, doors) => {
      const address = random.pick([
        '',
        '11.0.0.1',
        '10.0.0.256',
        '10.0.0',
        '10.0.0.1/8',
        '010.0.0.1x',
        '::1',
        '::ffff:11.0.0.1',
        '0x0b.0.0.1',
        '10.0.0.1, 11.0.0.1',
        'localhost',
        'null',
        '__proto__',
        '[::ffff:10.0.0.1]',
        '10.0.0.1%eth0',
        random.text(1 + random.below(500), odd) + '!',
      ]);
      const headers = { Authorization: `Bearer ${doors.limited}`, 'Keysmith-Client-Ip': address };
      return { bytes: requestBytes(doors, { headers }) };
    },
  },
  {
    name: 'refuses or answers headers that try to become a line of the reply',
    make: (random, doors) => {
      const text = random.pick([
        'x%0d%0aInjected: yes',
        'x\\r\\nInjected: yes',
        'x\xc4\x8d\xc4\x8aInjected: yes',
        'x\x85Injected: yes',
        'x\xe5\x98\x8a\xe5\x98\x8dInjected: yes',
      ]);
      const name = random.pick([
        'Idempotency-Key',
        'Stripe-Version',
        'Stripe-Account',
        'Stripe-Context',
        'Keysmith-Client-Ip',
        'Origin',
        'User-Agent',
        'Request-Id',
      ]);
      return { bytes: post(doors, 'name=x', { [name]: text }), replies: ['answered'] };
    },
  },
  {
    name: 'refuses or answers headers no one asked for',
    make: (random, doors) => {
      const lines = random.pick([
        'Expect: 100-continue\r\n',
        `Expect: ${random.text(9)}\r\n`,
        'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n',
        'Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n',
        'Content-Encoding: gzip\r\n',
        'Accept-Encoding: nonsense\r\nAccept: image/png\r\n',
        'Range: bytes=5-2\r\nIf-Match: "x"\r\n',
        'Forwarded: for=10.0.0.1\r\nX-Forwarded-For: 10.0.0.1\r\n',
        'X-HTTP-Method-Override: DELETE\r\n',
        `Cookie: ${random.text(4000)}\r\n`,
        'Host: one\r\nHost: two\r\n',
        '__proto__: x\r\nconstructor: y\r\n',
        Array.from({ length: 3000 }, () => 'a:b\r\n').join(''),
      ]);
      return { bytes: requestBytes(doors, { method: 'POST', body: 'name=x', lines }), replies: ['answered'] };
    },
  },
];
