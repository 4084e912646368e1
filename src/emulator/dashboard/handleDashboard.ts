import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { Call, Reply } from '../exchange.ts';
import { isLocal, mayManage, proofOf } from './access.ts';
import type { Action } from './action.ts';
import { dashboardError } from './dashboardErrors.ts';

export const dashboardPrefix = '/_dashboard';

const longestNonce = 200;

/** Answers what a person does on Stripe's Dashboard, for whoever has the bearer token. */
export function dashboardPlane(
  actions: readonly Action[],
  dashboardToken: string,
): (call: Call) => Reply | Promise<Reply> {
  const router = findMyWay({ onBadUrl: () => undefined });
  for (const action of actions) router.on(action.method, dashboardPrefix + action.path, () => undefined, action);

  return (call) => {
    if (call.path === `${dashboardPrefix}/health` && isLocal(call)) return health(call, dashboardToken);
    if (!mayManage(call, dashboardToken)) {
      return dashboardError(
        401,
        'unauthorized',
        'The dashboard plane needs the bearer token that was handed out when the emulator started.',
      );
    }
    const found = router.find(call.method as HTTPMethod, call.path);
    const action = found?.store as Action | null | undefined;
    if (!action) return dashboardError(404, 'not_found', `The dashboard plane has no ${call.method} ${call.path}.`);
    return action.answer(call, found?.params['id'] ?? '');
  };
}

/** Open without the token: it proves to a caller who knows the token that this is the emulator it was told of. */
function health(call: Call, dashboardToken: string): Reply {
  const nonce = new URLSearchParams(call.query).get('nonce') ?? '';
  if (nonce.length > longestNonce) return dashboardError(400, 'invalid_request', 'The nonce is too long.');
  return { status: 200, body: { status: 'ok', proof: proofOf(dashboardToken, nonce) } };
}
