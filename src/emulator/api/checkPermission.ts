import type { ApiKey } from '../../domain/key.ts';
import {
  expand,
  grants,
  helpfulPermission,
  wirePermissionLabel,
  type GrantedPermissions,
} from '../../domain/permissions.ts';
import type { AccessProblem } from '../../domain/problem.ts';
import type { Route } from '../routing/routeTable.ts';
import { redactToken } from './redact.ts';

/** For whom a permission is asked. */
export interface PermissionContext {
  readonly token: string;
  readonly account: string;
  readonly connected: boolean;
}

/** Whether the kind of a key, and the permissions of a restricted one, open a route; undefined where they do. */
export function checkPermission(key: ApiKey, route: Route, context: PermissionContext): AccessProblem | undefined {
  switch (key.kind) {
    case 'secret':
      return undefined;
    case 'publishable':
      return route.publishable ? undefined : { kind: 'publishableKeyNotAllowed' };
    case 'organization':
      // Its permissions hold in every account, connected ones included.
      return checkGranted(key, key.permissions, route, context);
    case 'restricted':
      if (context.connected && key.connectPermissions.length === 0) return { kind: 'noConnectPermissions' };
      return checkGranted(key, context.connected ? key.connectPermissions : key.permissions, route, context);
    default:
      return key.kind satisfies never;
  }
}

function checkGranted(
  key: ApiKey,
  list: readonly string[],
  { permission, unavailable }: Route,
  { token, account }: PermissionContext,
): AccessProblem | undefined {
  const helpful = unavailable ? undefined : helpfulPermission(permission);
  if (helpful === undefined) return { kind: 'permissionUnavailable', token: redactToken(token, true), account };
  if (grants(expanded(list), permission)) return undefined;
  const label = wirePermissionLabel(helpful) ?? helpful;
  return {
    kind: 'permissionMissing',
    token: redactToken(token, true),
    account,
    keyId: key.id,
    mode: key.mode,
    permission: helpful,
    label,
  };
}

/** What a list expands to, once for each list: the table of keys hands out the same list until the key changes. */
const expansions = new WeakMap<readonly string[], GrantedPermissions>();

function expanded(list: readonly string[]): GrantedPermissions {
  let granted = expansions.get(list);
  if (!granted) {
    granted = expand(list);
    expansions.set(list, granted);
  }
  return granted;
}
