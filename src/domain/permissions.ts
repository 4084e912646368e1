import { implications } from './impliedPermissions.ts';
import { nearestName } from './nearestName.ts';
import {
  permissionCatalogue,
  resourceAliases,
  wireOnlyPermissions,
  type PermissionLevel,
  type PermissionResource,
} from './permissionCatalogue.ts';

export interface Permission {
  readonly resource: string;
  readonly level: PermissionLevel;
}

/** Every permission a key has, implied ones included, as `expand` makes it: once for a key, not once for a request. */
export type GrantedPermissions = ReadonlySet<string>;

export interface UnknownPermission {
  readonly name: string;
  /** What was probably meant. */
  readonly nearest?: string;
}

/**
 * Reads `customer_read` or, as older refusals and deep links write it, `rak_customer_read`. A resource's old name gives
 * its present one. Says nothing about whether such a permission exists: see `isKnownPermission`.
 */
export function parsePermission(text: string): Permission | undefined {
  const [, resource, level] = /^(?:rak_)?([a-z][a-z0-9_]*)_(read|write)$/.exec(text) ?? [];
  if (resource === undefined) return undefined;
  return { resource: resourceAliases.get(resource) ?? resource, level: level === 'read' ? 'read' : 'write' };
}

export function permissionName({ resource, level }: Permission): string {
  return `${resource}_${level}`;
}

/** Whether a key can be given it: in the Dashboard's list, or seen on the wire only. */
export function isKnownPermission(name: string): boolean {
  const permission = parsePermission(name);
  return permission !== undefined && (levelsOf.get(permission.resource)?.has(permission.level) ?? false);
}

/** What a refusal calls it: `Charges and Refunds Read` for `charge_read`. Undefined for a resource without a label. */
export function wirePermissionLabel(name: string): string | undefined {
  const permission = parsePermission(name);
  const label = labelOf.get(permission?.resource ?? '');
  if (!permission || label === undefined) return undefined;
  return `${label} ${permission.level === 'read' ? 'Read' : 'Write'}`;
}

/**
 * Everything a list of permissions gives. Writing gives reading; then each permission that was granted gives what the
 * documentation says it implies. What is implied implies nothing further: the documentation writes its lists out in
 * full (Checkout Sessions names the Products that Payment Intents would have brought), and following them on would let
 * `balance_transaction_source_read` pay out through `transfer_read`.
 */
export function expand(granted: readonly string[]): GrantedPermissions {
  const all = new Set<string>();
  for (const text of granted) {
    const permission = parsePermission(text);
    if (!permission) continue;
    all.add(permissionName(permission));
    all.add(permissionName({ ...permission, level: 'read' }));
    for (const { resource, level = permission.level, implies } of implications) {
      if (resource !== permission.resource || level !== permission.level) continue;
      for (const name of implies) all.add(name);
    }
    if (permission.resource === 'issuing') {
      // "All Issuing resources" stands for the whole group.
      for (const resource of issuingResources) {
        all.add(permissionName({ resource, level: 'read' }));
        all.add(permissionName({ resource, level: permission.level }));
      }
    }
  }
  return all;
}

/** All that a key can be granted: each resource at its highest level, for writing gives reading. None is none: nothing else means all. */
export const everyPermission: readonly string[] = [...permissionCatalogue, ...wireOnlyPermissions]
  .map(({ resource, levels }) => permissionName({ resource, level: levels.includes('write') ? 'write' : 'read' }))
  .toSorted();

/** Whether a list grants all that can be granted. */
export function grantsEverything(granted: readonly string[]): boolean {
  const all = expand(granted);
  return everyPermission.every((name) => all.has(name));
}

/** Whether a key may do what needs `needed`: one look-up, for every request. */
export function grants(granted: GrantedPermissions, needed: string): boolean {
  return granted.has(needed);
}

/**
 * The least permission a person could add to be allowed what needs `needed`: itself, or writing where reading cannot be
 * given by itself. Undefined where no restricted key can be given it at all.
 */
export function helpfulPermission(needed: string): string | undefined {
  const permission = parsePermission(needed);
  if (!permission) return undefined;
  const candidates = [permissionName(permission), permissionName({ ...permission, level: 'write' })];
  return candidates.find(isKnownPermission);
}

/** The names no key can be given, each with what was probably meant: `plan_read` by `prices_read`. */
export function unknownPermissions(names: readonly string[]): readonly UnknownPermission[] {
  return names
    .filter((name) => !isKnownPermission(name))
    .map((name) => {
      const nearest = probablyMeant(name);
      return nearest === undefined ? { name } : { name, nearest };
    });
}

/** The resource that is labelled so, or spelled nearly so, at the level that was asked for if it has that. */
function probablyMeant(name: string): string | undefined {
  const { resource, level } = parsePermission(name) ?? { resource: name.toLowerCase(), level: 'read' };
  const found = levelsOf.has(resource) ? resource : (labelledAs(resource) ?? nearestName(resource, levelsOf.keys()));
  if (found === undefined) return undefined;
  return [permissionName({ resource: found, level }), `${found}_read`, `${found}_write`].find(isKnownPermission);
}

/** The resource whose label has all these words and the fewest others. */
function labelledAs(words: string): string | undefined {
  const asked = [...wordsOf(words)];
  if (asked.length === 0) return undefined;
  const fitting = [...labelOf].filter(([, label]) => asked.every((word) => wordsOf(label).has(word)));
  return fitting.toSorted(([, a], [, b]) => wordsOf(a).size - wordsOf(b).size)[0]?.[0];
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return new Set(words.map((word) => word.replace(/s$/, '')));
}

const resources: readonly Pick<PermissionResource, 'resource' | 'levels'>[] = [
  ...permissionCatalogue,
  ...wireOnlyPermissions,
];

/** A resource can stand in both tables, each with a level of its own. */
const levelsOf: ReadonlyMap<string, ReadonlySet<PermissionLevel>> = new Map(
  resources.map(({ resource }) => [
    resource,
    new Set(resources.flatMap((other) => (other.resource === resource ? other.levels : []))),
  ]),
);

const labelOf: ReadonlyMap<string, string> = new Map([
  ...wireOnlyPermissions.map(({ resource, label }) => [resource, titleCase(label)] as const),
  ...permissionCatalogue.map(({ resource, label, wireLabel }) => [resource, wireLabel ?? titleCase(label)] as const),
]);

const issuingResources: readonly string[] = permissionCatalogue
  .filter(({ group }) => group === 'Issuing')
  .map(({ resource }) => resource);

function titleCase(label: string): string {
  return label.replace(/(?<=^|[ (])(?!and\b|of\b|for\b)[a-z]/g, (letter) => letter.toUpperCase());
}
