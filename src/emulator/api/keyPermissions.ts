import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Route } from '../routing/routeTable.ts';
import type { Visit } from './visit.ts';

interface Unresolved {
  readonly endpoint: string;
  readonly reason: string;
}

/**
 * `POST /v1/stripecli/key_permissions`: which permissions a list of endpoints needs (`GET /v1/customers`, `GET /v1/charges/:id`).
 * The official CLI asks it for `stripe keys permissions`.
 */
export function keyPermissions(
  { parameters }: Visit,
  findRoute: (method: string, path: string) => Route | undefined,
): Result<unknown, ApiProblem> {
  const { endpoints } = parameters;
  const asked = Array.isArray(endpoints) ? endpoints : Object.values((endpoints ?? {}) as Record<string, unknown>);
  if (asked.length === 0) return refuse({ kind: 'parameterMissing', parameter: 'endpoints' });
  const permissions = new Set<string>();
  const unresolved: Unresolved[] = [];
  for (const endpoint of asked.map(String)) {
    const [, method = '', path = ''] = /^([A-Za-z]+)\s+(\/\S*)$/.exec(endpoint.trim()) ?? [];
    const route = method && findRoute(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'));
    if (!route) unresolved.push({ endpoint, reason: 'Unrecognized endpoint' });
    else if (route.unavailable) unresolved.push({ endpoint, reason: 'Not available to restricted keys' });
    else permissions.add(route.permission);
  }
  return ok({ permissions: [...permissions].toSorted(), unresolved_endpoints: unresolved });
}
