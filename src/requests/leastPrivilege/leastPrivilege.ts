import { groupBy } from '../../shared/groupBy.ts';
import type { ApiKey } from '../../domain/key.ts';
import { expand, grants, helpfulPermission, parsePermission, wirePermissionLabel } from '../../domain/permissions.ts';
import { failedCheck } from '../explain.ts';
import type { LoggedRequest } from '../loggedRequest.ts';
import { pathPattern } from './pathPattern.ts';

/** A permission, and what it is needed for. */
export interface Need {
  /** `customer_read` */
  readonly permission: string;
  /** `Customers Read` */
  readonly label: string;
  readonly uses: readonly Use[];
}

/** Requests that are alike. */
export interface Use {
  readonly method: string;
  /** With `:id` for what names an object. */
  readonly path: string;
  readonly count: number;
  /** `req_…` of one of them. */
  readonly example: string;
}

/** A permission that need not be granted: another one that is needed brings it. */
export interface Implied extends Need {
  readonly by: string;
}

/** The least that a key must be granted for requests to be allowed. Lists are in a fixed order. */
export interface LeastPrivilege {
  readonly permissions: readonly Need[];
  /** For what was done in other accounts than the key's own. */
  readonly connectPermissions: readonly Need[];
  readonly implied: readonly Implied[];
  /** No restricted key can be allowed these: they need a secret key. */
  readonly secretKeyOnly: readonly Use[];
  /** Where the requests came from; none where nobody sent them. */
  readonly addresses: readonly { readonly address: string; readonly count: number }[];
  /** How many requests say what is needed. */
  readonly counted: number;
  /** Requests that say nothing, by the kind of their refusal, or `publishable`. */
  readonly leftOut: readonly { readonly why: string; readonly count: number }[];
}

/** Says what the requests of a program need; `keys` are today's records of their keys, as far as they still exist. */
export function leastPrivilege(requests: readonly LoggedRequest[], keys: readonly ApiKey[]): LeastPrivilege {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const leftOut = new Map<string, number>();
  const counted = requests.filter((request) => {
    const why = whyLeftOut(request, byId.get(request.key ?? ''));
    if (why !== undefined) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    return why === undefined;
  });
  const possible = counted.filter(({ permission = '' }) => helpfulPermission(permission) !== undefined);
  const [connected, own] = partition(possible, (request) => isConnected(request, byId.get(request.key ?? '')));
  const [needs, connectNeeds] = [fewest(needsOf(own)), fewest(needsOf(connected))];
  return {
    permissions: needs.granted,
    connectPermissions: connectNeeds.granted,
    implied: [...needs.implied, ...connectNeeds.implied],
    secretKeyOnly: usesOf(counted.filter((request) => !possible.includes(request))),
    addresses: [...groupBy(counted, ({ address }) => address)]
      .filter(([address]) => address !== '') // what was read from source came from nowhere
      .map(([address, all]) => ({ address, count: all.length }))
      .toSorted((one, other) => other.count - one.count || compare(one.address, other.address)),
    counted: counted.length,
    leftOut: [...leftOut].map(([why, count]) => ({ why, count })).toSorted((one, other) => compare(one.why, other.why)),
  };
}

/** How a key's permissions differ from those that are needed; nothing is said of keys that have no list. */
export interface KeyDifference {
  /** What it has beyond that, and should not. */
  readonly excess: readonly string[];
  readonly missing: readonly string[];
  readonly connectExcess: readonly string[];
  readonly connectMissing: readonly string[];
}

export function differenceTo(needed: LeastPrivilege, key: ApiKey): KeyDifference | undefined {
  if (key.kind !== 'restricted') return undefined;
  const [excess, missing] = difference(names(needed.permissions), key.permissions);
  const [connectExcess, connectMissing] = difference(names(needed.connectPermissions), key.connectPermissions);
  return { excess, missing, connectExcess, connectMissing };
}

export const names = (needs: readonly Need[]): string[] => needs.map(({ permission }) => permission);

function difference(needed: readonly string[], has: readonly string[]): [excess: string[], missing: string[]] {
  const [enough, today] = [expand(needed), expand(has)];
  return [has.filter((name) => !grants(enough, name)).toSorted(), needed.filter((name) => !grants(today, name))];
}

/** Why a request says nothing of permissions: it never came so far, or its key is for everyone. */
function whyLeftOut({ refused, letThrough, permission }: LoggedRequest, key: ApiKey | undefined): string | undefined {
  if (permission === undefined) return refused?.kind ?? 'unknownPath';
  if (key?.kind === 'publishable') return 'publishable';
  if (!refused || letThrough) return undefined;
  const failed = failedCheck(refused.kind);
  return failed === 'permission' || failed === 'request' ? undefined : refused.kind;
}

function isConnected({ context, account }: LoggedRequest, key: ApiKey | undefined): boolean {
  if (context === undefined) return false;
  return key === undefined || ('account' in key.owner && key.owner.account !== account);
}

/** What requests need, by the name under which a key can be granted it. */
function needsOf(requests: readonly LoggedRequest[]): Need[] {
  const byPermission = groupBy(requests, ({ permission = '' }) => helpfulPermission(permission) ?? permission);
  return [...byPermission]
    .map(([permission, all]) => ({
      permission,
      label: wirePermissionLabel(permission) ?? permission,
      uses: usesOf(all),
    }))
    .toSorted((one, other) => compare(one.permission, other.permission));
}

/** Without those that others bring, reading first: who may write may read. */
function fewest(needs: readonly Need[]): { readonly granted: Need[]; readonly implied: Implied[] } {
  let granted = [...needs];
  const implied: Implied[] = [];
  for (const need of needs.toSorted((one, other) => levelOf(one) - levelOf(other))) {
    const others = granted.filter((one) => one !== need);
    if (!grants(expand(names(others)), need.permission)) continue;
    const by = others.find(({ permission }) => grants(expand([permission]), need.permission));
    implied.push({ ...need, by: by?.permission ?? '' });
    granted = others;
  }
  return { granted, implied: implied.toSorted((one, other) => compare(one.permission, other.permission)) };
}

const levelOf = ({ permission }: Need): number => (parsePermission(permission)?.level === 'write' ? 1 : 0);

function usesOf(requests: readonly LoggedRequest[]): Use[] {
  const alike = groupBy(requests, ({ method, path }) => `${method} ${pathPattern(path)}`);
  return [...alike.values()]
    .flatMap((all) => {
      const [first] = all;
      if (!first) return [];
      return [{ method: first.method, path: pathPattern(first.path), count: all.length, example: first.id }];
    })
    .toSorted((one, other) => compare(one.path, other.path) || compare(one.method, other.method));
}

function partition<T>(all: readonly T[], fits: (one: T) => boolean): [T[], T[]] {
  return [all.filter(fits), all.filter((one) => !fits(one))];
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
