import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { helpfulPermission } from '../../src/domain/permissions.ts';
import { routeTable } from '../../src/emulator/routing/routes.ts';
import type { Route } from '../../src/emulator/routing/routeTable.ts';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';
import { startSeeded, type Seeded } from './seeded.ts';

/** The routes that fail a check, a few at a time, so that one failure does not hide the others. */
async function offenders(
  routes: readonly Route[],
  check: (route: Route) => Promise<string | undefined>,
): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < routes.length; start += 20) {
    const batch = routes.slice(start, start + 20);
    const wrong = await Promise.all(
      batch.map(async (route) => [`${route.method} ${route.path}`, await check(route)] as const),
    );
    found.push(...wrong.flatMap(([name, why]) => (why === undefined ? [] : [`${name}: ${why}`])));
  }
  return found;
}

/** Every address the API answers, with a restricted key that has just what it needs, and with one that has nothing. */
describe('the permission of every route', () => {
  const open = routeTable.routes.filter(({ unavailable }) => !unavailable);
  const needed = [...new Set(open.map(({ permission }) => helpfulPermission(permission) ?? permission))];
  let emulator: Seeded;

  before(async () => {
    emulator = await startSeeded([
      { name: 'nothing', kind: 'restricted', permissions: [] },
      ...needed.map((permission) => ({ name: permission, kind: 'restricted' as const, permissions: [permission] })),
    ]);
  });
  after(() => emulator.stop());

  function call({ method, path }: Route, key: string): Promise<RawAnswer> {
    return rawCall(emulator, {
      method,
      path: path.replaceAll(/:\w+/g, 'x1'),
      headers: { ...bearer(emulator.token(key)), 'stripe-version': '2026-10-28.endive' },
    });
  }

  it('lets in who has it', async () => {
    const wrong = await offenders(open, async (route) => {
      const { status, json } = await call(route, helpfulPermission(route.permission) ?? route.permission);
      return status === 401 || (status === 403 && json.error.code === 'more_permissions_required')
        ? json.error.message
        : undefined;
    });
    assert.deepEqual(wrong, []);
  });

  it('refuses who has nothing, and names what would help', async () => {
    const wrong = await offenders(open, async (route) => {
      const { status, json } = await call(route, 'nothing');
      const named = json.error?.message.includes(`('${helpfulPermission(route.permission)}')`);
      return status === 403 && json.error.code === 'more_permissions_required' && named
        ? undefined
        : `${status} ${json.error?.message}`;
    });
    assert.deepEqual(wrong, []);
  });

  it('refuses every restricted key what no restricted key may do', async () => {
    const shut = routeTable.routes.filter(({ unavailable }) => unavailable);
    assert.ok(shut.length > 0);
    const wrong = await offenders(shut, async (route) => {
      const { status, json } = await call(route, needed[0] ?? '');
      return status === 403 && /not available for use by restricted keys/.test(json.error.message)
        ? undefined
        : String(status);
    });
    assert.deepEqual(wrong, []);
  });
});
