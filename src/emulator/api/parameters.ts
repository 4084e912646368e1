import qs from 'qs';
import type { RequestProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { header, type Call } from '../exchange.ts';

export type Parameters = Readonly<Record<string, unknown>>;
type Parsed = Result<Parameters, RequestProblem>;

/** Deeper and longer requests are no one's: Stripe's parameters nest five deep. */
const limits = { depth: 20, parameterLimit: 2000, arrayLimit: 1000 };
const deepestJson = 50;

const unreadable = (why: string): Parsed => refuse({ kind: 'unreadableBody', why });

/** The parameters of a request: v1 by query (GET, DELETE) and form, v2 by query (GET) and JSON. */
export function readParameters(call: Call): Parsed {
  const text = decodeUtf8(call.body);
  if (text === undefined) return unreadable('Invalid request: the body is not valid UTF-8.');
  const query = readForm(call.query);
  if (!query.ok || text === '') return query;
  const body = call.path.startsWith('/v2/') ? readJson(text) : readV1Body(call, text);
  return body.ok ? ok({ ...query.value, ...body.value }) : body;
}

function readV1Body(call: Call, text: string): Parsed {
  const type = header(call, 'content-type') ?? '';
  if (/^application\/json\b|^text\//i.test(type)) {
    return unreadable(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). ' +
        'If you have any questions, we can help at https://support.stripe.com/.',
    );
  }
  if (/^multipart\//i.test(type)) return refuse({ kind: 'notEmulated', what: 'file uploads' });
  return readForm(text);
}

/** `a[b][]=c`. Brackets that do not match are refused: read as part of a name, they would hide a mistake. */
export function readForm(text: string): Parsed {
  if (text === '') return ok({});
  const names = text.split('&').map((pair) => decodeName(pair.split('=', 1)[0] ?? ''));
  if (names.includes(undefined))
    return unreadable('Invalid request: a parameter name is not valid percent-encoded UTF-8.');
  const odd = names.find((name) => name !== undefined && !/^[^[\]]*(?:\[[^[\]]*\])*$/.test(name));
  if (odd !== undefined) return unreadable('Invalid request: the brackets of a parameter name do not match.');
  try {
    return ok(qs.parse(text, { ...limits, strictDepth: true, throwOnLimitExceeded: true }));
  } catch {
    return unreadable('Invalid request: the parameters are too many or nested too deeply.');
  }
}

function readJson(text: string): Parsed {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      return unreadable('Invalid request: the body must be a JSON object.');
    if (depthOf(json) > deepestJson) return unreadable('Invalid request: the body is nested too deeply.');
    return ok(json as Parameters);
  } catch {
    return unreadable('Invalid request: the body is not valid JSON.');
  }
}

function decodeUtf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function decodeName(name: string): string | undefined {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function depthOf(json: unknown): number {
  let deepest = 0;
  const open: [value: unknown, depth: number][] = [[json, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    deepest = Math.max(deepest, depth);
    for (const child of Object.values(value)) open.push([child, depth + 1]);
  }
  return deepest;
}
