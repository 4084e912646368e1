import type * as z from 'zod';
import type { Result } from '../domain/problem.ts';
import type { Secret } from '../domain/secret.ts';
import { causeOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';
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
    try {
      const response = await fetch(`${origin}/_dashboard${path}`, {
        method,
        headers: {
          authorization: `Bearer ${dashboardToken.reveal()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      const json: unknown = await response.json();
      return response.ok ? ok(schema.parse(json)) : refuse(problemOfJson(json));
    } catch (error) {
      return refuse({ kind: 'emulatorUnreachable', why: causeOf(error) });
    }
  };
}
