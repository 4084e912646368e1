import { post, requestBytes, type Attempt, type BadKind, type Doors, type Expected } from './requestText.ts';
import type { SeededRandom } from '../../unit/seededRandom.ts';

const kibibyte = 1024;
const mebibyte = kibibyte * kibibyte;
const fewLarge = 20;

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** A POST whose framing is `lines`; what stands behind the headers is `rest`. */
const framed = (doors: Doors, lines: string, rest: string): Buffer =>
  Buffer.concat([
    requestBytes(doors, { method: 'POST', lines: `Content-Type: application/x-www-form-urlencoded\r\n${lines}` }),
    Buffer.from(rest, 'latin1'),
  ]);

/** A GET of something that is not there, and the words of the answer it must get. */
function missing(doors: Doors, id: string, keepAlive: boolean): { bytes: Buffer; expected: Expected; mark: string } {
  return {
    bytes: requestBytes(doors, { target: `/v1/customers/${id}`, keepAlive }),
    expected: 'refused',
    mark: `No such customer: '${id}'`,
  };
}

/** Good and bad requests one behind the other, the last of them closing the connection. */
function pipeline(random: SeededRandom, doors: Doors, last?: Buffer): Attempt {
  const length = 2 + random.below(6);
  const parts = Array.from({ length }, (_, index) => {
    const keepAlive = last !== undefined || index < length - 1;
    const id = `cus_${index}${random.text(6)}`;
    if (random.below(2) === 0) return missing(doors, id, keepAlive);
    const options = { method: 'POST', keepAlive };
    if (random.below(3) === 0)
      return {
        bytes: requestBytes(doors, { ...options, body: `a[=${id}` }),
        expected: 'refused' as const,
        mark: 'brackets',
      };
    return {
      bytes: requestBytes(doors, { ...options, body: `name=${id}` }),
      expected: 'good' as const,
      mark: `"name": "${id}"`,
    };
  });
  return {
    bytes: Buffer.concat([...parts.map(({ bytes }) => bytes), ...(last ? [last] : [])]),
    replies: [...parts.map(({ expected }) => expected), ...(last ? (['refused'] as const) : [])],
    marks: [...parts.map(({ mark }) => mark), ...(last ? [undefined] : [])],
  };
}

/** Requests that are not HTTP, or too much of it. */
export const protocolKinds: readonly BadKind[] = [
  {
    name: 'refuses a request line that is none',
    make: (random, { authority }) => {
      const line = random.pick([
        'GET',
        'GET /v1/customers',
        'GET  HTTP/1.1',
        'GET v1/customers HTTP/1.1',
        'GET /v1/cust omers HTTP/1.1',
        'GET /v1/customers HTTP/1.1 x',
        'GET /v1/customers HTTP/9.9',
        'GET /v1/customers HTTP/1.',
        'GET /v1/customers HTTPS/1.1',
        'GET /v1/customers http/1.1',
        'GET /v1/customers RTSP/1.0',
        'GET\t/v1/customers\tHTTP/1.1',
        ' GET /v1/customers HTTP/1.1',
        'get /v1/customers HTTP/1.1',
        'GE\x00T /v1/customers HTTP/1.1',
        'GET /v1/cust\x00omers HTTP/1.1',
        'GET /v1/customers HTTP/1.1\x00',
        'GET /v1/cust\rmers HTTP/1.1',
        'PRI * HTTP/2.0',
        '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
        `${random.text(1 + random.below(20)).toUpperCase()}X / HTTP/1.1`,
        `${random
          .bytes(1 + random.below(60))
          .toString('latin1')
          .replaceAll(/[\r\n]/g, '?')}\x01`,
      ]);
      return { bytes: Buffer.from(`${line}\r\nHost: ${authority}\r\n\r\n`, 'latin1'), halfClose: true };
    },
  },
  {
    name: 'refuses a method that no route has',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        method: random.pick([
          'PUT',
          'PATCH',
          'OPTIONS',
          'TRACE',
          'PROPFIND',
          'MKCOL',
          'SEARCH',
          'M-SEARCH',
          'LINK',
          'SOURCE',
          'QUERY',
          'CONNECT',
        ]),
        target: random.pick([
          '/v1/customers',
          '/v1/customers/cus_1',
          '/',
          '*',
          'example.com:443',
          'http://example.com/v1/customers',
          '/_dashboardx',
        ]),
      }),
      halfClose: true,
    }),
  },
  {
    name: 'refuses headers that are none',
    make: (random, doors) => {
      const line = random.pick([
        'No colon',
        ': no name',
        'Bad name: x',
        'Bad\tname: x',
        'Bad\x00name: x',
        'Bad(name): x',
        'Name : x',
        'Name: a\x00b',
        'Name: a\x01b',
        'Name: a\x7fb',
        'Name: a\rb',
        ' folded: x',
        'N\xe9: x',
      ]);
      return { bytes: requestBytes(doors, { lines: `${line}\r\n` }), halfClose: true };
    },
  },
  {
    name: 'refuses a Content-Length that is none, or two',
    make: (random, doors) => {
      const lines = random.pick([
        'Content-Length: -1\r\n',
        'Content-Length: +5\r\n',
        'Content-Length: 0x5\r\n',
        'Content-Length: 5 5\r\n',
        'Content-Length: 5, 5\r\n',
        'Content-Length: five\r\n',
        'Content-Length: 5.0\r\n',
        'Content-Length: 1e3\r\n',
        'Content-Length: \r\n',
        'Content-Length: 99999999999999999999999\r\n',
        'Content-Length: 5\r\nContent-Length: 6\r\n',
        'Content-Length: 5\r\nContent-Length: 5\r\n',
        'Content-Length: 5\r\ncontent-length: 0\r\n',
      ]);
      return { bytes: framed(doors, lines, 'a=b&c'), halfClose: true };
    },
  },
  {
    name: 'refuses two framings at once, and the request smuggled behind them',
    make: (random, doors) => {
      const lines = random.pick([
        'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
        'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n',
        'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
        'Transfer-Encoding: chunked, identity\r\n',
        'Transfer-Encoding: xchunked\r\n',
        'Transfer-Encoding: gzip\r\n',
        'Transfer-Encoding: identity\r\n',
        'Transfer-Encoding: chunked;x=1\r\n',
        'Transfer-Encoding:\x0bchunked\r\n',
        'Transfer-Encoding : chunked\r\n',
        'Transfer-Encoding: "chunked"\r\n',
        'Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n',
      ]);
      const smuggled = requestBytes(doors, { target: '/v1/balance' }).toString('latin1');
      return { bytes: framed(doors, lines, `0\r\n\r\n${smuggled}`), halfClose: true };
    },
  },
  {
    name: 'refuses chunks that are none',
    make: (random, doors) => {
      const body = random.pick([
        'x\r\na=b\r\n0\r\n\r\n',
        '-1\r\na\r\n0\r\n\r\n',
        '3\r\na=bc\r\n0\r\n\r\n',
        '3 3\r\na=b\r\n0\r\n\r\n',
        '0x3\r\na=b\r\n0\r\n\r\n',
        'ffffffffffffffffff\r\na=b',
        '3\na=b\n0\n\n',
        '3;\x00\r\na=b\r\n0\r\n\r\n',
        '\r\n0\r\n\r\n',
        `${chunk('a=b')}0\r\nbad trailer\r\n\r\n`,
        `${chunk('a=b')}0\r\nTrailer: a\x00b\r\n\r\n`,
        chunk('a=b'),
        '3\r\na=',
      ]);
      return { bytes: framed(doors, 'Transfer-Encoding: chunked\r\n', body), halfClose: true };
    },
  },
  {
    name: 'refuses a body that ends before its length',
    make: (random, doors) => {
      const whole = post(doors, `name=${random.text(100)}`);
      return { bytes: whole.subarray(0, whole.length - 1 - random.below(100)), halfClose: true };
    },
  },
  {
    name: 'refuses headers that end before their end',
    make: (random, doors) => {
      const whole = requestBytes(doors, {});
      return { bytes: whole.subarray(0, 5 + random.below(whole.length - 6)), halfClose: true };
    },
  },
  {
    name: 'refuses a body with more than its length behind it',
    make: (random, doors) => {
      const first = requestBytes(doors, { method: 'POST', body: `name=${random.text(5)}`, keepAlive: true });
      return { bytes: Buffer.concat([first, Buffer.from('&more=1\r\n\r\n')]), replies: ['good', 'refused'] };
    },
  },
  {
    name: 'refuses one header of more than 32 KB',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        headers: {
          [random.pick(['X', 'Authorization', 'Cookie', 'Idempotency-Key'])]: 'x'.repeat(
            33 * kibibyte + random.below(200 * kibibyte),
          ),
        },
      }),
    }),
  },
  {
    name: 'refuses many headers of more than 32 KB',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        lines: Array.from({ length: 4000 + random.below(4000) }, (_, index) => `X${index}: y\r\n`).join(''),
      }),
    }),
  },
  {
    name: 'refuses a target of more than 32 KB',
    make: (random, doors) => ({
      bytes: requestBytes(doors, {
        target: `/v1/customers${random.pick(['/', '?a='])}${'x'.repeat(33 * kibibyte + random.below(100 * kibibyte))}`,
      }),
    }),
  },
  {
    name: 'refuses a body of more than 1 MiB, at its length alone',
    make: (random, doors) => {
      const length = random.pick([mebibyte + 1, 2 ** 31, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER]);
      return { bytes: framed(doors, `Content-Length: ${length}\r\n`, random.text(random.below(5000))) };
    },
  },
  {
    name: 'refuses a body of more than 1 MiB that is sent to its end',
    count: fewLarge,
    make: (random, doors) => ({ bytes: post(doors, Buffer.alloc(mebibyte + 1 + random.below(3 * mebibyte), 'a')) }),
  },
  {
    name: 'refuses chunks of more than 1 MiB',
    count: fewLarge,
    make: (random, doors) => {
      const chunks = chunk('a'.repeat(64 * kibibyte)).repeat(17 + random.below(40));
      const end = random.pick(['0\r\n\r\n', '']);
      return { bytes: framed(doors, 'Transfer-Encoding: chunked\r\n', chunks + end) };
    },
  },
  {
    name: 'refuses bad requests in a pipeline, in order',
    make: pipeline,
  },
  {
    name: 'refuses garbage behind a pipeline, after the answers to what came before',
    make: (random, doors) => {
      const garbage = random.pick([
        Buffer.from('garbage\r\n\r\n'),
        Buffer.from([0, 1, 2, 3]),
        requestBytes(doors, { lines: 'No colon\r\n' }),
        requestBytes(doors, { headers: { X: 'x'.repeat(40 * kibibyte) } }),
        framed(doors, 'Transfer-Encoding: chunked\r\n', 'zz\r\n'),
        framed(doors, 'Content-Length: 1\r\nContent-Length: 2\r\n', 'xx'),
        framed(doors, 'Content-Length: 2000000\r\n', 'xx'),
      ]);
      return pipeline(random, doors, garbage);
    },
  },
  {
    name: 'refuses a bad request from a client that has stopped sending',
    make: (random, doors) => {
      const { replies, ...attempt } = pipeline(random, doors);
      return { ...attempt, halfClose: true, ...(replies ? { replies } : {}) };
    },
  },
  {
    name: 'refuses a bad request that comes in two pieces',
    make: (random, doors) => {
      const attempt = pipeline(random, doors);
      const cut = 1 + random.below(attempt.bytes.length - 1);
      return { ...attempt, bytes: attempt.bytes.subarray(0, cut), rest: attempt.bytes.subarray(cut) };
    },
  },
  {
    name: 'survives a client that hangs up in the middle',
    make: (random, doors) => {
      const { bytes } = pipeline(random, doors);
      return { bytes: bytes.subarray(0, 1 + random.below(bytes.length - 1)), hangUp: true, replies: [] };
    },
  },
  {
    name: 'refuses or answers requests in which some bytes are wrong',
    make: (random, doors) => {
      const { bytes } = pipeline(random, doors);
      const wrong = Buffer.from(bytes);
      for (let count = 1 + random.below(4); count > 0; count -= 1)
        wrong[random.below(wrong.length)] = random.below(256);
      return { bytes: wrong, halfClose: true, replies: 'some' };
    },
  },
];
