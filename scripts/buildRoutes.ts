import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stripe } from 'stripe';
import { publishableRoutes } from '../src/emulator/routing/publishableRoutes.ts';
import { routeGuard } from '../src/emulator/routing/routeGuard.ts';
import type { Method, Route, RouteKind, RouteTable } from '../src/emulator/routing/routeTable.ts';
import { wireRoutes } from '../src/emulator/routing/wireRoutes.ts';
import { readSdkPaths } from './readSdkPaths.ts';
import { readAnswer, type Answer } from './readSdkTypes.ts';
import { nameParameters, parameters } from './routePath.ts';
import { walkSdk, type SdkCall } from './walkSdk.ts';

/** A route before its place among the others is known. */
interface Draft extends Pick<Route, 'method' | 'path' | 'kind' | 'sdk'> {
  readonly host?: string;
  readonly objects: readonly string[];
  readonly deleted: boolean;
}

const sdkRoot = join(import.meta.dirname, '../node_modules/stripe/esm');

/** Kinds that neither the method nor its name tells. */
const kinds: ReadonlyMap<string, RouteKind> = new Map([
  ['POST /v1/invoices/create_preview', 'action'],
  ['POST /v1/payment_records/report_payment', 'create'],
  ['POST /v2/test_helpers/money_management/recipient_verifications', 'create'],
]);

/** Reads the installed SDK twice, in two ways that share nothing, and adds what the tables of the emulator know. */
export async function buildRoutes(): Promise<RouteTable> {
  const { calls, silent } = await walkSdk();
  // It makes an address for a browser and sends nothing.
  const unexpected = silent.filter((name) => name !== 'oauth.authorizeUrl');
  if (unexpected.length > 0) throw new Error(`no request was seen from ${unexpected.join(', ')}`);
  compare(calls);
  const drafts = merge([...(await fromSdk(calls)), ...fromWire()]);
  return {
    sdk: Stripe.PACKAGE_VERSION,
    apiVersion: Stripe.API_VERSION,
    routes: drafts.map((draft) => finish(draft, drafts)).toSorted(byPath),
  };
}

function compare(calls: readonly SdkCall[]): void {
  const walked = new Set(calls.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`));
  const written = readSdkPaths(sdkRoot);
  const differences = [...walked, ...written].filter((route) => !walked.has(route) || !written.has(route));
  if (differences.length > 0) throw new Error(`walked and written routes differ: ${differences.join(', ')}`);
}

async function fromSdk(calls: readonly SdkCall[]): Promise<readonly Draft[]> {
  const homes = await resourceClasses();
  return calls.map((call) => {
    const home = homes.get(call.resource.constructor);
    if (!home) throw new Error(`${call.name}: its class was not found`);
    const answer = readAnswer(home.declarations, home.className, call.member);
    const path = nameParameters(call.path);
    const draft: Draft = {
      method: methodOf(call.method),
      path,
      kind: kinds.get(`${call.method} ${path}`) ?? kindOf(call, answer),
      objects: answer.objects,
      deleted: call.method === 'DELETE' && answer.deleted,
      sdk: [call.name],
    };
    return call.host === 'api.stripe.com' ? draft : { ...draft, host: call.host };
  });
}

function fromWire(): readonly Draft[] {
  return wireRoutes.map(({ method, path, kind, object }) => ({
    method,
    path,
    kind,
    objects: object === undefined ? [] : [object],
    deleted: false,
    sdk: [],
  }));
}

/** Where each resource class is declared. Imported again here, a class is the one the client itself uses. */
async function resourceClasses(): Promise<ReadonlyMap<unknown, { declarations: string; className: string }>> {
  const found = new Map<unknown, { declarations: string; className: string }>();
  for (const file of globSync('resources/**/*.js', { cwd: sdkRoot })) {
    const path = join(sdkRoot, file);
    const exports: object = await import(pathToFileURL(path).href);
    for (const [className, value] of Object.entries(exports)) {
      found.set(value, { declarations: path.replace(/\.js$/, '.d.ts'), className });
    }
  }
  return found;
}

function methodOf(method: string): Method {
  if (method === 'GET' || method === 'POST' || method === 'DELETE') return method;
  throw new Error(`unexpected method ${method}`);
}

function kindOf({ method, member, path }: SdkCall, { container }: Answer): RouteKind {
  if (method === 'GET') return container === 'one' ? 'retrieve' : container;
  if (method === 'DELETE') return 'delete';
  if (member.startsWith('create')) return 'create';
  return member.startsWith('update') || /:\w+$/.test(path) ? 'update' : 'action';
}

/** Two methods may call one address: it is one route with two callers. */
function merge(drafts: readonly Draft[]): readonly Draft[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const known = merged.get(`${draft.method} ${draft.path}`);
    const next = known ? { ...known, sdk: [...known.sdk, ...draft.sdk].toSorted() } : draft;
    merged.set(`${draft.method} ${draft.path}`, next);
  }
  return [...merged.values()];
}

function finish(draft: Draft, drafts: readonly Draft[]): Route {
  const { method, path, kind, sdk } = draft;
  const objects = draft.objects.length > 0 ? draft.objects : namedBy(path, drafts);
  const object = usual(objects);
  const params = parameters(path).map(([name, upTo]) => ({ name, named: objectsNamed(upTo, drafts) }));
  const [last, beforeLast] = params.toReversed();
  // The last parameter names what is answered, unless a part of it, or something new, is asked for.
  const same = object !== undefined && last?.named.includes(object) === true;
  const addressed = path.endsWith(`:${last?.name}`) || (kind === 'action' && same);
  const parent = addressed ? beforeLast : last;
  const guard = routeGuard(method, path);
  if (!guard) throw new Error(`${method} ${path}: no rule names its permission`);
  const open = publishableRoutes.find((one) => one.method === method && one.path === path);
  return {
    method,
    path,
    ...(draft.host !== undefined && { host: draft.host }),
    kind,
    ...(object !== undefined && { object }),
    ...(objects.length > 1 && { also: objects.filter((one) => one !== object) }),
    ...(draft.deleted && { deleted: true }),
    ...(params.length > 0 && {
      params: Object.fromEntries(params.map(({ name, named }) => [name, usual(named) ?? ''])),
    }),
    ...(addressed && last && { id: last.name }),
    ...(parent && { parent: parent.name }),
    ...guard,
    ...(open && { publishable: open.with === 'nothing' ? 'yes' : open.with }),
    sdk,
  };
}

/** What a path that ends in a parameter answers with, by what any route of that path declares. */
function namedBy(path: string, drafts: readonly Draft[]): readonly string[] {
  const same = drafts.filter((one) => one.path === path && one.objects.length > 0);
  return (same.find(({ method }) => method === 'GET') ?? same[0])?.objects ?? [];
}

/** What a parameter may name. Test helpers take the ids of what they help with. */
function objectsNamed(upTo: string, drafts: readonly Draft[]): readonly string[] {
  const objects = [upTo, upTo.replace(/\/test_helpers(?=\/)/, '')].flatMap((path) => namedBy(path, drafts));
  if (objects.length === 0) throw new Error(`${upTo}: nothing tells what its last parameter names`);
  return objects;
}

/** What a union usually is: a card among a customer's sources, and otherwise the first that is declared. */
function usual(objects: readonly string[]): string | undefined {
  return objects.includes('source') && objects.includes('card') ? 'card' : objects[0];
}

function byPath(a: Route, b: Route): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1;
}
