import qs from 'qs';
import type { RequestProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { decodePercent, decodeUtf8 } from '../decode.ts';
import { header, type Call } from '../exchange.ts';

export type Parameters = Readonly<Record<string, unknown>>;
type Parsed = Result<Parameters, RequestProblem>;

/** Deeper and longer requests are no one's: Stripe's parameters nest five deep. */
const limits = { depth: 20, parameterLimit: 2000, arrayLimit: 1000 };
const deepestJson = 50;

const formType = 'application/x-www-form-urlencoded';

const unreadable = (why: string): Parsed => refuse({ kind: 'unreadableBody', why });

/** The parameters of a request: v1 by query (GET, DELETE) and form, v2 by query (GET) and JSON. */
export function readParameters(call: Call): Parsed {
  const v1 = !call.path.startsWith('/v2/');
  const type = header(call, 'content-type') ?? formType;
  if (v1 && /^multipart\//i.test(type)) return refuse({ kind: 'notEmulated', what: 'file uploads' });
  const text = decodeUtf8(call.body);
  if (text === undefined) return unreadable('Invalid request: the body is not valid UTF-8.');
  const query = readForm(call.query);
  if (!query.ok || text === '') return query;
  const body = v1 ? readV1Body(type, text) : readJson(text);
  return body.ok ? ok({ ...query.value, ...body.value }) : body;
}

function readV1Body(type: string, text: string): Parsed {
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== formType) {
    return unreadable(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). ' +
        'If you have any questions, we can help at https://support.stripe.com/.',
    );
  }
  return readForm(text);
}

/** `a[b][]=c`. Brackets that do not match are refused: read as part of a name, they would hide a mistake. */
export function readForm(text: string): Parsed {
  if (text === '') return ok({});
  if (decodePercent(text) === undefined)
    return unreadable('Invalid request: a parameter is not valid percent-encoded UTF-8.');
  const excess = unreadable('Invalid request: the parameters are too many or nested too deeply.');
  const pairs = text.split('&', limits.parameterLimit + 1);
  if (pairs.length > limits.parameterLimit) return excess;
  if (!pairs.every(hasMatchingBrackets))
    return unreadable('Invalid request: the brackets of a parameter name do not match.');
  try {
    return ok(
      qs.parse(pairs.map(withClosedValue).join('&'), { ...limits, strictDepth: true, throwOnLimitExceeded: true }),
    );
  } catch {
    return excess;
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

/** The pair with the brackets of its value encoded: `qs` takes the first `]=` for the end of the name. */
function withClosedValue(pair: string): string {
  const start = pair.indexOf('=') + 1;
  return start === 0 ? pair : pair.slice(0, start) + pair.slice(start).replaceAll(']', '%5D');
}

/** Of the name in `name=value`, in which brackets may be encoded. */
function hasMatchingBrackets(pair: string): boolean {
  const name = decodePercent(pair.split('=', 1)[0] ?? '') ?? '';
  return /^[^[\]]*(?:\[[^[\]]*\])*$/.test(name);
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
