import type { ApiProblem, Result } from '../../domain/problem.ts';
import { refuse } from '../../shared/result.ts';
import { apiError } from '../apiErrors.ts';
import { printJson, type Call, type Reply } from '../exchange.ts';
import { explanationPrefix } from '../explanation.ts';
import { newRequestId } from '../ids.ts';
import { routeFinder, type FoundRoute } from '../routing/routeFinder.ts';
import { routeTable } from '../routing/routes.ts';
import { whyUnwritable } from '../store/database.ts';
import type { Place } from '../store/objects.ts';
import type { RequestLog } from '../requestLog/requestLog.ts';
import type { Enforcement } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { admit } from './admit.ts';
import { carryOut, type CarriedOut } from './carryOut.ts';
import { judge, type Verdict } from './judge.ts';
import { loggedBody, recordOf } from './record.ts';
import { replyHeaders } from './replyHeaders.ts';

export interface ApiPlaneOptions {
  readonly store: Store;
  readonly requests: RequestLog;
  readonly now: () => Date;
  readonly strictness: { readonly current: Enforcement };
  /** Where the emulator listens. */
  readonly origin: () => string;
  /** Headers on every reply, for a drop-in that has to say what it stands in for. */
  readonly extraHeaders: Readonly<Record<string, string>>;
}

/** Answers a request on api.stripe.com's plane: access, route, permission, idempotency, endpoint, in this order. */
export function apiPlane({
  store,
  requests,
  now: clock,
  strictness,
  origin,
  extraHeaders,
}: ApiPlaneOptions): (call: Call) => Promise<Reply> {
  const findRoute = routeFinder(routeTable.routes);

  return async (call) => {
    const started = performance.now();
    const now = clock();
    const id = newRequestId();
    const found = findRoute(call.method, call.path);
    const verdict = judge(call, found?.route, store, now);
    const { access } = verdict;
    if (access.key && access.key.status === 'active') store.touch(access.key.id, now);

    const { refused, letThrough } = admit(call, found?.route, verdict, strictness.current);
    const answered = refused ? refuse(refused) : await answer(call, found, verdict, { id, now });
    const problem = answered.ok ? undefined : answered.problem;
    const settled = verdict.passed.includes('context') || !refused;
    // What was refused before it was settled whom it may act for stands in the log of the key's own account.
    const account = settled ? access.account : access.home;
    const { status, body, headers } = replyTo(answered, id, verdict, account);
    const text = printJson(body);
    const reply: Reply = {
      status,
      body: text,
      headers: {
        ...replyHeaders(call, {
          id,
          status,
          access,
          settled,
          replayOf: answered.ok ? answered.value.replayOf : undefined,
        }),
        // Stripe's own links lead to its Dashboard, which knows nothing of this request.
        ...(status >= 400 ? { 'Keysmith-Explanation': origin() + explanationPrefix + id } : {}),
        ...(letThrough ? { 'Keysmith-Would-Refuse': letThrough.kind } : {}),
        ...headers,
        ...extraHeaders,
      },
    };
    const durationMs = performance.now() - started;
    const requestText = await loggedBody(call);
    await requests.record(
      recordOf({
        id,
        call,
        route: found?.route,
        verdict,
        account,
        problem: letThrough ?? problem,
        letThrough: letThrough !== undefined,
        requestText,
        reply: { status, text },
        time: now,
        durationMs,
      }),
    );
    return reply;
  };

  async function answer(
    call: Call,
    found: FoundRoute | undefined,
    { access: { key, account, mode } }: Verdict,
    { id, now }: { id: string; now: Date },
  ): Promise<Result<CarriedOut, ApiProblem>> {
    if (!found) return refuse({ kind: 'unknownPath', method: call.method, path: call.path });
    const place: Place = { account, mode };
    try {
      return await carryOut(call, found, { store, key, place, now, request: id, findRoute });
    } catch (error) {
      const why = whyUnwritable(error);
      if (why === undefined) throw error;
      return refuse({ kind: 'storeUnwritable', why });
    }
  }
}

function replyTo(
  answered: Result<CarriedOut, ApiProblem>,
  id: string,
  { access, problem }: Verdict,
  account: string | undefined,
): Reply {
  if (answered.ok) return { status: 200, body: answered.value.body };
  const known = access.key && account !== undefined && problem?.kind !== 'expiredKey';
  const dashboard = `https://dashboard.stripe.com/${account}${access.mode === 'live' ? '' : '/test'}`;
  return apiError(answered.problem, { requestLogUrl: known ? `${dashboard}/workbench/logs?object=${id}` : undefined });
}
