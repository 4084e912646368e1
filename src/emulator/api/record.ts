import { apiError, errorCode } from '../apiErrors.ts';
import type { ApiProblem } from '../../domain/problem.ts';
import { header, type Call } from '../exchange.ts';
import type { Route } from '../routing/routeTable.ts';
import { readMultipart } from '../requestLog/multipartBody.ts';
import type { RawRecord } from '../requestLog/requestRecord.ts';
import { addressOf, type Verdict } from './judge.ts';

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
  /** What was sent, where it is to be logged otherwise than it came. */
  readonly requestText: string | undefined;
  readonly reply: { readonly status: number; readonly text: string };
  readonly time: Date;
  readonly durationMs: number;
}

/** Of a body, in bytes or characters: more than the log keeps, so that it can tell that there was more. */
const mostLogged = 16_384;

/** The record of a request: everything but the token it came with. */
export function recordOf({
  id,
  call,
  route,
  verdict,
  account,
  problem,
  letThrough,
  requestText,
  reply,
  time,
  durationMs,
}: Passage): RawRecord {
  const { key, mode, context } = verdict.access;
  return {
    id,
    time,
    method: call.method,
    path: call.path,
    query: call.query,
    status: reply.status,
    key: key?.id,
    account: key ? account : undefined,
    mode: key ? mode : undefined,
    detail: {
      errorCode: problem && errorCode(problem),
      context,
      address: addressOf(call),
      version: header(call, 'stripe-version'),
      userAgent: header(call, 'user-agent'),
      idempotencyKey: header(call, 'idempotency-key'),
      durationMs: Math.round(durationMs * 1000) / 1000,
      requestBody: (requestText ?? call.body.toString('utf8', 0, mostLogged)).slice(0, mostLogged),
      responseBody: reply.text.slice(0, mostLogged),
      passed: verdict.passed,
      refused: problem && { kind: problem.kind, message: messageOf(problem) },
      permission: route?.permission,
      letThrough,
      cut: {
        request: (requestText ?? call.body).length > mostLogged,
        response: reply.text.length > mostLogged,
      },
    },
  };
}

/** What of a request is logged otherwise than it came: of files, only that they were there. */
export function loggedBody(call: Call): Promise<string> | undefined {
  const type = header(call, 'content-type') ?? '';
  return /^multipart\//i.test(type) && call.body.length > 0 ? readMultipart(type, call.body) : undefined;
}

function messageOf(problem: ApiProblem): string {
  const { error } = apiError(problem).body as { error: { message: string } };
  return error.message;
}
