import {
  permissionCatalogue,
  wireOnlyPermissions,
  type PermissionGroup,
  type PermissionLevel,
  type PermissionResource,
} from '../../domain/permissionCatalogue.ts';
import { everyPermission, parsePermission, permissionName } from '../../domain/permissions.ts';

export type Level = 'none' | PermissionLevel;

/** A resource as it is chosen from. */
export type Choosable = Pick<PermissionResource, 'resource' | 'label' | 'levels'>;

/** What a key may do, by resource; a resource that is not in it has none. */
export type PermissionChoice = ReadonlyMap<string, Level>;

export const permissionGroups: readonly PermissionGroup[] = [...new Set(permissionCatalogue.map(({ group }) => group))];

const offered: ReadonlySet<string> = new Set(permissionCatalogue.map(({ resource }) => resource));

/** The resources of a choice that the Dashboard's list does not offer. A key can hold them, so they are shown wherever it does. */
export const otherResources = (choice: PermissionChoice): readonly Choosable[] =>
  wireOnlyPermissions.filter(({ resource }) => choice.has(resource) && !offered.has(resource));

/** The levels a resource offers, `none` first. */
export const levelsOf = ({ levels }: Choosable): readonly Level[] => ['none', ...levels];

/** The choice that a list of permissions stands for; of read and write the higher counts. */
export function choiceOf(permissions: readonly string[]): PermissionChoice {
  const choice = new Map<string, Level>();
  for (const name of permissions) {
    const permission = parsePermission(name);
    if (permission && choice.get(permission.resource) !== 'write') choice.set(permission.resource, permission.level);
  }
  return choice;
}

/** The permissions of a choice, sorted; writing includes reading, so each resource has one. */
export function permissionsOf(choice: PermissionChoice): string[] {
  return [...choice]
    .filter((entry): entry is [string, PermissionLevel] => entry[1] !== 'none')
    .map(([resource, level]) => permissionName({ resource, level }))
    .toSorted();
}

export function withLevel(choice: PermissionChoice, resource: string, level: Level): PermissionChoice {
  return new Map(choice).set(resource, level);
}

/** Sets a whole group, each resource to the level or, where it does not offer that, to the nearest below; write-only ones have no below. */
export function withGroup(choice: PermissionChoice, group: PermissionGroup, level: Level): PermissionChoice {
  const changed = new Map(choice);
  for (const resource of permissionCatalogue.filter((one) => one.group === group)) {
    changed.set(resource.resource, nearest(resource, level));
  }
  return changed;
}

function nearest({ levels }: PermissionResource, level: Level): Level {
  if (level === 'none' || levels.includes(level)) return level;
  return level === 'write' && levels.includes('read') ? 'read' : 'none';
}

/** The next level of a resource, for going round with one key. */
export function nextLevel(resource: Choosable, level: Level): Level {
  const levels = levelsOf(resource);
  return levels[(levels.indexOf(level) + 1) % levels.length] ?? 'none';
}

/** The next level of a whole group, in the same round; a group of several levels begins with reading. */
export function nextGroupLevel(choice: PermissionChoice, group: PermissionGroup): Level {
  const round = ['none', 'read', 'write'] as const;
  const chosen = permissionsOf(choice).join();
  // The last that fits: where a group has nothing to read, none and reading are the same.
  const index = round.findLastIndex((level) => permissionsOf(withGroup(choice, group, level)).join() === chosen);
  return index === -1 ? 'read' : (round[(index + 1) % round.length] ?? 'none');
}

export type TemplateName =
  | 'nothing'
  | 'everything'
  | 'readOnly'
  | 'checkoutServer'
  | 'billingBackend'
  | 'webhooks'
  | 'reporting';

const everythingRead: readonly string[] = permissionCatalogue
  .filter(({ levels }) => levels.includes('read'))
  .map(({ resource }) => `${resource}_read`);

/** What a key for a common job needs. Chosen here from the calls such a program makes; a start, not a rule. */
export const permissionTemplates: Readonly<Record<TemplateName, readonly string[]>> = {
  nothing: [],
  everything: everyPermission,
  readOnly: everythingRead,
  checkoutServer: [
    'checkout_session_write',
    'customer_write',
    'payment_intent_write',
    'plan_read',
    'product_read',
    'promotion_code_read',
    'shipping_rate_read',
  ],
  billingBackend: [
    'coupon_read',
    'credit_note_write',
    'customer_portal_write',
    'customer_write',
    'invoice_write',
    'payment_method_write',
    'plan_read',
    'product_read',
    'promotion_code_read',
    'subscription_write',
    'usage_record_write',
  ],
  webhooks: ['event_read', 'webhook_write'],
  reporting: [
    'balance_read',
    'balance_transaction_source_read',
    'charge_read',
    'payout_read',
    'report_runs_and_report_types_write',
  ],
};
