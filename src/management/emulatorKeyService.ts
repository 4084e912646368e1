import type * as z from 'zod';
import type { Problem, Result } from '../domain/problem.ts';
import { Secret } from '../domain/secret.ts';
import { messageOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';
import { accountSchema, errorSchema, keySchema, listOf, revealedSchema, stoppingSchema } from './dashboardJson.ts';
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
      mapped(await call('POST', `/keys/${id}/reveal`, revealedSchema, id), ({ key, token }) => ({
        key,
        secret: new Secret(token),
      })),
    stopService: async () => mapped(await call('POST', '/stop', stoppingSchema), () => undefined),
    delete: (id) => call('DELETE', `/keys/${id}`, keySchema, id),
  };

  async function call<T>(method: string, path: string, schema: z.ZodType<T>, id = ''): Promise<Result<T>> {
    try {
      const response = await fetch(`${origin}/_dashboard${path}`, {
        method,
        headers: { authorization: `Bearer ${dashboardToken.reveal()}` },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const json: unknown = await response.json();
      if (response.ok) return ok(schema.parse(json));
      return refuse(problemOf(errorSchema.parse(json).error, id));
    } catch (error) {
      return refuse({ kind: 'emulatorUnreachable', why: causeOf(error) });
    }
  }
}

function mapped<A, B>(result: Result<A>, map: (value: A) => B): Result<B> {
  return result.ok ? ok(map(result.value)) : result;
}

function problemOf(error: { readonly code: string; readonly message: string }, id: string): Problem {
  switch (error.code) {
    case 'key_not_found':
      return { kind: 'keyNotFound', id };
    case 'already_revealed':
      return { kind: 'alreadyRevealed', id };
    case 'publishable_not_deletable':
      return { kind: 'publishableNotDeletable', id };
    default:
      return { kind: 'serviceRefused', why: error.message };
  }
}

/** `fetch` hides the reason (`connect ECONNREFUSED …`) in the cause of an error called "fetch failed". */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
}
