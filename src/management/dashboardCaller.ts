import type * as z from 'zod';
import type { Result } from '../domain/problem.ts';
import type { Secret } from '../domain/secret.ts';
import { causeOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';
import { whatIsWrong } from '../shared/whatIsWrong.ts';
import { problemOfJson } from './problemJson.ts';

/** Where an emulator listens, and what opens its dashboard plane. */
export interface EmulatorAddress {
  readonly origin: string;
  readonly dashboardToken: Secret;
}

export type CallDashboard = <T>(
  method: string,
  path: string,
  schema: z.ZodType<T>,
  body?: unknown,
  signal?: AbortSignal,
) => Promise<Result<T>>;

/** Longer than any answer of a local process takes; a hung one must not hang the editor. Waiting for a change takes longer. */
const timeoutMs = 30_000;

/** Calls the dashboard plane: JSON in, parsed JSON or a problem out. It throws for no answer of the emulator's. */
export function dashboardCaller({ origin, dashboardToken }: EmulatorAddress): CallDashboard {
  return async (method, path, schema, body, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${origin}/_dashboard${path}`, {
        method,
        headers: {
          authorization: `Bearer ${dashboardToken.reveal()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      text = await response.text();
    } catch (error) {
      return refuse({ kind: 'emulatorUnreachable', why: causeOf(error) });
    }
    const json = parseJson(text);
    const unreadable = (what: string) =>
      refuse({
        kind: 'answerUnreadable',
        why: `${method} ${path.split('?', 1)[0]}: ${response.status}, ${what}`,
      } as const);
    if (json === undefined) return unreadable('not JSON');
    if (!response.ok) {
      const problem = problemOfJson(json);
      return problem ? refuse(problem) : unreadable('an error without words');
    }
    const parsed = schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : unreadable(whatIsWrong(parsed.error.issues, json, 'it'));
  };
}

/** Undefined where the text is not JSON: the message of a parser would quote it, and with it perhaps a token. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
