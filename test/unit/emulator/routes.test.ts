import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import findMyWay from 'find-my-way';
import { buildRoutes } from '../../../scripts/buildRoutes.ts';
import { printRoutes } from '../../../scripts/printRoutes.ts';
import { printSdkCalls } from '../../../scripts/printSdkCalls.ts';
import { isKnownPermission, parsePermission } from '../../../src/domain/permissions.ts';
import { objectTypes } from '../../../src/emulator/routing/objectTypes.ts';
import { observedPermissions } from '../../../src/emulator/routing/observedPermissions.ts';
import { permissionRules } from '../../../src/emulator/routing/permissionRules.ts';
import { publishableRoutes } from '../../../src/emulator/routing/publishableRoutes.ts';
import { ruleFor } from '../../../src/emulator/routing/routeGuard.ts';
import { routeTable } from '../../../src/emulator/routing/routes.ts';
import { wireRoutes } from '../../../src/emulator/routing/wireRoutes.ts';

const root = join(import.meta.dirname, '../../..');
const sdk = join(root, 'node_modules/stripe');
const { routes } = routeTable;
const addresses = new Set(routes.map(({ method, path }) => `${method} ${path}`));

function bare(method: string, path: string): string {
  return `${method} ${path.replaceAll(/:\w+/g, ':')}`;
}

/** What the published sources of the SDK say, read here by a way of its own: the quoted path after each verb. */
function writtenInTheSdk(): readonly string[] {
  const files = globSync('cjs/resources/**/*.js', { cwd: sdk });
  const source = files.map((file) => readFileSync(join(sdk, file), 'utf8')).join('\n');
  const found = source.matchAll(/'(GET|POST|DELETE|PUT|PATCH)',\s*(?:'([^']+)'|`([^`]+)`)/g);
  const written = [...found].map(([, method, plain, template = '']) => {
    return `${method} ${plain ?? template.replaceAll(/\$\{encodeURIComponent\(\w+\)\}/g, ':')}`;
  });
  return [...new Set(written)].toSorted();
}

describe('routes of the emulator', () => {
  it('are all the SDK has, and nothing else but what is listed as known from the wire', () => {
    const wire = new Set(wireRoutes.map(({ method, path }) => bare(method, path)));
    const ours = routes.map(({ method, path }) => bare(method, path)).filter((address) => !wire.has(address));
    assert.deepEqual(ours.toSorted(), writtenInTheSdk());
    assert.equal(ours.length, 650);
    assert.equal(routes.length, 650 + wireRoutes.length);
  });

  it('are for the installed SDK', () => {
    const manifest: { version?: string } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));
    assert.equal(routeTable.sdk, manifest.version);
  });

  it('are what the script would write now', async () => {
    const written = readFileSync(join(root, 'src/emulator/routing/routes.data.json'), 'utf8');
    assert.equal(printRoutes(await buildRoutes()), written, 'run: node scripts/readRoutes.ts');
  });

  it('give the table of what each method of the SDK needs', async () => {
    const written = readFileSync(join(root, 'src/requests/fromSource/sdkCalls.data.json'), 'utf8');
    assert.equal(printSdkCalls(await buildRoutes()), written, 'run: node scripts/readRoutes.ts');
  });

  it('each stand once', () => {
    assert.equal(addresses.size, routes.length);
  });

  it('need a permission that a key can be given, unless they say that none can', () => {
    const wrong = routes.filter(
      ({ permission, unavailable = false, path }) =>
        !parsePermission(permission) || (!unavailable && !isKnownPermission(permission)) || path === '',
    );
    assert.deepEqual(wrong, []);
  });

  it('say that no key can be given a permission only where that is so, or where keys of its kind are refused', () => {
    const refused = /^\/(oauth|v1\/stripecli\/key_permissions)/;
    const wrong = routes.filter(
      ({ permission, unavailable, path }) => unavailable && isKnownPermission(permission) && !refused.test(path),
    );
    assert.deepEqual(wrong, []);
  });

  it('are the ones the rules, the observations and the publishable keys speak of', () => {
    const used = new Set(routes.map(({ method, path }) => ruleFor(method, path)));
    assert.deepEqual(
      permissionRules.filter((rule) => !used.has(rule)),
      [],
    );
    const named = [...observedPermissions, ...publishableRoutes, ...wireRoutes];
    assert.deepEqual(
      named.filter(({ method, path }) => !addresses.has(`${method} ${path}`)),
      [],
    );
  });

  it('answer with objects whose ids are described', () => {
    const named = routes.flatMap(({ object, also = [], params = {} }) => [object, ...also, ...Object.values(params)]);
    assert.deepEqual(
      named.filter((object) => object !== undefined && !objectTypes.has(object)),
      [],
    );
  });

  it('name among their parameters the id and the parent', () => {
    const wrong = routes.filter(({ path, params = {}, id, parent }) => {
      const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      return (
        inPath.join() !== Object.keys(params).join() ||
        [id, parent].some((name) => name !== undefined && !(name in params))
      );
    });
    assert.deepEqual(wrong, []);
  });

  it('each lead a router to themselves', () => {
    const router = findMyWay();
    for (const { method, path } of routes) router.on(method, path, () => undefined, path);
    const astray = routes.filter(({ method, path }) => {
      return router.find(method, path.replaceAll(/:\w+/g, 'id_1'))?.store !== path;
    });
    assert.deepEqual(astray, []);
  });

  for (const [method, path, kind, object, id, parent] of [
    ['POST', '/v1/customers', 'create', 'customer', undefined, undefined],
    ['GET', '/v1/customers', 'list', 'customer', undefined, undefined],
    ['GET', '/v1/customers/search', 'search', 'customer', undefined, undefined],
    ['GET', '/v1/customers/:customer', 'retrieve', 'customer', 'customer', undefined],
    ['DELETE', '/v1/customers/:customer', 'delete', 'customer', 'customer', undefined],
    ['GET', '/v1/customers/:customer/cash_balance', 'retrieve', 'cash_balance', undefined, 'customer'],
    ['POST', '/v1/customers/:customer/cash_balance', 'update', 'cash_balance', undefined, 'customer'],
    ['POST', '/v1/customers/:customer/sources/:source/verify', 'action', 'bank_account', 'source', 'customer'],
    ['GET', '/v1/accounts/:account/persons', 'list', 'person', undefined, 'account'],
    ['POST', '/v1/accounts/:account/persons/:person', 'update', 'person', 'person', 'account'],
    ['POST', '/v1/invoices/:invoice/pay', 'action', 'invoice', 'invoice', undefined],
    ['POST', '/v1/invoices/create_preview', 'action', 'invoice', undefined, undefined],
    ['POST', '/v1/test_helpers/refunds/:refund/expire', 'action', 'refund', 'refund', undefined],
    ['GET', '/v2/core/events', 'list', 'v2.core.event', undefined, undefined],
    ['DELETE', '/v2/core/accounts/:account/persons/:person', 'delete', 'v2.core.account_person', 'person', 'account'],
  ] as const) {
    it(`know what ${method} ${path} does`, () => {
      const found = routes.find((route) => route.method === method && route.path === path);
      assert.deepEqual([found?.kind, found?.object, found?.id, found?.parent], [kind, object, id, parent]);
    });
  }
});
