import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { objectTypes, type ObjectType } from '../routing/objectTypes.ts';
import { randomText } from '../random.ts';
import { otherMode, type Place, type StoredObject } from '../store/objects.ts';
import { visibleAccount } from './accounts.ts';
import { fieldsOf, mergeMetadata } from './fields.ts';
import { actionFields, initialFields } from './objectStates.ts';
import type { Visit } from './visit.ts';

type Answer = Result<unknown, ApiProblem>;

const typeOf = (object: string): ObjectType =>
  objectTypes.get(object) ?? { object, noun: object, param: 'id', sure: 'decided' };
const isV2 = ({ route }: Visit): boolean => route.path.startsWith('/v2/');

/** The objects of a route's path that its own object stands in: `{ customer: 'cus_1' }`. Refused where one does not exist. */
function surroundings(visit: Visit): Result<Record<string, string>, ApiProblem> {
  const { route, path, store, place } = visit;
  const around: Record<string, string> = {};
  for (const [name, object] of Object.entries(route.params ?? {})) {
    if (name === route.id) continue;
    const id = path[name] ?? '';
    const exists = object === 'account' ? visibleAccount(visit, id) : store.objects.find(place, object, id);
    if (!exists) return missing(store, place, object, id);
    around[typeOf(object).object.split('.').at(-1) ?? name] = id;
  }
  return ok(around);
}

/** `parameter` is given where the id was not a part of the path. */
function missing(
  store: Visit['store'],
  place: Place,
  object: string,
  id: string,
  parameter?: string,
): { ok: false; problem: ApiProblem } {
  const twin = store.objects.find(otherMode(place), object, id) ? otherMode(place).mode : undefined;
  const { noun, param } = typeOf(object);
  const inPath = parameter === undefined;
  return refuse({ kind: 'objectNotFound', noun, id, parameter: parameter ?? param, inPath, twin });
}

/** The object that a route's own parameter names. */
function subject(visit: Visit): Result<StoredObject, ApiProblem> {
  const { store, place, route, path } = visit;
  const around = surroundings(visit);
  if (!around.ok) return around;
  const { object = '', id: name = '' } = route;
  const id = path[name] ?? '';
  const surrounded = Object.entries(around.value);
  for (const type of new Set([object, ...(route.also ?? []), route.params?.[name] ?? object])) {
    const found = store.objects.find(place, type, id);
    if (found && surrounded.every(([field, value]) => found[field] === value)) return ok(found);
  }
  return missing(store, place, object, id);
}

const typeName = ({ object }: StoredObject, { route }: Visit): string =>
  typeof object === 'string' ? object : (route.object ?? '');

export function createObject(visit: Visit): Answer {
  const { store, place, route, parameters, now } = visit;
  const around = surroundings(visit);
  if (!around.ok) return around;
  const given = isV2(visit) ? { ...parameters } : fieldsOf(parameters);
  const attached = attachedObject(visit, given);
  const type = typeOf(attached?.object ?? route.object ?? '');
  const fields = type.object === 'token' ? tokenFields(given) : (attached?.fields ?? given);
  const chosen =
    typeof fields['id'] === 'string' && (type.free || ['plan', 'product', 'sku'].includes(type.object))
      ? fields['id']
      : undefined;
  if (chosen !== undefined && store.objects.find(place, type.object, chosen)) {
    return refuse({ kind: 'objectExists', noun: type.noun, id: chosen });
  }
  const id = chosen ?? newId(type, place);
  const identity = {
    id,
    object: type.object,
    created: isV2(visit) ? now.toISOString() : Math.floor(now.getTime() / 1000),
    livemode: place.mode === 'live',
  };
  const object: StoredObject = {
    ...identity, // so that it stands first
    ...initialFields[type.object],
    ...fields,
    ...around.value,
    ...(hasClientSecret.has(type.object) ? { client_secret: `${id}_secret_${randomText(25)}` } : {}),
    metadata: mergeMetadata(undefined, fields['metadata']),
    ...identity, // which no parameter changes
  };
  store.objects.add(place, type.object, object);
  return ok(object);
}

/** What a new card or bank account is made of: its own fields, or the token that stands for them. */
function attachedObject(
  { route, store, place }: Visit,
  fields: Record<string, unknown>,
): { readonly object: string; readonly fields: Record<string, unknown> } | undefined {
  const name = ['source', 'external_account'].find((one) => one in fields);
  if (name === undefined || (route.object !== 'card' && route.object !== 'bank_account')) return undefined;
  const { [name]: given, ...rest } = fields;
  const token = typeof given === 'string' ? store.objects.find(place, 'token', given) : undefined;
  const details = token ? (token['card'] ?? token['bank_account']) : given;
  if (typeof details !== 'object' || details === null) return undefined;
  const object = 'object' in details && details.object === 'bank_account' ? 'bank_account' : 'card';
  return { object, fields: { ...rest, ...details } };
}

/** A token says what it stands for. */
function tokenFields(fields: Record<string, unknown>): Record<string, unknown> {
  const type = ['card', 'bank_account', 'pii', 'person', 'account', 'cvc_update'].find((one) => one in fields);
  const details = type === undefined ? undefined : fields[type];
  if (type === undefined || typeof details !== 'object' || details === null) return { ...fields, used: false };
  const shown = type === 'card' || type === 'bank_account' ? { [type]: { object: type, ...details } } : {};
  const { [type]: _hidden, ...rest } = fields;
  return { ...rest, ...shown, type, used: false };
}

const hasClientSecret = new Set(['payment_intent', 'setup_intent', 'source']);

/** An id of the right prefix; some carry their mode. */
function newId({ prefix = '', mode, object }: ObjectType, place: Place): string {
  const live = place.mode === 'live';
  const infix = mode === 'always' ? (live ? 'live_' : 'test_') : mode === 'test' && !live ? 'test_' : '';
  return `${prefix || `${object.split('.').at(-1)}_`}${infix}${randomText(object === 'customer' ? 14 : 24)}`;
}

export function retrieveObject(visit: Visit): Answer {
  return visit.route.id === undefined ? notEmulated(visit) : subject(visit);
}

export function updateObject(visit: Visit): Answer {
  if (visit.route.id === undefined) return notEmulated(visit);
  const found = subject(visit);
  if (!found.ok) return found;
  const fields = isV2(visit) ? { ...visit.parameters } : fieldsOf(visit.parameters);
  return changed(visit, found.value, fields);
}

function changed(visit: Visit, old: StoredObject, fields: Record<string, unknown>): Answer {
  const metadata = 'metadata' in fields ? mergeMetadata(old['metadata'], fields['metadata']) : old['metadata'];
  const object: StoredObject = {
    ...old,
    ...fields,
    metadata,
    id: old.id,
    object: old['object'],
    created: old['created'],
    livemode: old['livemode'],
  };
  visit.store.objects.replace(visit.place, typeName(old, visit), object);
  return ok(object);
}

/** Deletes an object; one that Stripe keeps and answers whole, such as a subscription, is canceled instead. */
export function deleteObject(visit: Visit): Answer {
  if (visit.route.id === undefined) return notEmulated(visit);
  const found = subject(visit);
  if (!found.ok) return found;
  if (!visit.route.deleted && found.value['status'] !== undefined)
    return changed(visit, found.value, { status: 'canceled' });
  visit.store.objects.delete(visit.place, typeName(found.value, visit), found.value.id);
  return ok({ id: found.value.id, object: found.value['object'], deleted: true });
}

/** A verb on an object: `/capture`, `/cancel`, … Verbs without a rule, or with an answer of another kind, are not emulated. */
export function actOnObject(visit: Visit): Answer {
  const { route } = visit;
  const effect = actionFields[route.path.split('/').at(-1) ?? ''];
  if (route.method !== 'POST' || route.id === undefined || !effect) return notEmulated(visit);
  const found = subject(visit);
  if (!found.ok) return found;
  const closes =
    route.object === 'payment_intent' && route.path.endsWith('/confirm') && found.value['capture_method'] === 'manual';
  return changed(visit, found.value, {
    ...fieldsOf(visit.parameters),
    ...effect,
    ...(closes ? { status: 'requires_capture' } : {}),
  });
}

const pageLimit = { usual: 10, least: 1, most: 100 };

export function listObjects(visit: Visit): Answer {
  const { store, place, route, parameters } = visit;
  const around = surroundings(visit);
  if (!around.ok) return around;
  const limit = Number(parameters['limit'] ?? pageLimit.usual);
  if (!Number.isInteger(limit) || limit < pageLimit.least || limit > pageLimit.most) {
    const why = `Invalid limit: must be a whole number from ${pageLimit.least} to ${pageLimit.most}`;
    return refuse({ kind: 'parameterInvalid', parameter: 'limit', why });
  }
  const cursor = (name: string): string | undefined =>
    typeof parameters[name] === 'string' ? parameters[name] : undefined;
  const after = cursor('starting_after') ?? (isV2(visit) ? cursor('page') : undefined);
  const before = cursor('ending_before');
  if (after !== undefined && before !== undefined) {
    return refuse({
      kind: 'parameterInvalid',
      parameter: 'ending_before',
      why: 'You cannot use both `starting_after` and `ending_before`.',
    });
  }
  const type = typeOf(route.object ?? '');
  const page = store.objects.list(place, type.object, { limit, after, before, where: around.value });
  if (!page) {
    const parameter = before === undefined ? 'starting_after' : 'ending_before';
    return missing(store, place, type.object, after ?? before ?? '', parameter);
  }
  const url = fillPath(visit);
  if (!isV2(visit)) return ok({ object: 'list', data: page.data, has_more: page.hasMore, url });
  const last = page.data.at(-1)?.id;
  return ok({
    data: page.data,
    next_page_url: page.hasMore && last ? `${url}?limit=${limit}&page=${last}` : null,
    previous_page_url: null,
  });
}

function fillPath({ route, path }: Visit): string {
  return route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
}

/** Says loudly what the emulator does not do, by the SDK's name where it has one. */
export function notEmulated({ route }: Visit): Answer {
  const name = route.sdk[0];
  return refuse({ kind: 'notEmulated', what: `${route.method} ${route.path}${name ? ` (${name})` : ''}` });
}
