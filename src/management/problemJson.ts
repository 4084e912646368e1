import * as z from 'zod';
import type { KeyProblem, Problem } from '../domain/problem.ts';

const id = z.string();
const optional = z
  .string()
  .optional()
  .transform((text) => text ?? undefined);
const withId = <const K extends KeyProblem['kind']>(kind: K) => z.object({ kind: z.literal(kind), id });
const limited = <const K extends KeyProblem['kind']>(kind: K) => z.object({ kind: z.literal(kind), limit: z.number() });
const bare = <const K extends KeyProblem['kind']>(kind: K) => z.object({ kind: z.literal(kind) });

const keyProblem = z.discriminatedUnion('kind', [
  withId('keyNotFound'),
  withId('ownerNotFound'),
  withId('alreadyRevealed'),
  withId('keyInactive'),
  withId('publishableNotDeletable'),
  withId('publishableNotLimited'),
  withId('publishableNotEditable'),
  withId('permissionsFixed'),
  limited('nameInvalid'),
  limited('noteTooLong'),
  bare('verificationMissing'),
  bare('codeExpired'),
  bare('codeUsedUp'),
  z.object({ kind: z.literal('alreadyExpiring'), id, at: z.iso.datetime().transform((text) => new Date(text)) }),
  z.object({ kind: z.literal('kindNotCreatable'), what: z.string() }),
  z.object({ kind: z.literal('expiryInvalid'), limitDays: z.number() }),
  z.object({ kind: z.literal('codeWrong'), triesLeft: z.number() }),
  z.object({ kind: z.literal('permissionUnknown'), permission: z.string(), suggestion: optional }),
  z.object({
    kind: z.literal('addressInvalid'),
    entry: z.string(),
    why: z.enum(['syntax', 'ipv6', 'prefix', 'hostBits', 'duplicate']),
    suggestion: optional,
  }),
]);

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
});

/** The problem that the dashboard plane's error body tells of; one it has no name for keeps its words. Undefined for another body. */
export function problemOfJson(json: unknown): Problem | undefined {
  const body = errorSchema.safeParse(json);
  if (!body.success) return undefined;
  const { code, message, details } = body.data.error;
  const kind = code.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const parsed = keyProblem.safeParse({ kind, ...details });
  return parsed.success ? parsed.data : { kind: 'serviceRefused', why: message };
}
