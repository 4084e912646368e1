import type { ApiKey } from '../../domain/key.ts';
import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { header, type Call } from '../exchange.ts';
import type { KeyTable } from '../store/keys.ts';
import { readCredential } from './credential.ts';
import { redactToken } from './redact.ts';

/**
 * Whose key a request carries. Checks run in the order in which Stripe reports them: no key, unknown, expired or deleted, kind.
 * Deleted and expired keys are answered alike (stripe-auth facts 2.4: no separate text was ever seen).
 */
export function authenticate(call: Call, keys: KeyTable, now: Date): Result<ApiKey, ApiProblem> {
  const token = readCredential(header(call, 'authorization'));
  if (token === undefined) return refuse({ kind: 'noKey' });
  const key = keys.findByToken(token, now);
  if (!key) return refuse({ kind: 'unknownKey', token: redactToken(token, false) });
  if (key.status !== 'active') return refuse({ kind: 'expiredKey', token: redactToken(token, true) });
  if (key.kind === 'publishable') return refuse({ kind: 'publishableKeyNotAllowed' });
  return ok(key);
}
