import { allowsAddress } from '../../domain/addressRules.ts';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import type { Mode } from '../../domain/mode.ts';
import type { AccessProblem } from '../../domain/problem.ts';
import { header, type Call } from '../exchange.ts';
import type { Route } from '../routing/routeTable.ts';
import type { AccountTable } from '../store/accounts.ts';
import type { KeyTable } from '../store/keys.ts';
import { checkPermission } from './checkPermission.ts';
import { readContext, resolveContext } from './context.ts';
import { readCredential } from './credential.ts';
import { redactToken } from './redact.ts';

/** The checks in the order in which Stripe makes them. */
export type CheckName = 'key' | 'address' | 'context' | 'version' | 'route' | 'permission';

/** Who a request acts for. Where it was refused, as much as could be told: what is let through anyway acts for that. */
export interface Access {
  readonly key: ApiKey | undefined;
  /** The account the key belongs to; an organization's key belongs to none. */
  readonly home: string | undefined;
  readonly account: string;
  readonly mode: Mode;
  readonly connected: boolean;
  readonly context: string | undefined;
}

/** Whether a request may come in, and how far it got. */
export interface Verdict {
  readonly access: Access;
  readonly passed: readonly CheckName[];
  readonly problem: AccessProblem | undefined;
}

export interface Registry {
  readonly keys: KeyTable;
  readonly accounts: AccountTable;
}

/** `2026-10-28.endive`, `2024-06-20`, and either with the name of a beta behind it. */
const versionPattern = /^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?(?:;.*)?$/;

/** Says in a test or a container where a request came from, where the peer's own address cannot. */
const addressHeader = 'keysmith-client-ip';

/** Where a request came from. */
export const addressOf = (call: Call): string => header(call, addressHeader) ?? call.address;

/**
 * Judges a request: key, address, context, version, route, permission; the first that fails refuses it. An unknown route is no
 * refusal of access: the verdict then ends before it.
 */
export function judge(call: Call, route: Route | undefined, { keys, accounts }: Registry, now: Date): Verdict {
  const passed: CheckName[] = [];
  const token = readCredential(call);
  const key = token === undefined ? undefined : keys.findByToken(token, now);
  const context = readContext(call, key);
  let access = presumedAccess(key, token, context, accounts);
  const refused = (problem: AccessProblem): Verdict => ({ access, passed, problem });

  if (token === undefined) return refused({ kind: 'noKey' });
  if (!key) return refused({ kind: 'unknownKey', token: redactToken(token, false) });
  if (key.status !== 'active') return refused({ kind: 'expiredKey', token: redactToken(token, true) });
  passed.push('key');

  const address = addressOf(call);
  if (!allowsAddress(key.addresses, address)) return refused({ kind: 'addressNotAllowed', address });
  passed.push('address');

  const resolved = resolveContext(key, token, context, accounts);
  if (!resolved.ok) return refused(resolved.problem);
  access = { ...access, ...resolved.value };
  passed.push('context');

  const version = checkVersion(call, key);
  if (version) return refused(version);
  passed.push('version');

  if (!route) return { access, passed, problem: undefined };
  passed.push('route');

  const permission = checkPermission(key, route, { token, ...resolved.value });
  if (permission) return refused(permission);
  passed.push('permission');
  return { access, passed, problem: undefined };
}

function checkVersion(call: Call, key: ApiKey): AccessProblem | undefined {
  const version = header(call, 'stripe-version');
  if (version === undefined) {
    if (key.kind === 'organization') return { kind: 'organizationVersionMissing' };
    return call.path.startsWith('/v2/') ? { kind: 'versionMissing' } : undefined;
  }
  return versionPattern.test(version) ? undefined : { kind: 'versionInvalid', version };
}

/** What a request acts for when nothing is enforced: what its key and context say, or else the first account's sandbox. */
function presumedAccess(
  key: ApiKey | undefined,
  token: string | undefined,
  context: string | undefined,
  accounts: AccountTable,
): Access {
  const named = context?.split('/').at(-1);
  const owner = key && ownerId(key.owner);
  const home = key && 'account' in key.owner ? key.owner.account : undefined;
  const account = [named, owner].find((id) => id !== undefined && accounts.find(id)) ?? accounts.all()[0]?.id ?? '';
  const mode = key?.mode ?? (token?.includes('_live_') ? 'live' : 'sandbox');
  return { key, home, account, mode, connected: owner !== undefined && account !== owner, context };
}
