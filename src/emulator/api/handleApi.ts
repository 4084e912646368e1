import findMyWay from 'find-my-way';
import type { ApiKey } from '../../domain/key.ts';
import { ownerId } from '../../domain/key.ts';
import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Clock } from '../../shared/clock.ts';
import { apiError } from '../apiErrors.ts';
import { header, type Call, type Reply } from '../exchange.ts';
import { newRequestId } from '../ids.ts';
import type { Store } from '../store/store.ts';
import { authenticate } from './authenticate.ts';
import { balance } from './balance.ts';
import { createCustomer, listCustomers, retrieveCustomer } from './customers.ts';
import { parseForm, type Parameters } from './form.ts';

/** The API version an account has that never chose one. */
const accountVersion = '2026-10-29.dahlia';

interface Visit {
  readonly store: Store;
  readonly key: ApiKey;
  readonly parameters: Parameters;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
}
type Endpoint = (visit: Visit) => Result<unknown, ApiProblem>;

const place = ({ key }: Visit): { account: string; mode: ApiKey['mode'] } => ({
  account: ownerId(key.owner),
  mode: key.mode,
});

const endpoints: readonly [method: 'GET' | 'POST', path: string, endpoint: Endpoint][] = [
  ['GET', '/v1/balance', ({ key }) => ok(balance(key.mode))],
  ['GET', '/v1/customers', (visit) => listCustomers(visit.store.objects, place(visit), visit.parameters)],
  ['POST', '/v1/customers', (visit) => createCustomer(visit.store.objects, place(visit), visit.parameters, visit.now)],
  ['GET', '/v1/customers/:id', (visit) => retrieveCustomer(visit.store.objects, place(visit), visit.path['id'] ?? '')],
];

/** Answers a request on api.stripe.com's plane: key, route, endpoint, in this order. */
export function apiPlane(store: Store, clock: Clock): (call: Call) => Reply {
  const router = findMyWay();
  for (const [method, path, endpoint] of endpoints) router.on(method, path, () => undefined, endpoint);

  return (call) => {
    const now = clock();
    const answered = answer(call, now);
    const { status, headers, body } = answered.ok
      ? { status: 200, headers: {}, body: answered.value }
      : apiError(answered.problem);
    return { status, headers: { ...headers, ...commonHeaders(call) }, body };
  };

  function answer(call: Call, now: Date): Result<unknown, ApiProblem> {
    const authenticated = authenticate(call, store.keys, now);
    if (!authenticated.ok) return authenticated;
    const key = authenticated.value;
    store.keys.touch(key.id, now);
    const route = router.find(call.method as 'GET', call.path);
    if (!route) return refuse({ kind: 'unknownPath', method: call.method, path: call.path });
    const parameters = parseForm(call.method === 'GET' ? call.query : call.body.toString('utf8'));
    if (!parameters.ok) return parameters;
    return (route.store as Endpoint)({ store, key, parameters: parameters.value, path: route.params, now });
  }
}

function commonHeaders(call: Call): Record<string, string> {
  return {
    'Request-Id': newRequestId(),
    'Stripe-Version': header(call, 'stripe-version') ?? accountVersion,
    'Cache-Control': 'no-cache, no-store',
  };
}
