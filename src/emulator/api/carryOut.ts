import type { ApiKey } from '../../domain/key.ts';
import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Call } from '../exchange.ts';
import type { FindRoute, FoundRoute } from '../routing/routeFinder.ts';
import type { Place } from '../store/objects.ts';
import type { Store } from '../store/store.ts';
import { findReplay, readMark, type IdempotencyMark } from './idempotency.ts';
import { keyPermissions } from './keyPermissions.ts';
import { asStripeKeeps } from './paymentDetails.ts';
import { readParameters } from './parameters.ts';
import { recalledBody, rememberedBody } from './rememberedAnswer.ts';
import type { Answer, Endpoint, Visit } from './visit.ts';

/** The body of a 200, and the request it was first given to where it is a replay. */
export interface CarriedOut {
  readonly body: unknown;
  readonly replayOf: string | undefined;
}

export interface Admission {
  readonly store: Store;
  readonly key: ApiKey | undefined;
  readonly place: Place;
  readonly now: Date;
  /** `req_…` of this request. */
  readonly request: string;
  readonly findRoute: FindRoute;
}

/** Idempotency keys of requests that are not answered yet, by account and mode. */
const underWay = new Set<string>();

/** Does what an admitted request asks: parameters, idempotency, endpoint. What it changes is stored whole or not at all. */
export async function carryOut(
  call: Call,
  found: FoundRoute,
  admission: Admission,
): Promise<Result<CarriedOut, ApiProblem>> {
  const { store, place, now } = admission;
  const parameters = readParameters(call);
  if (!parameters.ok) return parameters;
  const visit: Visit = {
    ...admission,
    route: found.route,
    path: found.path,
    parameters: asStripeKeeps(parameters.value),
  };
  const secret = checkClientSecret(visit);
  if (secret) return refuse(secret);

  const mark = readMark(call);
  if (!mark.ok) return mark;
  if (!mark.value) {
    if (call.method === 'GET') return wrapped(await settle(run(visit, found, admission)));
    const answer = store.transaction(() => run(visit, found, admission));
    return wrapped(await settle(answer, (change) => store.transaction(change)));
  }

  const replay = findReplay(store, place, mark.value, now);
  if (!replay.ok) return replay;
  if (replay.value) return ok({ body: recalledBody(replay.value.body, store, now), replayOf: replay.value.request });
  const name = `${place.account} ${place.mode} ${mark.value.key}`;
  if (underWay.has(name)) return refuse({ kind: 'idempotencyInProgress', key: mark.value.key });
  underWay.add(name);
  try {
    return await runOnce(visit, found, admission, mark.value);
  } finally {
    underWay.delete(name);
  }
}

function run(visit: Visit, found: FoundRoute, { findRoute }: Admission): ReturnType<Endpoint> {
  if (visit.route.path === '/v1/stripecli/key_permissions')
    return keyPermissions(visit, (method, path) => findRoute(method, path)?.route);
  return found.endpoint(visit);
}

/** The answer of an endpoint; a change that had to wait is made now. */
function settle(
  answer: ReturnType<Endpoint>,
  make: (change: () => Answer) => Answer = (change) => change(),
): Answer | Promise<Answer> {
  return answer instanceof Promise ? answer.then(make) : answer;
}

/** Runs an endpoint and remembers its answer under the idempotency key, both or neither; refusals are not remembered. */
async function runOnce(
  visit: Visit,
  found: FoundRoute,
  admission: Admission,
  mark: IdempotencyMark,
): Promise<Result<CarriedOut, ApiProblem>> {
  const { store, place, now, request } = admission;
  const remember = (answer: Answer): Answer => {
    if (!answer.ok) return answer;
    const body = rememberedBody(answer.value);
    store.idempotency.add(place, mark.key, { fingerprint: mark.fingerprint, request, status: 200, body }, now);
    return answer;
  };
  const answer = store.transaction(() => {
    const first = run(visit, found, admission);
    return first instanceof Promise ? first : remember(first);
  });
  return wrapped(await settle(answer, (change) => store.transaction(() => remember(change()))));
}

const wrapped = (answer: Answer): Result<CarriedOut, ApiProblem> =>
  answer.ok ? ok({ body: answer.value, replayOf: undefined }) : answer;

/** A publishable key may touch an intent only with the secret of that very intent. */
function checkClientSecret({ key, route, store, place, path, parameters }: Visit): ApiProblem | undefined {
  if (key?.kind !== 'publishable' || route.publishable !== 'client_secret') return undefined;
  const given = parameters['client_secret'];
  if (given === undefined) return { kind: 'parameterMissing', parameter: 'client_secret' };
  const object = store.objects.find(place, route.params?.[route.id ?? ''] ?? '', path[route.id ?? ''] ?? '');
  return object && object['client_secret'] !== given ? { kind: 'clientSecretWrong' } : undefined;
}
