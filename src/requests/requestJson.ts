import * as z from 'zod';
import { modes } from '../domain/mode.ts';
import type { LoggedRequest } from './loggedRequest.ts';

const optional = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);

/** A request as the emulator's dashboard plane writes it, and as an export holds it. */
export const requestSchema = z
  .object({
    id: z.string(),
    time: z.iso.datetime().transform((text) => new Date(text)),
    method: z.string(),
    path: z.string(),
    query: z.string(),
    status: z.number(),
    key: optional(z.string()),
    account: optional(z.string()),
    mode: optional(z.enum(modes)),
    error_code: optional(z.string()),
    context: optional(z.string()),
    address: z.string(),
    version: optional(z.string()),
    user_agent: optional(z.string()),
    sdk: optional(z.string()),
    idempotency_key: optional(z.string()),
    duration_ms: z.number(),
    request_body: z.string().default(''),
    response_body: z.string().default(''),
    passed: z.array(z.string()),
    refused: optional(z.object({ kind: z.string(), message: z.string() })),
    permission: optional(z.string()),
    let_through: z.boolean(),
  })
  .transform(
    ({
      error_code,
      user_agent,
      idempotency_key,
      duration_ms,
      request_body,
      response_body,
      let_through,
      ...rest
    }): LoggedRequest => ({
      ...rest,
      errorCode: error_code,
      userAgent: user_agent,
      idempotencyKey: idempotency_key,
      durationMs: duration_ms,
      requestBody: request_body,
      responseBody: response_body,
      letThrough: let_through,
    }),
  );

/** The other way round: what `requestSchema` reads. */
export function requestToJson(request: LoggedRequest): Record<string, unknown> {
  return {
    id: request.id,
    time: request.time.toISOString(),
    method: request.method,
    path: request.path,
    query: request.query,
    status: request.status,
    key: request.key ?? null,
    account: request.account ?? null,
    mode: request.mode ?? null,
    error_code: request.errorCode ?? null,
    context: request.context ?? null,
    address: request.address,
    version: request.version ?? null,
    user_agent: request.userAgent ?? null,
    sdk: request.sdk ?? null,
    idempotency_key: request.idempotencyKey ?? null,
    duration_ms: request.durationMs,
    request_body: request.requestBody,
    response_body: request.responseBody,
    passed: request.passed,
    refused: request.refused ?? null,
    permission: request.permission ?? null,
    let_through: request.letThrough,
  };
}
