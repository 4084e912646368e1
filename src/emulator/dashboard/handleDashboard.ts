import findMyWay from 'find-my-way';
import * as z from 'zod';
import type { KeyProblem, Result } from '../../domain/problem.ts';
import { modes } from '../../domain/mode.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Call, Reply } from '../exchange.ts';
import type { Store } from '../store/store.ts';
import { isLocal, mayManage, proofOf } from './access.ts';
import { dashboardError, keyError } from './dashboardErrors.ts';
import { deleteKey, revealKey } from './keyActions.ts';
import { keyJson } from './keyJson.ts';

export const dashboardPrefix = '/_dashboard';

const healthQuery = z.object({ nonce: z.string().max(200).default('') });
const keysQuery = z.object({ account: z.string().optional(), mode: z.enum(modes).optional() });

type Path = Readonly<Record<string, string | undefined>>;
type Action = (query: URLSearchParams, path: Path) => Reply;

/** Answers what a person does on Stripe's Dashboard. */
export function dashboardPlane(
  store: Store,
  clock: Clock,
  dashboardToken: string,
  stop: () => void,
): (call: Call) => Reply {
  const actions: readonly [method: 'GET' | 'POST' | 'DELETE', path: string, action: Action][] = [
    [
      'GET',
      '/accounts',
      () =>
        listReply(
          store.accounts.all().map((account) => ({
            ...account,
            organization: account.organization ?? null,
            platform: account.platform ?? null,
          })),
        ),
    ],
    [
      'GET',
      '/keys',
      (query) => parsed(keysQuery, query, (filter) => listReply(store.keys.list(filter, clock()).map(keyJson))),
    ],
    [
      'POST',
      '/keys/:id/reveal',
      (_, { id = '' }) => asReply(revealKey(store, id, clock()), ({ key, token }) => ({ key: keyJson(key), token })),
    ],
    ['DELETE', '/keys/:id', (_, { id = '' }) => asReply(deleteKey(store, id, clock()), keyJson)],
    [
      'POST',
      '/stop',
      () => {
        setImmediate(stop); // after this answer is on its way
        return { status: 200, body: { stopping: true } };
      },
    ],
  ];
  const router = findMyWay();
  for (const [method, path, action] of actions) router.on(method, dashboardPrefix + path, () => undefined, action);

  return (call) => {
    const query = new URLSearchParams(call.query);
    if (call.path === `${dashboardPrefix}/health` && isLocal(call)) {
      return parsed(healthQuery, query, ({ nonce }) => ({
        status: 200,
        body: { status: 'ok', proof: proofOf(dashboardToken, nonce) },
      }));
    }
    if (!mayManage(call, dashboardToken)) {
      return dashboardError(
        401,
        'unauthorized',
        'The dashboard plane needs the bearer token that was handed out when the emulator started.',
      );
    }
    const route = router.find(call.method as 'GET', call.path);
    if (!route) return dashboardError(404, 'not_found', `The dashboard plane has no ${call.method} ${call.path}.`);
    return (route.store as Action)(query, route.params);
  };
}

const listReply = (data: readonly unknown[]): Reply => ({ status: 200, body: { data, has_more: false } });

function asReply<T>(result: Result<T, KeyProblem>, json: (value: T) => unknown): Reply {
  return result.ok ? { status: 200, body: json(result.value) } : keyError(result.problem);
}

function parsed<T>(schema: z.ZodType<T>, query: URLSearchParams, then: (value: T) => Reply): Reply {
  const result = schema.safeParse(Object.fromEntries(query));
  return result.success ? then(result.data) : dashboardError(400, 'invalid_request', z.prettifyError(result.error));
}
