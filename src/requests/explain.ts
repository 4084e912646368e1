import { checkNames, failedCheck, outcomeOf, type CheckName, type Outcome } from '../domain/checks.ts';
import { allowsAddress } from '../domain/addressRules.ts';
import type { ApiKey } from '../domain/key.ts';
import { otherMode, type Mode } from '../domain/mode.ts';
import { expand, grants, helpfulPermission, parsePermission } from '../domain/permissions.ts';
import type { LoggedRequest } from './loggedRequest.ts';

export { checkNames, failedCheck, type CheckName };

export interface Check {
  readonly name: CheckName;
  /** `unreached`: an earlier one refused, so nobody looked. */
  readonly outcome: 'passed' | 'failed' | 'unreached';
}

/** What would mend a refusal. `key` is the key's id. */
export type Mend =
  | { readonly kind: 'grant'; readonly key: string; readonly permission: string; readonly connect: boolean }
  | { readonly kind: 'allowAddress'; readonly key: string; readonly address: string }
  | { readonly kind: 'otherMode'; readonly mode: Mode; readonly account: string | undefined }
  | { readonly kind: 'secretKey'; readonly mode: Mode | undefined; readonly account: string | undefined }
  | { readonly kind: 'addContext'; readonly account: string | undefined }
  | { readonly kind: 'addVersion' }
  /** It is mended already. */
  | { readonly kind: 'sendAgain' }
  | { readonly kind: 'duplicate'; readonly key: string }
  /** Somebody else may have the key. */
  | { readonly kind: 'rotate'; readonly key: string };

export interface Explanation {
  readonly outcome: Outcome;
  readonly checks: readonly Check[];
  /** The permission its endpoint needs, such as `customer_read`, by the name under which a key can be given it. */
  readonly needs: string | undefined;
  /** What the key has of the resource that is needed, such as `customer_read`; undefined where that does not matter. */
  readonly has: readonly string[] | undefined;
  /** Whether the key acted in another account than its own, where its Connect permissions count. */
  readonly connected: boolean;
  /** Whether the key, as it is today, would be let in. */
  readonly mended: boolean;
  /** The best first. */
  readonly mends: readonly Mend[];
}

/** Says why a request was let in or refused. `key` is its key as it is today; where it is deleted, nothing of it can be mended. */
export function explain(request: LoggedRequest, key: ApiKey | undefined): Explanation {
  const { refused, letThrough, permission, context } = request;
  const failed = refused && failedCheck(refused.kind);
  const at = failed ? checkNames.indexOf(failed) : checkNames.length;
  // An organization's key acts by its own permissions in whatever account.
  const connected =
    context !== undefined && key !== undefined && 'account' in key.owner && key.owner.account !== request.account;
  const needs = permission === undefined ? undefined : (helpfulPermission(permission) ?? permission);
  const mended = isMended(request, key, { needs, connected });
  return {
    outcome: outcomeOf(request.status, refused?.kind, letThrough),
    checks: checkNames.map((name, index) => ({
      name,
      outcome: index < at ? 'passed' : index === at ? 'failed' : 'unreached',
    })),
    needs,
    has: needs === undefined || !key || !isLimited(key) ? undefined : ofResource(key, needs, connected),
    connected,
    mended,
    mends: mended
      ? [{ kind: 'sendAgain' }]
      : refused
        ? mendsOf(request, key?.status === 'deleted' ? undefined : key, { needs, connected })
        : [],
  };
}

/** Whether what a request was refused for is there by now. */
function isMended(
  { refused, address }: LoggedRequest,
  key: ApiKey | undefined,
  { needs, connected }: Pick<Explanation, 'needs' | 'connected'>,
): boolean {
  if (!key || key.status !== 'active') return false;
  if (refused?.kind === 'addressNotAllowed') return allowsAddress(key.addresses, address);
  if (refused?.kind !== 'permissionMissing' && refused?.kind !== 'noConnectPermissions') return false;
  return needs !== undefined && grants(expand(connected ? key.connectPermissions : key.permissions), needs);
}

function mendsOf(
  { refused, mode, account, address }: LoggedRequest,
  key: ApiKey | undefined,
  { needs, connected }: Pick<Explanation, 'needs' | 'connected'>,
): Mend[] {
  const secretKey: Mend = { kind: 'secretKey', mode, account };
  switch (refused?.kind) {
    case 'noKey':
    case 'unknownKey':
    case 'publishableKeyNotAllowed':
      return [secretKey];
    case 'expiredKey':
      return key ? [{ kind: 'duplicate', key: key.id }, secretKey] : [secretKey];
    case 'addressNotAllowed':
      return key
        ? [
            { kind: 'allowAddress', key: key.id, address },
            { kind: 'rotate', key: key.id },
          ]
        : [];
    case 'organizationContextMissing':
    case 'accountInaccessible':
    case 'notAPlatform':
      return [{ kind: 'addContext', account: undefined }];
    case 'organizationVersionMissing':
    case 'versionMissing':
    case 'versionInvalid':
      return [{ kind: 'addVersion' }];
    case 'noConnectPermissions':
    case 'permissionMissing':
      return key && isLimited(key) && needs !== undefined
        ? [{ kind: 'grant', key: key.id, permission: needs, connect: connected }, secretKey]
        : [secretKey];
    case 'permissionUnavailable':
      return [secretKey];
    case 'objectNotFound':
      // Stripe's own words are the only place that tells of the object in the other mode.
      return /similar object exists in (?:live|test) mode/.test(refused.message) && mode
        ? [{ kind: 'otherMode', mode: otherMode(mode), account }]
        : [];
    default:
      return [];
  }
}

const isLimited = ({ kind }: ApiKey): boolean => kind === 'restricted' || kind === 'organization';

function ofResource(key: ApiKey, needed: string, connected: boolean): string[] {
  const resource = parsePermission(needed)?.resource;
  const list = connected ? key.connectPermissions : key.permissions;
  return list.filter((name) => parsePermission(name)?.resource === resource);
}
