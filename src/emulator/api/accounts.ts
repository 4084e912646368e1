import type { Account } from '../../domain/account.ts';
import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { randomText } from '../random.ts';
import type { Visit } from './visit.ts';

/** Accounts are not objects like others: they exist in both modes and decide who may act for whom. */
const accountJson = ({ id, name }: Account): Record<string, unknown> => ({
  id,
  object: 'account',
  business_profile: { name },
  charges_enabled: true,
  details_submitted: true,
  metadata: {},
  payouts_enabled: true,
  type: 'standard',
});

/** `GET /v1/account`: the account the request acts for. */
export function ownAccount({ store, place }: Visit): Result<unknown, ApiProblem> {
  const account = store.accounts.find(place.account);
  return account ? ok(accountJson(account)) : notFound(place.account);
}

/** `GET /v1/accounts/:account`: itself, or an account connected to it. */
export function retrieveAccount(visit: Visit): Result<unknown, ApiProblem> {
  const id = visit.path['account'] ?? '';
  const account = visibleAccount(visit, id);
  return account ? ok(accountJson(account)) : notFound(id);
}

/** The account of this id, where it is the one a request acts for or one connected to that. */
export function visibleAccount({ store, place }: Visit, id: string): Account | undefined {
  const account = store.accounts.find(id);
  return account && (id === place.account || account.platform === place.account) ? account : undefined;
}

/** `GET /v1/accounts`: the accounts connected to this one. */
export function listAccounts({ store, place }: Visit): Result<unknown, ApiProblem> {
  if (!store.accounts.isPlatform(place.account)) return refuse({ kind: 'notAPlatform' });
  const data = store.accounts.all().filter(({ platform }) => platform === place.account);
  return ok({ object: 'list', data: data.map(accountJson), has_more: false, url: '/v1/accounts' });
}

/** `POST /v1/accounts`: connects a new account to a platform. */
export function createAccount({ store, place, parameters }: Visit): Result<unknown, ApiProblem> {
  if (!store.accounts.isPlatform(place.account)) return refuse({ kind: 'notAPlatform' });
  const profile = parameters['business_profile'];
  const named =
    typeof profile === 'object' && profile !== null && 'name' in profile ? profile.name : parameters['email'];
  const account: Account = {
    id: `acct_1${randomText(15)}`,
    name: typeof named === 'string' ? named : 'Connected account',
    organization: store.accounts.find(place.account)?.organization,
    platform: place.account,
  };
  store.accounts.add(account);
  return ok(accountJson(account));
}

const notFound = (id: string): { ok: false; problem: ApiProblem } =>
  refuse({ kind: 'objectNotFound', noun: 'account', id, parameter: 'account', inPath: true, twin: undefined });
