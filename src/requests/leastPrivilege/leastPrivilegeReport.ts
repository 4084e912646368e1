import type { ApiKey } from '../../domain/key.ts';
import { differenceTo, type LeastPrivilege, type Need, type Use } from './leastPrivilege.ts';

export interface ReportFacts {
  /** Today's record of the key, where it is known. */
  readonly key?: ApiKey | undefined;
  /** It was read from source: nobody ran it. */
  readonly guess?: boolean;
}

/** For review and for programs: what is needed, why, and how today's key differs. */
export function leastPrivilegeJson(found: LeastPrivilege, { key, guess = false }: ReportFacts = {}): string {
  const difference = key && differenceTo(found, key);
  return `${JSON.stringify(
    {
      keysmith_least_privilege: 1,
      guess,
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
export function leastPrivilegeText(found: LeastPrivilege, { guess = false }: ReportFacts = {}): string {
  const { permissions, connectPermissions, implied, secretKeyOnly, addresses, counted, leftOut } = found;
  const said = `${guess ? `A guess from source: ${count(counted, 'call')}` : count(counted, 'request')} ${counted === 1 ? 'needs' : 'need'}`;
  const lines = [
    permissions.length + connectPermissions.length === 0
      ? `${said} no permission.`
      : `${said} ${count(permissions.length + connectPermissions.length, 'permission')}:`,
    ...permissions.flatMap((need) => needLines(need, '')),
    ...connectPermissions.flatMap((need) => needLines(need, ' for connected accounts')),
    ...(implied.length > 0 ? ['', 'Implied by those:'] : []),
    ...implied.map(({ permission, by }) => `  ${permission}, by ${by}`),
    ...(secretKeyOnly.length > 0 ? ['', 'Needs a secret key, whatever is granted:'] : []),
    ...secretKeyOnly.map(useLine),
    ...(addresses.length > 0
      ? ['', `From: ${addresses.map(({ address, count }) => `${address} (${count})`).join(', ')}`]
      : []),
    ...leftOut.map(({ why, count: number }) => `${number} of them said nothing: ${why}`),
  ];
  return `${lines.join('\n')}\n`;
}

const needLines = ({ permission, label, uses }: Need, where: string): string[] => [
  `  ${permission} (${label})${where}`,
  ...uses.map((use) => `  ${useLine(use)}`),
];

const useLine = ({ method, path, count: times, example }: Use): string =>
  `  ${method} ${path}${times > 1 ? ` (${times} times)` : ''}, ${example}`;
const count = (number: number, thing: string): string => (number === 1 ? `1 ${thing}` : `${number} ${thing}s`);
