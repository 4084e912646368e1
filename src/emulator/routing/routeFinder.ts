import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { Route } from './routeTable.ts';
import { endpointOf } from '../api/endpoints.ts';
import type { Endpoint } from '../api/visit.ts';

export interface FoundRoute {
  readonly route: Route;
  readonly endpoint: Endpoint;
  readonly path: Readonly<Record<string, string | undefined>>;
}

export type FindRoute = (method: string, path: string) => FoundRoute | undefined;

/** Longer parts of a path are no ids. */
const longestParameter = 500;

/** Finds the route of a request among those of the table. A method or path it does not have, or cannot decode, finds none. */
export function routeFinder(routes: readonly Route[]): FindRoute {
  const router = findMyWay({ maxParamLength: longestParameter, onBadUrl: () => undefined });
  for (const route of routes) {
    router.on(route.method, route.path, () => undefined, { route, endpoint: endpointOf(route) });
  }
  return (method, path) => {
    const found = router.find(method as HTTPMethod, path);
    // An empty part names nothing: `/v1/customers/` is not `/v1/customers/:customer`.
    if (!found || Object.values(found.params).includes('')) return undefined;
    const store = found.store as Pick<FoundRoute, 'route' | 'endpoint'> | null | undefined;
    return store ? { ...store, path: found.params } : undefined;
  };
}
