import type { ApiProblem } from '../domain/problem.ts';
import { wireErrors, type WireError } from './apiErrors.data.ts';
import type { Reply } from './exchange.ts';

/** Where a refusal was met: what Stripe adds to errors of authenticated requests. */
export interface ErrorContext {
  /** Link to the request in Stripe's logs; undefined where no key was recognised. */
  readonly requestLogUrl?: string | undefined;
}

const challenge = { 'WWW-Authenticate': 'Basic realm="Stripe"' };
const docs = (code: string): string => `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;

/** Stripe's answer to a refused request. Fields stand in the alphabetical order in which Stripe prints them. */
export function apiError(problem: ApiProblem, { requestLogUrl }: ErrorContext = {}): Reply {
  const wire = wireErrors[problem.kind] as WireError<ApiProblem>;
  const status = typeof wire.status === 'number' ? wire.status : wire.status(problem);
  const error = {
    ...(wire.code ? { code: wire.code } : {}),
    ...(wire.code && wire.docs !== false ? { doc_url: docs(wire.code) } : {}),
    message: wire.message(problem),
    ...(wire.parameter ? { param: wire.parameter(problem) } : {}),
    ...(requestLogUrl && status !== 401 ? { request_log_url: requestLogUrl } : {}),
    type: wire.type ?? 'invalid_request_error',
  };
  return { status, body: { error }, ...(status === 401 ? { headers: challenge } : {}) };
}

/** The `code` Stripe gives a refusal, or its kind in our words where Stripe gives none: what a log can be filtered by. */
export function errorCode(problem: ApiProblem): string {
  return wireErrors[problem.kind].code ?? problem.kind;
}
