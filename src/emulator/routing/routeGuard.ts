import { permissionName } from '../../domain/permissions.ts';
import { observedPermissions } from './observedPermissions.ts';
import { permissionRules, type PermissionRule } from './permissionRules.ts';
import type { Method, Sureness } from './routeTable.ts';

export interface RouteGuard {
  readonly permission: string;
  readonly sure: Sureness;
  readonly source: string;
  readonly unavailable?: boolean;
}

/** What guards an address, by what was observed at it or else by the first rule that fits. */
export function routeGuard(method: Method, path: string): RouteGuard | undefined {
  const observed = observedPermissions.find((one) => one.method === method && one.path === path);
  if (observed) return { permission: observed.permission, sure: 'observed', source: 'T' };
  const rule = ruleFor(method, path);
  if (!rule) return undefined;
  const { resource, sure, source } = rule;
  const level = rule.level ?? (method === 'GET' ? 'read' : 'write');
  const guard = { permission: permissionName({ resource, level }), sure, source };
  return rule.unavailable === level ? { ...guard, unavailable: true } : guard;
}

export function ruleFor(method: Method, path: string): PermissionRule | undefined {
  return permissionRules.find((rule) => (rule.method ?? method) === method && startsWith(path, rule.path));
}

/** By whole segments; a parameter fits a parameter of any name. */
function startsWith(path: string, prefix: string): boolean {
  const segments = path.split('/');
  return prefix.split('/').every((part, index) => {
    const segment = segments[index];
    return part === segment || (part.startsWith(':') && segment?.startsWith(':') === true);
  });
}
