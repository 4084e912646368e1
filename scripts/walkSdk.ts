import { Stripe } from 'stripe';

/** One request the SDK would send, and the method that sends it. */
export interface SdkCall {
  /** As a caller writes it: `accounts.retrievePerson`. */
  readonly name: string;
  readonly resource: object;
  readonly member: string;
  readonly method: string;
  readonly host: string;
  /** Its parameters are named as the SDK names them: `/v1/accounts/:accountId/persons/:id`. */
  readonly path: string;
}

interface Sent {
  readonly host: string;
  readonly method: string;
  readonly path: string;
}

/** Writes down where a request would go, then fails it: nothing ever leaves this machine. */
class CapturingClient extends Stripe.HttpClient {
  readonly sent: Sent[] = [];

  override getClientName(): string {
    return 'capturing';
  }

  override makeRequest(...[host, , path, method]: Parameters<Stripe.HttpClient['makeRequest']>): Promise<never> {
    this.sent.push({ host, method, path: decodeURIComponent(path.replace(/\?.*$/, '')) });
    return Promise.reject(new Error('captured'));
  }
}

type Callable = (...args: unknown[]) => unknown;

interface RequestMethod {
  readonly name: string;
  readonly resource: object;
  readonly member: string;
  readonly call: Callable;
}

/** An upload is encoded before it is sent and has to look like one; to other methods it is a parameter like any. */
const emptyFile = { data: '', name: 'empty', type: 'application/octet-stream' };

/**
 * Calls every request method of every resource of the installed SDK and reports what each would have sent.
 * Each id argument is passed as `:<its own name>`, so the address that comes out is already a template.
 */
export async function walkSdk(): Promise<{ readonly calls: readonly SdkCall[]; readonly silent: readonly string[] }> {
  const client = new CapturingClient();
  const key = ['sk', 'test', 'walk'].join('_');
  const stripe = new Stripe(key, { httpClient: client, maxNetworkRetries: 0, telemetry: false });
  const calls: SdkCall[] = [];
  const silent: string[] = [];
  for (const { name, resource, member, call } of requestMethods(stripe)) {
    client.sent.length = 0;
    await settle(call, resource, argumentsFor(call));
    const [sent] = client.sent;
    if (sent) calls.push({ name, resource, member, ...sent });
    else silent.push(name);
  }
  return { calls, silent };
}

/** Request methods are the ones that take `params`; everything before it is an id. */
function argumentsFor(call: Callable): unknown[] {
  const names = parameterNames(call);
  const ids = names.slice(0, names.indexOf('params')).map((name) => `:${name}`);
  return [...ids, { file: emptyFile }, { apiVersion: Stripe.API_VERSION }];
}

function parameterNames(call: Callable): readonly string[] {
  const list = /\(([^)]*)\)/.exec(Function.prototype.toString.call(call))?.[1] ?? '';
  return list.split(',').map((name) => name.trim());
}

async function settle(call: Callable, resource: object, args: unknown[]): Promise<void> {
  try {
    await call.apply(resource, args);
  } catch {
    // Every captured request fails; what matters was written down before.
  }
}

function* requestMethods(stripe: Stripe): Generator<RequestMethod> {
  // `stripe.account` is `stripe.accounts` under its old name: an object met before is not walked again.
  const seen = new Set<object>([stripe]);
  const waiting: (readonly [path: string, holder: object])[] = [['', stripe]];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [path, holder] = next;
    if (holder instanceof Stripe.StripeResource) {
      for (const member of Object.getOwnPropertyNames(Object.getPrototypeOf(holder))) {
        const call: unknown = member === 'constructor' ? undefined : Reflect.get(holder, member);
        if (!isCallable(call) || !parameterNames(call).includes('params')) continue;
        yield { name: path + member, resource: holder, member, call };
      }
    }
    for (const [key, value] of Object.entries(holder)) {
      if (!isRoom(value, stripe) || seen.has(value)) continue;
      seen.add(value);
      waiting.push([`${path}${key}.`, value]);
    }
  }
}

/** A resource, or a namespace of resources: a namespace keeps the client under `stripe`. */
function isRoom(value: unknown, stripe: Stripe): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Stripe.StripeResource || Reflect.get(value, 'stripe') === stripe;
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}
