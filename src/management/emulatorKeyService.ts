import type * as z from 'zod';
import type { Result } from '../domain/problem.ts';
import { Secret } from '../domain/secret.ts';
import { messageOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';
import { accountSchema, keySchema, listOf, revealedSchema, stoppingSchema } from './dashboardJson.ts';
import { problemOfJson } from './problemJson.ts';
import type { KeyService } from './keyService.ts';

export interface EmulatorAddress {
  readonly origin: string;
  readonly dashboardToken: Secret;
}

/** Longer than any answer of a local process takes; a hung one must not hang the editor. */
const timeoutMs = 10_000;

/** The keys of an emulator, over its dashboard plane. */
export function emulatorKeyService({ origin, dashboardToken }: EmulatorAddress): KeyService {
  return {
    accounts: async () => mapped(await call('GET', '/accounts', listOf(accountSchema)), ({ data }) => data),
    keys: async () => mapped(await call('GET', '/keys', listOf(keySchema)), ({ data }) => data),
    reveal: async (id) =>
      mapped(await call('POST', `/keys/${id}/reveal`, revealedSchema), ({ key, token }) => ({
        key,
        secret: new Secret(token),
      })),
    stopService: async () => mapped(await call('POST', '/stop', stoppingSchema), () => undefined),
    delete: (id) => call('DELETE', `/keys/${id}`, keySchema),
  };

  async function call<T>(method: string, path: string, schema: z.ZodType<T>): Promise<Result<T>> {
    try {
      const response = await fetch(`${origin}/_dashboard${path}`, {
        method,
        headers: { authorization: `Bearer ${dashboardToken.reveal()}` },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const json: unknown = await response.json();
      if (response.ok) return ok(schema.parse(json));
      return refuse(problemOfJson(json));
    } catch (error) {
      return refuse({ kind: 'emulatorUnreachable', why: causeOf(error) });
    }
  }
}

function mapped<A, B>(result: Result<A>, map: (value: A) => B): Result<B> {
  return result.ok ? ok(map(result.value)) : result;
}

/** `fetch` hides the reason (`connect ECONNREFUSED …`) in the cause of an error called "fetch failed". */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
}
