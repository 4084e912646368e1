import type { ApiProblem } from '../domain/problem.ts';
import { isLocal } from './dashboard/access.ts';
import type { Call, Reply } from './exchange.ts';
import { whatHelps } from './explanation.data.ts';
import type { RequestLog } from './requestLog/requestLog.ts';
import type { RequestRecord } from './requestLog/requestRecord.ts';

/** Below it stands, for each request that failed, why and what helps. Its id, which only its sender was told, opens it. */
export const explanationPrefix = '/_requests/';

/** Answers where the header of a failed request leads: in plain text, for whoever follows it from a terminal. */
export function explanations(requests: Pick<RequestLog, 'find'>): (call: Call) => Promise<Reply> {
  return async (call) => {
    const local = isLocal(call) && call.method === 'GET';
    const record = local ? await requests.find(call.path.slice(explanationPrefix.length)) : undefined;
    return record
      ? { status: 200, headers: plain, body: explanationOf(record) }
      : { status: 404, headers: plain, body: 'There is no such request in the log of this emulator.\n' };
  };
}

const plain = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

/** Nothing of a key is in it but what Stripe's own message shows. */
function explanationOf({ id, time, method, path, status, detail }: RequestRecord): string {
  const { passed, refused } = detail;
  return `${[
    `${method} ${path}: ${status}`,
    `${id}, ${time.toISOString()}`,
    `Passed: ${passed.length > 0 ? passed.join(', ') : 'none of the checks'}`,
    ...(refused ? ['', refused.message, '', `What helps: ${whatHelps[refused.kind as ApiProblem['kind']] ?? ''}`] : []),
  ].join('\n')}\n`;
}
