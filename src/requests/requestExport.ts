import * as z from 'zod';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import type { LoggedRequest } from './loggedRequest.ts';
import { requestSchema, requestToJson } from './requestJson.ts';

const version = 1;
const marked = z.object({ keysmith_requests: z.number() });
const schema = z.object({ keysmith_requests: z.literal(version), requests: z.array(requestSchema) });

/** Requests as a file: `{"keysmith_requests":1,"requests":[…]}`, each as the emulator's dashboard plane writes it. */
export const writeExport = (requests: readonly LoggedRequest[]): string =>
  `${JSON.stringify({ keysmith_requests: version, requests: requests.map(requestToJson) })}\n`;

/** Reads what `writeExport` wrote; a refusal is the sentence to print. */
export function readExport(text: string): Outcome<readonly LoggedRequest[], string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('It is not valid JSON. Export the requests once more.');
  }
  const mark = marked.safeParse(json);
  if (!mark.success) return refuse('It is no export of requests. Export them from the view "Stripe Requests".');
  if (mark.data.keysmith_requests > version) return refuse('A newer Keysmith wrote it. Update Keysmith.');
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data.requests);
  const [issue] = parsed.error.issues;
  return refuse(`It is damaged at ${issue?.path.join('.') ?? 'its beginning'}. Export the requests once more.`);
}
