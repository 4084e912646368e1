import * as z from 'zod';
import { modes } from '../../domain/mode.ts';
import type { RequestLog } from '../requestLog/requestLog.ts';
import type { RequestRecord } from '../requestLog/requestRecord.ts';
import { action, listReply, reply, type Action } from './action.ts';
import { dashboardError } from './dashboardErrors.ts';

const mostRequests = 1000;

const filter = z.strictObject({
  key: z.string().optional(),
  account: z.string().optional(),
  mode: z.enum(modes).optional(),
  status: z.coerce.number().int().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  brief: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(mostRequests).default(100),
});

/** The request log, newest first. */
export function requestRoutes(requests: RequestLog): Action[] {
  return [
    action('GET', '/requests', { query: filter }, async ({ query }) => {
      const { data, hasMore } = await requests.list(query);
      return listReply(data.map(query.brief ? briefJson : requestJson), hasMore);
    }),
    action('GET', '/requests/:id', {}, async ({ id }) => {
      const found = await requests.find(id);
      return found
        ? reply(requestJson(found))
        : dashboardError(404, 'request_not_found', `There is no request ${id} in the log.`);
    }),
  ];
}

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
