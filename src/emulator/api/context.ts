import type { ApiKey } from '../../domain/key.ts';
import type { AccessProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { header, type Call } from '../exchange.ts';
import type { AccountTable } from '../store/accounts.ts';
import { redactToken } from './redact.ts';
import { stripeJsParameter } from './credential.ts';

/** For whom a request acts. `connected`: an account below the key's own, where Connect permissions count. */
export interface ActingAccount {
  readonly account: string;
  readonly connected: boolean;
}

/**
 * The context a client names: `Stripe-Context`, which supersedes `Stripe-Account` (documented) and alone counts for an organization key
 * ("must include the Stripe-Context header"). An empty one is there and names nobody's account: it is refused (decided).
 */
export function readContext(call: Call, key: ApiKey | undefined): string | undefined {
  const context = header(call, 'stripe-context');
  if (context !== undefined || key?.kind === 'organization') return context;
  return header(call, 'stripe-account') ?? stripeJsParameter(call, '_stripe_account');
}

/**
 * The account a request acts for. An organization key must name one of its accounts, a connected one by its platform's path
 * (`acct_platform/acct_connected`); an account's key may name an account connected to it, or one connected to that.
 */
export function resolveContext(
  key: ApiKey,
  token: string,
  context: string | undefined,
  accounts: AccountTable,
): Result<ActingAccount, AccessProblem> {
  const path = context?.split('/') ?? [];
  if ('account' in key.owner) return resolveBelow(key.owner.account, token, path, accounts);
  if (!context) return refuse({ kind: 'organizationContextMissing' });
  const [top = '', ...below] = path;
  const account = accounts.find(top);
  const own = account?.organization === key.owner.organization && account.platform === undefined;
  return own
    ? resolveBelow(top, token, below, accounts)
    : refuse({ kind: 'accountInaccessible', token: redactToken(token, true), account: top });
}

function resolveBelow(
  from: string,
  token: string,
  path: readonly string[],
  accounts: AccountTable,
): Result<ActingAccount, AccessProblem> {
  let current = from;
  for (const [index, next] of path.entries()) {
    if (next === from && index === 0) continue; // an account may name itself
    const connected = accounts.find(next)?.platform === current;
    if (!connected && !accounts.isPlatform(from)) return refuse({ kind: 'notAPlatform' });
    if (!connected) return refuse({ kind: 'accountInaccessible', token: redactToken(token, true), account: next });
    current = next;
  }
  return ok({ account: current, connected: current !== from });
}
