import * as z from 'zod';
import { outcomes } from '../../domain/checks.ts';
import { modes } from '../../domain/mode.ts';
import type { RequestLog } from '../requestLog/requestLog.ts';
import type { RequestRecord } from '../requestLog/requestRecord.ts';
import type { LogSummary } from '../requestLog/requestRecord.ts';
import type { Store } from '../store/store.ts';
import { action, listReply, reply, type Action } from './action.ts';
import { dashboardError } from './dashboardErrors.ts';
import { keyJson } from './keyJson.ts';

const mostRequests = 1000;

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const text = z.string().max(2000).optional();
const narrowing = {
  key: text,
  account: text,
  mode: z.enum(modes).optional(),
  status: z.coerce.number().int().optional(),
  outcome: z.enum(outcomes).optional(),
  method: text,
  path: text,
  text,
  since: time.optional(),
  until: time.optional(),
  before: text,
  after: text,
  up_to: text,
};
const listQuery = z.strictObject({
  ...narrowing,
  brief: z.stringbool().default(false),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(mostRequests).default(100),
});
const summaryQuery = z.strictObject({ ...narrowing, find: text });

/** The request log, newest first. */
export function requestRoutes(requests: RequestLog, store: Store, now: () => Date): Action[] {
  return [
    action('GET', '/requests', { query: listQuery }, async ({ query: { up_to: upTo, ...query } }) => {
      const { data, hasMore } = await requests.list({ ...query, upTo });
      return listReply(data.map(query.brief ? briefJson : requestJson), hasMore);
    }),
    action('GET', '/requests/summary', { query: summaryQuery }, async ({ query: { find, up_to: upTo, ...query } }) =>
      reply(summaryJson(await requests.summary({ ...query, upTo }, find))),
    ),
    // Deleted ones too: a key keeps its name in the log.
    action('GET', '/requests/keys', {}, async () => {
      const { keys } = await requests.summary({});
      return listReply(keys.flatMap((id) => store.keys.find(id, now()) ?? []).map(keyJson));
    }),
    action('GET', '/requests/:id', {}, async ({ id }) => {
      const found = await requests.find(id);
      return found
        ? reply(requestJson(found))
        : dashboardError(404, 'request_not_found', `There is no request ${id} in the log.`);
    }),
  ];
}

const summaryJson = ({ newest, place, ...rest }: LogSummary): object => ({
  ...rest,
  newest: newest ?? null,
  place: place ?? null,
});

function briefJson(record: RequestRecord): Record<string, unknown> {
  const { request_body: _request, response_body: _response, ...brief } = requestJson(record);
  return brief;
}

function requestJson({ time, key, account, mode, detail, ...rest }: RequestRecord): Record<string, unknown> {
  return {
    ...rest,
    time: time.toISOString(),
    key: key ?? null,
    account: account ?? null,
    mode: mode ?? null,
    error_code: detail.errorCode ?? null,
    context: detail.context ?? null,
    address: detail.address,
    version: detail.version ?? null,
    user_agent: detail.userAgent ?? null,
    sdk: detail.sdk ?? null,
    idempotency_key: detail.idempotencyKey ?? null,
    duration_ms: detail.durationMs,
    request_body: detail.requestBody,
    response_body: detail.responseBody,
    passed: detail.passed,
    refused: detail.refused ?? null,
    permission: detail.permission ?? null,
    let_through: detail.letThrough,
  };
}
