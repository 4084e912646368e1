import * as z from 'zod';
import { modes } from '../domain/mode.ts';

/** What the editor puts into its terminals, and `keysmith run` reads. */
export const socketVariable = 'KEYSMITH_SOCKET';
export const nonceVariable = 'KEYSMITH_NONCE';

/** One line of JSON each way; a longer one is not read. */
export const maxRequestBytes = 16 * 1024;

export const keyRequest = z.object({
  version: z.literal(1),
  /** Of the window: proves that who asks was started in one of its terminals. */
  nonce: z.string().max(200),
  /** A key's name or id. */
  key: z.string().min(1).max(300),
  /** What the key is for, as a person is told it. */
  command: z.string().max(2000),
});
export type KeyRequest = z.infer<typeof keyRequest>;

/** Why no key is given. */
export const refusals = ['nonce', 'malformed', 'untrusted', 'unknown', 'ambiguous', 'cancelled', 'refused'] as const;
export type RefusalReason = (typeof refusals)[number];

export const keyReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), token: z.string().min(1), name: z.string(), mode: z.enum(modes) }),
  /** `says` is the editor's own sentence, where it has one. */
  z.object({ ok: z.literal(false), why: z.enum(refusals), says: z.string() }),
]);
export type KeyReply = z.infer<typeof keyReply>;

export const refusal = (why: RefusalReason, says = ''): KeyReply => ({ ok: false, why, says });
