import { requestBytes, type Attempt, type BadKind, type Doors, type RequestParts } from './requestText.ts';
import { protocolKinds } from './protocolKinds.ts';
import type { SeededRandom } from '../../unit/seededRandom.ts';
import { badAuthorization, badPercent, badUtf8 } from './values.ts';

const account = 'acct_1aTnTtAAB0hHJ26p';

const request = (doors: Doors, path: string, parts: RequestParts = {}): Buffer =>
  requestBytes({ ...doors, token: doors.dashboardToken }, { ...parts, target: `/_dashboard${path}` });

const send = (doors: Doors, path: string, body: Buffer | string, method = 'POST'): Attempt => ({
  bytes: request(doors, path, { method, body, headers: { 'Content-Type': 'application/json' } }),
});

/** A change with one thing wrong in it. */
function wrongBody(random: SeededRandom): readonly [path: string, body: unknown] {
  const odd = random.pick([
    null,
    7,
    [],
    {},
    'x',
    true,
    [[]],
    '\u0000',
    '\ud800',
    'x'.repeat(3000),
    -1,
    { __proto__: 1 },
  ]);
  const key = { account, mode: 'sandbox', kind: 'secret', name: 'x', verification: { id: 'x', code: '1' } };
  const field = random.pick(['account', 'mode', 'kind', 'verification', 'permissions', 'addresses', 'surplus']);
  return random.pick<readonly [string, unknown]>([
    ['/keys', { ...key, [field]: odd }],
    ['/keys', odd],
    ['/verifications', { account, mode: odd }],
    ['/keys/mk_none', { name: odd }],
    ['/keys/mk_none/rotate', { expires: odd }],
    ['/keys/mk_none/duplicate', { verification: odd }],
    ['/clock', { now: odd }],
    [
      '/clock',
      { now: random.pick(['2026-02-30T00:00:00Z', '2026-01-01', '+999999-01-01T00:00:00Z', '2026-01-01T25:00:00Z']) },
    ],
    ['/clock', { advance_seconds: random.pick([-1, 1e12, 'x']) }],
    ['/enforcement', { enforcement: odd }],
    ['/import', { keysmith_seed: odd }],
    ['/import', { keysmith_seed: 1, accounts: [{ id: 'acct_1', name: 'x' }], keys: twins(random) }],
    ['/reset', { surplus: odd }],
  ]);
}

/** Two keys of a seed file that cannot both be. */
function twins(random: SeededRandom): unknown {
  const key = { account: 'acct_1', mode: 'sandbox', kind: 'secret' };
  const sha = { token_sha256: 'ab'.repeat(32) };
  return random.pick([
    [
      { ...key, ...sha },
      { ...key, ...sha },
    ],
    [
      { ...key, token: 'x' },
      { ...key, token: 'x' },
    ],
    [
      { ...key, id: 'mk_1' },
      { ...key, id: 'mk_1' },
    ],
    [{ ...key, account: 'acct_2' }],
    [{ ...key, token: 'sp ace' }],
    [{ ...key, addresses: ['::1'] }],
    [{ ...key, permissions: ['everything_write'] }],
  ]);
}

const onBothPlanes =
  /^refuses (?:a request line|headers that are|a Content-Length|two framings|chunks that|one header)/;

/** The same request, to the dashboard plane. */
const onDashboard = (kind: BadKind): BadKind => ({
  name: kind.name,
  make(random, doors) {
    const attempt = kind.make(random, doors);
    const text = attempt.bytes.toString('latin1').replaceAll('/v1/customers', '/_dashboard/keys');
    return { ...attempt, bytes: Buffer.from(text, 'latin1') };
  },
});

/** Bad requests of the dashboard plane; those that are no HTTP are the same on both planes. */
export const dashboardKinds: readonly BadKind[] = [
  {
    name: 'refuses a bogus Authorization',
    make: (random, doors) => ({
      bytes: request(doors, '/keys', { headers: { Authorization: badAuthorization(random) } }),
    }),
  },
  {
    name: 'refuses a foreign Host or Origin',
    make: (random, doors) => {
      const foreign = random.pick([
        'evil.example',
        '',
        '127.0.0.1.evil.example',
        'localhost.evil',
        '127.0.0.1:999999',
        '[::1]:80',
        'null',
        '0.0.0.0',
        `${random.text(9)}:80`,
      ]);
      const headers = random.below(2) ? { Host: foreign } : { Origin: foreign };
      return { bytes: request(doors, random.pick(['/keys', '/health']), { headers }) };
    },
  },
  {
    name: 'refuses paths that lead nowhere',
    make: (random, doors) => ({
      bytes: request(
        doors,
        `/${random.pick(['', 'x', 'keys/', 'keys//', 'keys/mk_1/x', 'keys/mk_none', '../v1/customers', 'requests/req_1', `keys/${random.text(200)}`, badPercent(random).replaceAll(/[&?]/g, '')])}`,
        {
          method: random.pick(['GET', 'DELETE']),
        },
      ),
    }),
  },
  {
    name: 'refuses a query that is wrong',
    make: (random, doors) => {
      const query = random.pick([
        'mode=dream',
        'include_expired=maybe',
        'surplus=1',
        '__proto__=1',
        'constructor=1',
        'mode[]=live',
        badPercent(random),
      ]);
      const log = random.pick([
        'limit=0',
        'limit=1001',
        'limit=x',
        'status=x',
        'before[]=1',
        'limit=1e99',
        badPercent(random),
      ]);
      return { bytes: request(doors, random.below(2) ? `/keys?${query}` : `/requests?${log}`) };
    },
  },
  {
    name: 'refuses a body that is no JSON',
    make: (random, doors) =>
      send(
        doors,
        random.pick(['/keys', '/clock', '/import', '/reset']),
        random.pick([
          '{',
          '}',
          '[',
          'null',
          'x=1',
          '{"a":}',
          '\x00',
          '{"a":1}x',
          `"${badUtf8(random)}"`,
          `{"now":"${badUtf8(random)}"}`,
          '1e',
        ]),
      ),
  },
  {
    name: 'refuses a body of the wrong shape',
    make: (random, doors) => {
      const [path, body] = wrongBody(random);
      return send(doors, path, Buffer.from(JSON.stringify(body)));
    },
  },
  {
    name: 'refuses a body that is nested too deeply',
    make: (random, doors) => {
      const depth = 1000 + random.below(20_000);
      return send(doors, random.pick(['/keys', '/import', '/clock']), `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    },
  },
  {
    name: 'refuses address rules that are none',
    make: (random, doors) =>
      send(
        doors,
        '/keys/mk_none/addresses',
        JSON.stringify({ addresses: [random.text(9), 7].slice(0, 1 + random.below(2)) }),
        'PUT',
      ),
  },
  {
    name: 'refuses a nonce that is too long',
    make: (random, doors) => ({ bytes: request(doors, `/health?nonce=${'x'.repeat(201 + random.below(10_000))}`) }),
  },
  {
    name: 'refuses a body of more than 1 MiB',
    count: 10,
    make: (random, doors) => send(doors, '/import', Buffer.alloc(1024 * 1024 + 1 + random.below(1000), 'a')),
  },
  ...protocolKinds.filter(({ name }) => onBothPlanes.test(name)).map(onDashboard),
];
