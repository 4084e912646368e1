import type { AccessProblem } from '../../domain/problem.ts';
import { header, type Call } from '../exchange.ts';
import type { Route } from '../routing/routeTable.ts';
import { isFromPage, namesLoopbackOrStripe } from '../senders.ts';
import type { Enforcement } from '../store/settings.ts';
import type { Verdict } from './judge.ts';

/** What becomes of a request that was judged. */
export interface Admittance {
  /** Why it is refused. */
  readonly refused: AccessProblem | undefined;
  /** Why it would have been refused, had it not been let through. */
  readonly letThrough: AccessProblem | undefined;
}

/** Applies a verdict as strictly as the emulator is set to. */
export function admit(call: Call, route: Route | undefined, verdict: Verdict, enforcement: Enforcement): Admittance {
  if (enforcement === 'enforce') return { refused: verdict.problem, letThrough: undefined };
  const refused = refusedInEveryMode(call, route, verdict, enforcement);
  if (refused) return { refused, letThrough: undefined };
  return { refused: undefined, letThrough: enforcement === 'audit' ? verdict.problem : undefined };
}

/**
 * Where nothing is enforced, whoever reaches the port is let in, and every page that the user opens reaches it. So pages are kept out,
 * also those that have rebound their name to this machine; nothing is changed for a request without a key; and keys are told and made
 * only for one whose key is good.
 */
function refusedInEveryMode(
  call: Call,
  route: Route | undefined,
  { access, problem }: Verdict,
  enforcement: Exclude<Enforcement, 'enforce'>,
): AccessProblem | undefined {
  if (isFromPage(call)) return { kind: 'pageNotAllowed', enforcement };
  if (!namesLoopbackOrStripe(call)) return { kind: 'hostNotAllowed', host: header(call, 'host') ?? '', enforcement };
  if (problem?.kind === 'noKey' && !reads(call)) return problem;
  if (route && managesKeys(route) && access.key?.status !== 'active') return problem;
  return undefined;
}

const reads = ({ method }: Call): boolean => method === 'GET' || method === 'HEAD';
const managesKeys = ({ path }: Route): boolean => path.startsWith('/v2/iam/');
