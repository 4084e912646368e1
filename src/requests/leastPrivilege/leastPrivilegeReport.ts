import type { ApiKey } from '../../domain/key.ts';
import { differenceTo, type LeastPrivilege, type Need, type Use } from './leastPrivilege.ts';

/** For review and for programs: what is needed, why, and how today's key differs. `key` is left out where it is not known. */
export function leastPrivilegeJson(found: LeastPrivilege, key?: ApiKey): string {
  const difference = key && differenceTo(found, key);
  return `${JSON.stringify(
    {
      keysmith_least_privilege: 1,
      requests: found.counted,
      permissions: found.permissions,
      connect_permissions: found.connectPermissions,
      implied: found.implied,
      secret_key_only: found.secretKeyOnly,
      addresses: found.addresses,
      left_out: found.leftOut,
      ...(key ? { key: { id: key.id, name: key.name, kind: key.kind, mode: key.mode } } : {}),
      ...(difference
        ? {
            excess: difference.excess,
            missing: difference.missing,
            connect_excess: difference.connectExcess,
            connect_missing: difference.connectMissing,
          }
        : {}),
    },
    undefined,
    2,
  )}\n`;
}

/** For a person at a terminal. */
export function leastPrivilegeText(found: LeastPrivilege): string {
  const { permissions, connectPermissions, implied, secretKeyOnly, addresses, counted, leftOut } = found;
  const lines = [
    permissions.length + connectPermissions.length === 0
      ? `${requestsWord(counted)} need no permission.`
      : `${requestsWord(counted)} need ${permissions.length + connectPermissions.length} permissions:`,
    ...permissions.flatMap((need) => needLines(need, '')),
    ...connectPermissions.flatMap((need) => needLines(need, ' for connected accounts')),
    ...(implied.length > 0 ? ['', 'Implied by those:'] : []),
    ...implied.map(({ permission, by }) => `  ${permission}, by ${by}`),
    ...(secretKeyOnly.length > 0 ? ['', 'Needs a secret key, whatever is granted:'] : []),
    ...secretKeyOnly.map(useLine),
    ...(addresses.length > 0
      ? ['', `From: ${addresses.map(({ address, count }) => `${address} (${count})`).join(', ')}`]
      : []),
    ...leftOut.map(({ why, count }) => `${requestsWord(count)} said nothing: ${why}`),
  ];
  return `${lines.join('\n')}\n`;
}

const needLines = ({ permission, label, uses }: Need, where: string): string[] => [
  `  ${permission} (${label})${where}`,
  ...uses.map((use) => `  ${useLine(use)}`),
];

const useLine = ({ method, path, count }: Use): string => `  ${method} ${path}${count > 1 ? ` (${count} times)` : ''}`;
const requestsWord = (count: number): string => (count === 1 ? '1 request' : `${count} requests`);
