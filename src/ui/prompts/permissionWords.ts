import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { PermissionLevel } from '../../domain/permissionCatalogue.ts';
import { permissionCatalogue } from '../../domain/permissionCatalogue.ts';
import { grantsEverything } from '../../domain/permissions.ts';
import { choiceOf, otherResources, permissionGroups } from './permissionChoices.ts';

/** A list of permissions as a sentence: `Reads Customers, Events. Reads and writes Charges and refunds.` */
export function permissionSentence(permissions: readonly string[]): string {
  const { t } = vscode.l10n;
  const whole = wholeSentence(permissions);
  if (whole !== undefined) return whole;
  const granted = grantedResources(permissions);
  return [
    ...line(labelsAt(granted, 'read'), (labels) => t('Reads {0}.', labels)),
    ...line(labelsAt(granted, 'write'), (labels) => t('Reads and writes {0}.', labels)),
  ].join(' ');
}

/** The same, a line for each group of the Dashboard, for where a line is short. */
export function permissionLines(permissions: readonly string[]): string[] {
  const { t } = vscode.l10n;
  const whole = wholeSentence(permissions);
  if (whole !== undefined) return [whole];
  const granted = grantedResources(permissions);
  return [...permissionGroups, otherGroup()].flatMap((group) => {
    const inGroup = granted.filter((one) => one.group === group);
    return [
      ...line(labelsAt(inGroup, 'read'), (labels) => t('{0}: reads {1}', group, labels)),
      ...line(labelsAt(inGroup, 'write'), (labels) => t('{0}: reads and writes {1}', group, labels)),
    ];
  });
}

/** What a key's permissions let it do, for a place that tells of the key; nothing where its kind has no permissions. */
export function keyPermissionSentences({ kind, permissions, connectPermissions }: ApiKey): string[] {
  switch (kind) {
    case 'organization': // its permissions hold in every account
      return [permissionSentence(permissions)];
    case 'restricted':
      return [
        permissionSentence(permissions),
        ...(connectPermissions.length > 0
          ? [vscode.l10n.t('On connected accounts: {0}', permissionSentence(connectPermissions))]
          : []),
      ];
    default:
      return [];
  }
}

/** Where resources stand that the Dashboard's list does not offer, but a key can hold. */
export const otherGroup = (): string => vscode.l10n.t('Not in the Dashboard’s list');

/** Nothing and everything have words of their own; undefined for what lies between. */
function wholeSentence(permissions: readonly string[]): string | undefined {
  const { t } = vscode.l10n;
  if (permissions.length === 0) return t('No permissions: every request will be refused.');
  return grantsEverything(permissions)
    ? t('All permissions: reads and writes everything that can be granted.')
    : undefined;
}

interface GrantedResource {
  readonly group: string;
  readonly label: string;
  readonly level: PermissionLevel | undefined;
}

/** What a list grants, in the Dashboard's order, and then what its list does not offer. */
function grantedResources(permissions: readonly string[]): GrantedResource[] {
  const choice = choiceOf(permissions);
  const others = otherResources(choice).map((one) => ({ ...one, group: otherGroup() }));
  return [...permissionCatalogue, ...others].map(({ group, label, resource }) => {
    const level = choice.get(resource);
    return { group, label, level: level === 'none' ? undefined : level };
  });
}

const labelsAt = (granted: readonly GrantedResource[], level: PermissionLevel): string =>
  granted
    .filter((one) => one.level === level)
    .map(({ label }) => label)
    .join(', ');

const line = (labels: string, words: (labels: string) => string): string[] => (labels ? [words(labels)] : []);
