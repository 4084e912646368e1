import type { LoggedRequest } from './loggedRequest.ts';

/** The variable that programs read the key from: a token never stands in what is copied. */
export const keyVariable = 'STRIPE_API_KEY';

/** A request as a command for a POSIX shell. `origin` is where it goes, such as `http://127.0.0.1:12181`. */
export function asCurl(request: LoggedRequest, origin: string): string {
  // -g and --data-raw: nothing that curl has a meaning of its own for, as `expand[]` or a first `@`.
  const lines = [
    `curl -g ${quoted(origin + pathWithQuery(request))}`,
    ...(request.method === 'GET' ? [] : [`-X ${request.method}`]),
    `-u "$${keyVariable}:"`,
    ...headersOf(request).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.requestBody === '' ? [] : [`--data-raw ${quoted(request.requestBody)}`]),
  ];
  return `${lines.join(' \\\n  ')}\n`;
}

/** What was sent along that makes a difference, without the key. */
export function headersOf({ context, version, idempotencyKey, requestBody }: LoggedRequest): [string, string][] {
  const headers: (readonly [string, string | undefined])[] = [
    ['Stripe-Context', context],
    ['Stripe-Version', version],
    ['Idempotency-Key', idempotencyKey],
    ['Content-Type', requestBody.trimStart().startsWith('{') ? 'application/json' : undefined],
  ];
  return headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] satisfies [string, string]]));
}

export const pathWithQuery = ({ path, query }: LoggedRequest): string => (query === '' ? path : `${path}?${query}`);

/** In single quotes, as a POSIX shell takes everything literally. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
