import type { IncomingHttpHeaders } from 'node:http';

/** One request, read whole. */
export interface Call {
  readonly method: string;
  /** Without the query, as it came: `/v1/customers/cus_1`. */
  readonly path: string;
  /** Without the question mark; may be empty. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The peer's address, as the socket reports it. */
  readonly address: string;
}

/** One answer. `body` is sent as JSON: a string as it is, anything else printed as Stripe prints it, with two spaces. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A body as it is sent: a text as it is, anything else as Stripe prints it. */
export const printJson = (body: unknown): string =>
  typeof body === 'string' ? body : `${JSON.stringify(body, undefined, 2)}\n`;

/** A single header value; a repeated header counts by its first value. */
export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
