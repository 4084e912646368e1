import type { HTTPMethod } from 'find-my-way';
import * as z from 'zod';
import type { KeyProblem, Result } from '../../domain/problem.ts';
import { asSentence, whatIsWrong } from '../../shared/whatIsWrong.ts';
import { decodePercent, decodeUtf8 } from '../decode.ts';
import type { Call, Reply } from '../exchange.ts';
import { dashboardError, keyError } from './dashboardErrors.ts';

/** What an action is given: the parts of its path, its query and its body, both parsed. */
export interface Asked<Query, Body> {
  readonly id: string;
  readonly query: Query;
  readonly body: Body;
}

/** One thing a person can do on the dashboard plane. */
export interface Action {
  readonly method: HTTPMethod;
  /** Below `/_dashboard`. */
  readonly path: string;
  answer(call: Call, id: string): Reply | Promise<Reply>;
}

const nothing = z.strictObject({});

/** An action that takes a query, a JSON body, or neither; what does not fit is answered with 400 and what is wrong. */
export function action<Query = object, Body = object>(
  method: HTTPMethod,
  path: string,
  schemas: { readonly query?: z.ZodType<Query>; readonly body?: z.ZodType<Body> },
  answer: (asked: Asked<Query, Body>) => Reply | Promise<Reply>,
): Action {
  return {
    method,
    path,
    answer(call, id) {
      if (decodePercent(call.query) === undefined)
        return dashboardError(400, 'invalid_request', 'The query is not valid percent-encoded UTF-8.');
      const asked = Object.fromEntries(new URLSearchParams(call.query));
      const query = (schemas.query ?? nothing).safeParse(asked);
      if (!query.success) return invalid(query.error, asked, 'the query');
      const json = readJson(call);
      if (json === undefined) return dashboardError(400, 'invalid_request', 'The body is not valid JSON.');
      const body = (schemas.body ?? nothing).safeParse(json);
      if (!body.success) return invalid(body.error, json, 'the body');
      return answer({ id, query: query.data as Query, body: body.data as Body });
    },
  };
}

function readJson({ body }: Call): unknown {
  if (body.length === 0) return {};
  const text = decodeUtf8(body);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

const invalid = (error: z.ZodError, value: unknown, whole: string): Reply =>
  dashboardError(400, 'invalid_request', asSentence(whatIsWrong(error.issues, value, whole)));

export const reply = (body: unknown): Reply => ({ status: 200, body });

export const listReply = (data: readonly unknown[], hasMore = false): Reply => reply({ data, has_more: hasMore });

/** The answer to a change: the value as JSON, or the refusal. */
export function resultReply<T>(result: Result<T, KeyProblem>, json: (value: T) => unknown): Reply {
  return result.ok ? reply(json(result.value)) : keyError(result.problem);
}
