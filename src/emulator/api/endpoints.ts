import { ok } from '../../shared/result.ts';
import type { Route, RouteKind } from '../routing/routeTable.ts';
import { createAccount, listAccounts, ownAccount, retrieveAccount } from './accounts.ts';
import { balance } from './balance.ts';
import {
  createManagedKey,
  expireManagedKey,
  listManagedKeys,
  retrieveManagedKey,
  rotateManagedKey,
  updateManagedKey,
} from './managedKeys.ts';
import {
  actOnObject,
  createObject,
  deleteObject,
  listObjects,
  notEmulated,
  retrieveObject,
  updateObject,
} from './objects.ts';
import { withinMode } from './references.ts';
import type { Endpoint } from './visit.ts';

/** Endpoints that are more, or other, than a stored object. */
const particular: Readonly<Record<string, Endpoint>> = {
  'GET /v1/balance': ({ place }) => ok(balance(place.mode)),
  'GET /v1/account': ownAccount,
  'GET /v1/accounts': listAccounts,
  'POST /v1/accounts': createAccount,
  'GET /v1/accounts/:account': retrieveAccount,
  'POST /v1/accounts/:account': notEmulated,
  'DELETE /v1/accounts/:account': notEmulated,
  'POST /v1/accounts/:account/reject': notEmulated,
  'POST /v1/accounts/:account/unreject': notEmulated,
  'GET /v2/iam/api_keys': listManagedKeys,
  'POST /v2/iam/api_keys': createManagedKey,
  'GET /v2/iam/api_keys/:api_key': retrieveManagedKey,
  'POST /v2/iam/api_keys/:api_key': updateManagedKey,
  'POST /v2/iam/api_keys/:api_key/expire': expireManagedKey,
  'POST /v2/iam/api_keys/:api_key/rotate': rotateManagedKey,
};

const byKind: Readonly<Record<RouteKind, Endpoint>> = {
  list: withinMode(listObjects),
  search: notEmulated,
  create: withinMode(createObject),
  retrieve: retrieveObject,
  update: withinMode(updateObject),
  delete: deleteObject,
  action: withinMode(actOnObject),
};

/** What answers a route. */
export function endpointOf(route: Route): Endpoint {
  return particular[`${route.method} ${route.path}`] ?? (route.object === undefined ? notEmulated : byKind[route.kind]);
}
