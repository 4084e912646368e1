import * as z from 'zod';
import { modes } from '../domain/mode.ts';
import { refusals, type KeyReply, type KeyRequest } from './protocol.ts';

const request: z.ZodType<KeyRequest> = z.object({
  version: z.literal(1),
  nonce: z.string().max(200),
  key: z.string().min(1).max(300),
  command: z.string().max(2000),
});

const reply: z.ZodType<KeyReply> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), token: z.string().min(1), name: z.string(), mode: z.enum(modes) }),
  z.object({ ok: z.literal(false), why: z.enum(refusals), says: z.string() }),
]);

export const parseRequest = (line: string): KeyRequest | undefined => parseLine(request, line);
export const parseReply = (line: string): KeyReply | undefined => parseLine(reply, line);

function parseLine<T>(schema: z.ZodType<T>, line: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // no JSON
  }
}
