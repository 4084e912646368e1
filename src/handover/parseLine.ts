import * as z from 'zod';
import { modes } from '../domain/mode.ts';
import { refusals, type KeyReply, type KeyRequest } from './protocol.ts';
import { isVariableName } from './variableName.ts';

const variable = z.string().max(200).refine(isVariableName);

const request: z.ZodType<KeyRequest> = z.object({
  version: z.literal(2),
  nonce: z.string().max(200),
  keys: z.array(z.object({ variable, key: z.string().min(1).max(300).optional() })).max(50),
  command: z.array(z.string()).min(1),
  cut: z.boolean(),
});

const reply: z.ZodType<KeyReply> = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    keys: z.array(z.object({ variable, token: z.string().min(1), name: z.string(), mode: z.enum(modes) })).min(1),
    base: z.string().optional(),
  }),
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
