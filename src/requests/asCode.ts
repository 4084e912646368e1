import type { LoggedRequest } from './loggedRequest.ts';

/** The variable that programs read the key from: a token never stands in what is copied. */
const variable = 'STRIPE_API_KEY';

/** A request as a command for a POSIX shell. `origin` is where it goes, such as `http://127.0.0.1:12181`. */
export function asCurl(request: LoggedRequest, origin: string): string {
  const lines = [
    `curl ${quoted(origin + pathWithQuery(request))}`,
    ...(request.method === 'GET' ? [] : [`-X ${request.method}`]),
    `-u "$${variable}:"`,
    ...headersOf(request).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.requestBody === '' ? [] : [`-d ${quoted(request.requestBody)}`]),
  ];
  return `${lines.join(' \\\n  ')}\n`;
}

/** A request as a call of the official SDK for Node, whatever its path. */
export function asSdkCode(request: LoggedRequest, origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  const context = request.context === undefined ? '' : `, { stripeContext: ${literal(request.context)} }`;
  const parameters = parametersOf(request);
  const given = Object.keys(parameters).length === 0 ? '' : JSON.stringify(parameters, undefined, 2);
  return `import Stripe from ${literal('stripe')};

const stripe = new Stripe(process.env.${variable}, {
  protocol: ${literal(protocol.replace(':', ''))},
  host: ${literal(hostname)},
  port: ${port === '' ? (protocol === 'http:' ? 80 : 443) : port},
});
console.log(await stripe.rawRequest(${literal(request.method)}, ${literal(pathWithQuery(request))}, ${given === '' ? 'undefined' : given}${context}));
`;
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

/** The parameters of the body by their names as they were written, such as `items[0][price]`. */
function parametersOf({ requestBody }: LoggedRequest): Record<string, unknown> {
  if (requestBody.trimStart().startsWith('{')) {
    try {
      return JSON.parse(requestBody) as Record<string, unknown>;
    } catch {
      return {}; // it was cut
    }
  }
  return Object.fromEntries(new URLSearchParams(requestBody));
}

/** In single quotes, as a POSIX shell takes everything literally. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
