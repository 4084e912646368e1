import type { SeededRandom } from '../../unit/seededRandom.ts';

/** What a request needs to be let in, and a plane to send it to. */
export interface Doors {
  readonly authority: string;
  /** Of a sandbox secret key. */
  readonly token: string;
  /** Of a key limited to addresses of 10.0.0.0/8. */
  readonly limited: string;
  readonly dashboardToken: string;
}

/** How a reply must look: a refusal, any answer that is not a failure, or a 200. */
export type Expected = 'refused' | 'answered' | 'good';

export interface Attempt {
  readonly bytes: Buffer;
  readonly rest?: Buffer;
  readonly halfClose?: boolean;
  readonly hangUp?: boolean;
  /** The replies in order; one refusal where it is absent, one or more of any kind where it is `some`. */
  readonly replies?: readonly Expected[] | 'some';
  /** A text that each reply must hold, in the same order. */
  readonly marks?: readonly (string | undefined)[];
}

/** A kind of bad request. */
export interface BadKind {
  /** Ends the sentence "refuses …". */
  readonly name: string;
  /** How many are made of it, if not as many as of the others. */
  readonly count?: number;
  make(random: SeededRandom, doors: Doors): Attempt;
}

export interface RequestParts {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  /** In place of, or besides, the usual ones. A value of `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Lines as they are, below the headers. */
  readonly lines?: string;
  readonly body?: Buffer | string;
  readonly keepAlive?: boolean;
}

const form = 'application/x-www-form-urlencoded';

/** A request that is right but for what its parts say. Text becomes bytes one by one (Latin-1), so that it can be wrong. */
export function requestBytes({ authority, token }: Doors, parts: RequestParts): Buffer {
  const { method = 'GET', target = '/v1/customers', version = 'HTTP/1.1', lines = '', keepAlive = false } = parts;
  const body = typeof parts.body === 'string' ? Buffer.from(parts.body, 'latin1') : parts.body;
  const headers = Object.entries({
    Host: authority,
    Authorization: `Bearer ${token}`,
    Connection: keepAlive ? 'keep-alive' : 'close',
    ...(body ? { 'Content-Type': form, 'Content-Length': String(body.length) } : {}),
    ...parts.headers,
  });
  const printed = headers.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${target} ${version}\r\n${printed.join('')}${lines}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
}

export const post = (doors: Doors, body: Buffer | string, headers: RequestParts['headers'] = {}): Buffer =>
  requestBytes(doors, { method: 'POST', body, headers });

const v2Headers = { 'Content-Type': 'application/json', 'Stripe-Version': '2026-10-28.preview' };

/** A request of v2 with a body. */
export const postV2 = (doors: Doors, body: Buffer | string, headers: RequestParts['headers'] = {}): Buffer =>
  requestBytes(doors, { method: 'POST', target: '/v2/iam/api_keys', body, headers: { ...v2Headers, ...headers } });
