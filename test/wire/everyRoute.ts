import type { Route } from '../../src/emulator/routing/routeTable.ts';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';
import type { Seeded } from './seeded.ts';

/** Sent at the same time, over kept connections. */
const atOnce = 20;

export const addressOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** Calls a route with ids that name nothing, and all that a route may ask for before it looks at the key's permissions. */
export function callRoute(
  emulator: Seeded,
  { method, path }: Pick<Route, 'method' | 'path'>,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  return rawCall(emulator, {
    method,
    path: path.replaceAll(/:\w+/g, 'x1'),
    headers: { ...bearer(emulator.token(key)), 'stripe-version': '2026-10-28.endive', ...headers },
  });
}

/** Whether the answer is not a refusal of the key: whatever comes after it may say what it likes. */
export function letIn({ status, json }: RawAnswer): boolean {
  return status !== 401 && !(status === 403 && json.error.code === 'more_permissions_required');
}

/** The routes that fail a check, with why: all of them, so that one failure does not hide the others. */
export async function offenders(
  routes: readonly Route[],
  check: (route: Route) => Promise<void> | void,
): Promise<string[]> {
  const found: string[] = [];
  const waiting = routes.values();
  const worker = async (): Promise<void> => {
    for (const route of waiting) {
      try {
        await check(route);
      } catch (error) {
        found.push(`${addressOf(route)}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found;
}
