import { apiError, errorCode } from '../apiErrors.ts';
import type { ApiProblem } from '../../domain/problem.ts';
import { header, type Call, type Reply } from '../exchange.ts';
import type { Route } from '../routing/routeTable.ts';
import type { RequestRecord } from '../store/requests.ts';
import { addressOf, type Verdict } from './judge.ts';
import { scrub } from './scrub.ts';

/** What became of a request, for its record. */
export interface Passage {
  readonly id: string;
  readonly call: Call;
  readonly route: Route | undefined;
  readonly verdict: Verdict;
  /** The account in whose log the request stands. */
  readonly account: string | undefined;
  /** Why it was refused, or would have been. */
  readonly problem: ApiProblem | undefined;
  readonly letThrough: boolean;
  readonly reply: Reply;
  readonly time: Date;
  readonly durationMs: number;
}

/** The record of a request: everything but the token. */
export function recordOf({
  id,
  call,
  route,
  verdict,
  account,
  problem,
  letThrough,
  reply,
  time,
  durationMs,
}: Passage): RequestRecord {
  const { key, mode, context } = verdict.access;
  const userAgent = scrubbed(header(call, 'user-agent'));
  return {
    id,
    time,
    method: call.method,
    path: scrub(call.path),
    query: scrub(call.query),
    status: reply.status,
    key: key?.id,
    account: key ? account : undefined,
    mode: key ? mode : undefined,
    detail: {
      errorCode: problem && errorCode(problem),
      context: scrubbed(context),
      address: scrub(addressOf(call)),
      version: scrubbed(header(call, 'stripe-version')),
      userAgent,
      sdk: sdkOf(userAgent),
      idempotencyKey: scrubbed(header(call, 'idempotency-key')),
      durationMs: Math.round(durationMs * 1000) / 1000,
      requestBody: scrub(call.body.toString('utf8')),
      responseBody: scrub(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)),
      passed: verdict.passed,
      refused: problem && { kind: problem.kind, message: messageOf(problem) },
      permission: route?.permission,
      letThrough,
    },
  };
}

/** Headers are clients' texts, and a client may put anything anywhere. */
const scrubbed = (text: string | undefined): string | undefined => text && scrub(text);

function messageOf(problem: ApiProblem): string {
  const { error } = apiError(problem).body as { error: { message: string } };
  return scrub(error.message);
}

/** `Stripe/v1 NodeBindings/23.1.0` is `node 23.1.0`; `Stripe/v1 stripe-cli/1.52.0` is `stripe-cli 1.52.0`. */
function sdkOf(userAgent: string | undefined): string | undefined {
  const [, name, version] = /\bStripe\/v\d (stripe-cli|\w+?)(?:Bindings)?\/([\w.-]+)/.exec(userAgent ?? '') ?? [];
  return name && `${name.toLowerCase()} ${version}`;
}
