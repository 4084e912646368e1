import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { routeTable } from '../../src/emulator/routing/routes.ts';
import { addressOf, callRoute, letIn, offenders } from './everyRoute.ts';
import { assertAnswered, assertRefused, type RefusalName } from './refusals.ts';
import { sdkCall, sdkOf } from './sdkCall.ts';
import { accounts, startSeeded, type Seeded } from './seeded.ts';

/** Where a publishable key may go freely. */
const free = new Set([
  'POST /v1/tokens',
  'POST /v1/sources',
  'POST /v1/payment_methods',
  'GET /v1/elements/sessions',
  'POST /v2/core/account_tokens',
  'POST /v2/core/accounts/:account/person_tokens',
]);
/** Where it may go with the secret of the very object. */
const withSecret = new Set([
  'GET /v1/sources/:source',
  ...['payment_intent', 'setup_intent'].flatMap((intent) => [
    `GET /v1/${intent}s/:${intent}`,
    `POST /v1/${intent}s/:${intent}`,
    `POST /v1/${intent}s/:${intent}/confirm`,
    `POST /v1/${intent}s/:${intent}/verify_microdeposits`,
  ]),
]);

describe('a publishable key', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([
      { name: 'secret' },
      { name: 'secret live', mode: 'live' },
      { name: 'publishable', kind: 'publishable' },
      { name: 'publishable live', kind: 'publishable', mode: 'live' },
      { name: 'publishable of others', kind: 'publishable', account: accounts.standalone },
    ]);
  });
  after(() => emulator.stop());

  const { routes } = routeTable;
  const toFree = routes.filter((route) => free.has(addressOf(route)));
  const toSecret = routes.filter((route) => withSecret.has(addressOf(route)));
  const toNone = routes.filter((route) => !toFree.includes(route) && !toSecret.includes(route));

  for (const key of ['publishable', 'publishable live'] as const) {
    it(`may go to ${free.size} addresses: ${key}`, async () => {
      assert.equal(toFree.length, free.size);
      const check = async (route: (typeof routes)[number]): Promise<void> =>
        assert.ok(letIn(await callRoute(emulator, route, key)));
      assert.deepEqual(await offenders(toFree, check), []);
    });

    it(`may go to ${withSecret.size} more with the secret of what it asks for: ${key}`, async () => {
      assert.equal(toSecret.length, withSecret.size);
      const check = async (route: (typeof routes)[number]): Promise<void> =>
        assertRefused(await callRoute(emulator, route, key), 'missingParameter', 'client_secret');
      assert.deepEqual(await offenders(toSecret, check), []);
    });

    it(`may go nowhere else, of ${routes.length} addresses: ${key}`, async () => {
      const check = async (route: (typeof routes)[number]): Promise<void> =>
        assertRefused(await callRoute(emulator, route, key), 'publishable');
      assert.deepEqual(await offenders(toNone, check), []);
    });
  }

  describe('and an intent', () => {
    const made = async (path: string, by = 'secret'): Promise<{ id: string; client_secret: string }> => {
      const answer = await sdkCall(sdkOf(emulator, emulator.token(by)), {
        method: 'POST',
        path,
        parameters: { amount: 500, currency: 'usd' },
      });
      return answer.json;
    };

    for (const path of ['/v1/payment_intents', '/v1/setup_intents'] as const) {
      type Given = 'its own secret' | 'no secret' | 'another secret' | 'nonsense' | 'its id';
      const rows: readonly (readonly [by: string, given: Given, outcome: 'ok' | RefusalName])[] = [
        ['publishable', 'its own secret', 'ok'],
        ['publishable', 'no secret', 'missingParameter'],
        ['publishable', 'another secret', 'clientSecret'],
        ['publishable', 'nonsense', 'clientSecret'],
        ['publishable', 'its id', 'clientSecret'],
        ['publishable of others', 'its own secret', 'missing'],
        ['secret', 'no secret', 'ok'],
      ];
      for (const [by, given, outcome] of rows) {
        it(`of ${path}, asked for by the ${by} key with ${given}: ${outcome}`, async () => {
          const [intent, other] = [await made(path), await made(path)];
          const secrets: Record<Given, string | undefined> = {
            'its own secret': intent.client_secret,
            'no secret': undefined,
            'another secret': other.client_secret,
            nonsense: 'nonsense',
            'its id': intent.id,
          };
          const secret = secrets[given];
          const stripe = sdkOf(emulator, emulator.token(by));
          const query = secret === undefined ? '' : `?client_secret=${secret}`;
          const read = await sdkCall(stripe, { method: 'GET', path: `${path}/${intent.id}${query}` });
          const confirmed = await sdkCall(stripe, {
            method: 'POST',
            path: `${path}/${intent.id}/confirm`,
            parameters: secret === undefined ? {} : { client_secret: secret },
          });
          for (const answer of [read, confirmed]) {
            if (outcome === 'ok') assertAnswered(answer);
            else assertRefused(answer, outcome);
          }
          if (outcome === 'ok') assert.equal(confirmed.json.status, 'succeeded');
        });
      }

      it(`of ${path} in the other mode is not there, whatever the secret`, async () => {
        const intent = await made(path, 'secret live');
        const stripe = sdkOf(emulator, emulator.token('publishable'));
        const answer = await sdkCall(stripe, {
          method: 'GET',
          path: `${path}/${intent.id}?client_secret=${intent.client_secret}`,
        });
        assert.deepEqual([answer.status, answer.json.error.code], [404, 'resource_missing']);
      });
    }

    it('of a connected account, named as Stripe.js names it', async () => {
      const stripe = sdkOf(emulator, emulator.token('secret'));
      const intent = await stripe.paymentIntents.create(
        { amount: 500, currency: 'usd' },
        { stripeAccount: accounts.connected },
      );
      const path = `/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}`;
      const shop = sdkOf(emulator, emulator.token('publishable'));
      assertAnswered(await sdkCall(shop, { method: 'GET', path, account: accounts.connected }));
      assertRefused(await sdkCall(shop, { method: 'GET', path }), 'missing');
    });
  });
});
