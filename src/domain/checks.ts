/** The checks of a request in the order in which Stripe makes them; `request` stands for those on what was asked. */
export const checkNames = ['key', 'address', 'context', 'version', 'route', 'permission', 'request'] as const;
export type CheckName = (typeof checkNames)[number];

/** Which check refused, the kinds of `ApiProblem` by name; a kind that is not named here is one on what was asked. */
const failedChecks: Readonly<Record<string, CheckName>> = {
  noKey: 'key',
  unknownKey: 'key',
  expiredKey: 'key',
  addressNotAllowed: 'address',
  pageNotAllowed: 'key',
  hostNotAllowed: 'key',
  organizationContextMissing: 'context',
  accountInaccessible: 'context',
  notAPlatform: 'context',
  organizationVersionMissing: 'version',
  versionMissing: 'version',
  versionInvalid: 'version',
  unknownPath: 'route',
  noConnectPermissions: 'permission',
  publishableKeyNotAllowed: 'permission',
  permissionMissing: 'permission',
  permissionUnavailable: 'permission',
};

/** The check that refused for a reason, a kind of `ApiProblem`. */
export const failedCheck = (kind: string): CheckName => failedChecks[kind] ?? 'request';

/**
 * How a request went: `refused` is what its key may not do, `failed` what nobody could have been given, such as an object that does not
 * exist. `letThrough` would have been refused, but nothing is enforced.
 */
export const outcomes = ['allowed', 'refused', 'failed', 'letThrough'] as const;
export type Outcome = (typeof outcomes)[number];

/** `refused`: the kind of `ApiProblem`, undefined where there was none. */
export function outcomeOf(status: number, refused: string | undefined, letThrough: boolean): Outcome {
  if (letThrough) return 'letThrough';
  if (refused === undefined) return status < 400 ? 'allowed' : 'failed';
  const check = failedCheck(refused);
  return check === 'route' || check === 'request' ? 'failed' : 'refused';
}
