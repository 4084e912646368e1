import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { newObjectId } from '../ids.ts';
import type { ObjectTable, Place, StoredObject } from '../store/objects.ts';
import type { Parameters } from './form.ts';

const type = 'customer';
const pageLimit = { usual: 10, least: 1, most: 100 };

export function createCustomer(
  objects: ObjectTable,
  place: Place,
  parameters: Parameters,
  now: Date,
): Result<StoredObject, ApiProblem> {
  const customer: StoredObject = {
    id: newObjectId('cus'),
    object: type,
    created: Math.floor(now.getTime() / 1000),
    livemode: place.mode === 'live',
    metadata: {},
    ...parameters,
  };
  objects.add(place, type, customer);
  return ok(customer);
}

export function retrieveCustomer(objects: ObjectTable, place: Place, id: string): Result<StoredObject, ApiProblem> {
  const found = objects.find(place, type, id);
  if (found) return ok(found);
  const twin = objects.find({ ...place, mode: place.mode === 'live' ? 'sandbox' : 'live' }, type, id);
  const twinMode = twin && (place.mode === 'live' ? 'test' : 'live');
  return refuse({ kind: 'objectNotFound', noun: type, id, twinMode });
}

export function listCustomers(objects: ObjectTable, place: Place, parameters: Parameters): Result<unknown, ApiProblem> {
  const limit = Number(parameters['limit'] ?? pageLimit.usual);
  if (!Number.isInteger(limit) || limit < pageLimit.least || limit > pageLimit.most) {
    return refuse({
      kind: 'parameterInvalid',
      parameter: 'limit',
      why: `Invalid limit: must be a whole number from ${pageLimit.least} to ${pageLimit.most}`,
    });
  }
  const after = parameters['starting_after'];
  const startingAfter = typeof after === 'string' ? after : undefined;
  const page = objects.list(place, type, limit, startingAfter);
  if (!page) return refuse({ kind: 'objectNotFound', noun: type, id: startingAfter ?? '', twinMode: undefined });
  return ok({ object: 'list', data: page.data, has_more: page.hasMore, url: '/v1/customers' });
}
