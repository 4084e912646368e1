import type { SeededRandom } from '../../unit/seededRandom.ts';
import { post, postV2, requestBytes, type BadKind } from './requestText.ts';
import { badBrackets, badPercent, badUtf8, oddName } from './values.ts';

const mebibyte = 1024 * 1024;
/** Sending a megabyte takes a while. */
const fewLarge = 20;

const nested = (random: SeededRandom, depth: number): string =>
  random.text(2) + Array.from({ length: depth }, () => `[${random.pick(['', 'a', '0', '99'])}]`).join('');

/** An array or an object in itself, so deep. */
const nestedJson = (random: SeededRandom, depth: number): string =>
  random.below(2) === 0
    ? `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
    : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Requests that are whole, but whose path, query or body cannot be read. */
export const parameterKinds: readonly BadKind[] = [
  {
    name: 'refuses a path with bad percent-encoding',
    make: (random, doors) => ({
      bytes: requestBytes(doors, { target: `/v1/customers/${badPercent(random).replaceAll(/[&?]/g, '')}` }),
    }),
  },
  {
    name: 'refuses a query with bad percent-encoding',
    make: (random, doors) => ({
      bytes: requestBytes(doors, { target: `/v1/customers?${random.pick(['', 'limit='])}${badPercent(random)}` }),
    }),
  },
  {
    name: 'refuses a form with bad percent-encoding',
    make: (random, doors) => ({ bytes: post(doors, random.pick(['', 'name=', 'a[b]=']) + badPercent(random)) }),
  },
  {
    name: 'refuses a form that is not UTF-8',
    make: (random, doors) => ({ bytes: post(doors, random.pick(['', 'name=', 'a[b]=']) + badUtf8(random)) }),
  },
  {
    name: 'refuses JSON that is not UTF-8',
    make: (random, doors) => ({ bytes: postV2(doors, `{"name":"${badUtf8(random)}"}`) }),
  },
  {
    name: 'refuses a path with a NUL, or a line end, encoded',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        target: `/v1/customers/${random.text(3)}${random.pick(['%00', '%0d%0aInjected:%20yes', '%0a', '%0d%0a%0d%0a'])}`,
      }),
    }),
  },
  {
    name: 'refuses brackets that do not match in a form',
    make: (random, doors) => ({ bytes: post(doors, `name=x&${badBrackets(random)}=1`) }),
  },
  {
    name: 'refuses brackets that do not match in a query',
    make: (random, doors) => ({ bytes: requestBytes(doors, { target: `/v1/customers?${badBrackets(random)}=1` }) }),
  },
  {
    name: 'refuses a form that is nested too deeply',
    make: (random, doors) => ({ bytes: post(doors, `${nested(random, 21 + random.below(2000))}=1`) }),
  },
  {
    name: 'refuses a query that is nested too deeply',
    make: (random, doors) => ({
      bytes: requestBytes(doors, { target: `/v1/customers?${nested(random, 21 + random.below(1000))}=1` }),
    }),
  },
  {
    name: 'refuses JSON that is nested too deeply',
    make: (random, doors) => ({ bytes: postV2(doors, nestedJson(random, 51 + random.below(5000))) }),
  },
  {
    name: 'refuses JSON that is nested as deeply as a megabyte allows',
    count: fewLarge,
    make: (random, doors) => ({ bytes: postV2(doors, nestedJson(random, 160_000)) }),
  },
  {
    name: 'refuses too many parameters',
    make: (random, doors) => {
      const pair = random.pick(['a=1', 'a[]=1', 'a', '=', `${random.text(2)}[x]=1`, '']);
      return { bytes: post(doors, Array.from({ length: 2001 + random.below(500) }, () => pair).join('&')) };
    },
  },
  {
    name: 'refuses as many parameters as a megabyte holds',
    count: fewLarge,
    make: (random, doors) => ({ bytes: post(doors, random.pick(['a&', 'a[]&', '&', 'a=&']).repeat(mebibyte / 4)) }),
  },
  {
    name: 'refuses JSON on v1',
    make: (random, doors) => {
      const type = random.pick(['application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8']);
      const target = random.pick(['/v1/customers', '/v1/charges', '/v1/stripecli/key_permissions']);
      const body = JSON.stringify({ name: random.text(5) });
      const headers = { 'Content-Type': type };
      return { bytes: requestBytes(doors, { method: 'POST', target, body, headers }) };
    },
  },
  {
    name: 'refuses a content type that is no form on v1',
    make: (random, doors) => {
      const types = [
        'text/plain',
        'application/xml',
        'application/octet-stream',
        'image/png',
        '*/*',
        'nonsense',
      ] as const;
      const almost = [
        'application/x-www-form-urlencoded2',
        ';',
        'multipart/form-data',
        'multipart/form-data; boundary=x',
      ] as const;
      return { bytes: post(doors, 'name=x', { 'Content-Type': random.pick([...types, ...almost]) }) };
    },
  },
  {
    name: 'refuses a JSON body on a GET of v1',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        method: random.pick(['GET', 'DELETE']),
        target: '/v1/customers/cus_1',
        body: JSON.stringify({ limit: random.below(9) }),
        headers: { 'Content-Type': 'application/json' },
      }),
    }),
  },
  {
    name: 'refuses a form on v2',
    make: (random, doors) => {
      const type = random.pick(['application/x-www-form-urlencoded', 'application/json', 'text/plain']);
      return { bytes: postV2(doors, `type=secret_key&name=${random.text(5)}`, { 'Content-Type': type }) };
    },
  },
  {
    name: 'refuses JSON that is cut off, or no object',
    make: (random, doors) => {
      const whole = JSON.stringify({ type: 'secret_key', name: random.text(8), permissions: ['customer_read'] });
      const cut = whole.slice(0, 1 + random.below(whole.length - 2));
      const other = [
        'null',
        '1',
        '"x"',
        '[]',
        '[{}]',
        'true',
        'NaN',
        '{,}',
        "{'a':1}",
        '{"a":1}}',
        '\ufeff',
        ' ',
      ] as const;
      return { bytes: postV2(doors, Buffer.from(random.below(2) ? cut : random.pick(other))) };
    },
  },
  {
    name: 'refuses JSON of the wrong shape',
    make: (random, doors) => {
      const odd = [null, 7, [], {}, 'x', true, [[]], { a: 1 }, '\ud800', Number.MAX_VALUE, -0] as const;
      const field = random.pick(['type', 'name', 'note', 'permissions', 'public_key', '__proto__', 'constructor', 'x']);
      const bytes = Buffer.from(`{"type":"nonsense","${field}":${JSON.stringify(random.pick(odd))}}`);
      return { bytes: postV2(doors, bytes) };
    },
  },
  {
    name: 'refuses parameters of the wrong kind',
    make: (random, doors) => {
      const query = random.pick([
        `limit=${random.pick(['0', '-1', '101', 'abc', '1.5', '1e9', 'Infinity', 'NaN', '', '[]', 'null', '٣'.repeat(2)])}`,
        `limit[${random.text(2)}]=5`,
        `starting_after=${random.text(random.below(2000) + 1)}`,
        `ending_before=${random.text(9)}`,
        `starting_after=a&ending_before=b`,
      ]);
      return { bytes: requestBytes(doors, { target: `/v1/customers?${encodeURI(query)}` }) };
    },
  },
  {
    name: 'refuses paths that lead nowhere',
    make: (random, doors) => {
      const part = random.text(1 + random.below(30), 'abcXYZ019._~!$()*,;:@-');
      const target = random.pick([
        `/${part}`,
        `/v1/${part}`,
        `/v1/customers/${part}/${part}/${part}`,
        `/v1/customers/${part}/`,
        `//v1/customers`,
        `/v1//customers`,
        `/v1/customers/${random.text(501 + random.below(20_000))}`,
        `/v1/customers/../../etc/passwd`,
        `/v1/customers/%2e%2e%2f${part}`,
        `/v3/customers`,
        `/_dashboard`,
        `/v1/customers#${part}/x`.replace('#', '%23'),
        `/v1/accounts/${part}`,
        `/v2/iam/api_keys/${part}`,
        `/v2/core/events/${part}`,
        '/',
      ]);
      return { bytes: requestBytes(doors, { method: random.pick(['GET', 'DELETE']), target }) };
    },
  },
  {
    name: 'refuses or ignores names that mean something to JavaScript',
    make: (random, doors) => ({
      bytes: random.pick([
        post(doors, `name=x&${oddName(random)}=1`),
        requestBytes(doors, { target: `/v1/customers?${oddName(random)}=1` }),
        postV2(doors, `{"type":"secret_key","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`),
      ]),
      replies: ['answered'],
    }),
  },
  {
    name: 'refuses or takes forms that are odd but legal',
    make: (random, doors) => {
      const odd = [
        'a=1&a=2',
        'a[b]=1&a=2',
        'a[]=1&a[x]=2',
        'a[999999999]=1',
        'a[-1]=1',
        '[a]=1',
        '[]=1',
        '=1',
        '&&&',
        'a',
        'a==',
        'a=%00',
        'a[%00]=1',
        'name=\u0000',
        'a[b]=[x]=y',
        'metadata=',
        'metadata=x',
        'metadata[]=x',
        'metadata[a][b]=c',
        'expand[]=a.b.c',
        'expand=x',
        'expand[][]=x',
        'id=x',
        'object=x',
        'livemode=true',
        'created=-1',
        `name=${'x'.repeat(60_000)}`,
      ] as const;
      return { bytes: post(doors, `${random.pick(odd)}&${random.pick(odd)}`), replies: ['answered'] };
    },
  },
  {
    name: 'refuses or takes a megabyte in one parameter',
    count: fewLarge,
    make: (random, doors) => {
      const body = random.pick(['name=', '', 'a[b]=']) + random.pick(['x', '+', '%41', '(', '\u0001']).repeat(330_000);
      return { bytes: post(doors, body), replies: ['answered'] };
    },
  },
];
