import qs from 'qs';
import { callOf } from './fromSource/sdkCalls.ts';
import type { LoggedRequest } from './loggedRequest.ts';
import { keyVariable, pathWithQuery } from './asCode.ts';

/** As deep and long as the emulator takes them. */
const limits = { depth: 20, parameterLimit: 2000, arrayLimit: 1000 };

/**
 * A request as a program that uses the official SDK for Node: by the method for its endpoint, or where the SDK has none, by its raw
 * request. `origin` is where it goes, such as `http://127.0.0.1:12181`. The key comes from the environment.
 */
export function asSdkCode(request: LoggedRequest, origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  return `import Stripe from ${literal('stripe')};

const stripe = new Stripe(process.env.${keyVariable}, {
  protocol: ${literal(protocol.replace(':', ''))},
  host: ${literal(hostname)},
  port: ${port === '' ? (protocol === 'http:' ? 80 : 443) : port},
});
console.log(await ${callText(request)});
`;
}

function callText(request: LoggedRequest): string {
  const options = request.context === undefined ? undefined : { stripeContext: request.context };
  const call = callOf(request.method, request.path);
  if (!call) {
    const path = [literal(request.method), literal(pathWithQuery(request))];
    return `stripe.rawRequest(${argumentsText(path, bodyOf(request), options)})`;
  }
  const parameters = { ...fieldsOf(request.query), ...bodyOf(request) };
  return `stripe.${call.name}(${argumentsText(call.ids.map(literal), parameters, options)})`;
}

/** What is not there is left out at the end, and empty before something. */
function argumentsText(first: readonly string[], parameters: object, options: object | undefined): string {
  const given = Object.keys(parameters).length > 0;
  return [...first, ...(given ? [text(parameters)] : options ? ['{}'] : []), ...(options ? [text(options)] : [])].join(
    ', ',
  );
}

/** The parameters of the body; none where it was cut. */
function bodyOf({ requestBody }: LoggedRequest): Record<string, unknown> {
  if (!requestBody.trimStart().startsWith('{')) return fieldsOf(requestBody);
  try {
    return JSON.parse(requestBody) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** `a[b][]=1` is `{ a: { b: [1] } }`. */
const fieldsOf = (form: string): Record<string, unknown> => typed(qs.parse(form, limits)) as Record<string, unknown>;

/** Numbers and truth values as such: they are sent as they came, and the types of the SDK ask for them. */
function typed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typed(one)]));
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^(?:0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

/** A value as JavaScript writes it. */
function text(value: unknown, indent = ''): string {
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const deeper = `${indent}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((one: unknown) => text(one, deeper))
    : Object.entries(value).map(([name, one]) => `${nameText(name)}: ${text(one, deeper)}`);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  return parts.length === 0
    ? open + close
    : `${open}\n${parts.map((one) => `${deeper}${one},\n`).join('')}${indent}${close}`;
}

/** `__proto__: …` would be no field. */
function nameText(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** In single quotes, with everything escaped that JavaScript would read otherwise. */
const literal = (value: string): string =>
  `'${JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
