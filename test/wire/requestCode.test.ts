import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Stripe } from 'stripe';
import { asCurl } from '../../src/requests/asCode.ts';
import type { LoggedRequest } from '../../src/requests/loggedRequest.ts';
import { requestSchema } from '../../src/requests/requestJson.ts';
import { asSdkCode } from '../../src/requests/sdkCode.ts';
import { isInstalled } from '../host/programs.ts';
import { repositoryRoot } from '../host/repository.ts';
import { runCommand } from '../host/runCommand.ts';
import { sdkOf } from './sdkCall.ts';
import { accounts, startSeeded, type Seeded } from './seeded.ts';

describe('a request of the log as code', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([{ name: 'any' }]);
  });
  after(() => emulator.stop());

  const latest = async (): Promise<LoggedRequest> => {
    const { json } = await emulator.dashboard('GET', '/requests?limit=1');
    return requestSchema.parse(json.data[0]);
  };
  /** Runs what was copied as a person does: with the key in the environment. */
  const run = async (program: string, ...args: string[]): Promise<LoggedRequest> => {
    const before = await latest();
    const env = { ...process.env, STRIPE_API_KEY: emulator.token('any') };
    const { output } = await runCommand(program, args, { cwd: repositoryRoot, env, limit: 20_000 });
    const now = await latest();
    assert.notEqual(now.id, before.id, output); // its code says nothing: a refused request is a request
    return now;
  };
  const sorted = (form: string): string => {
    const fields = new URLSearchParams(form);
    fields.sort();
    return fields.toString();
  };
  /** What the two must have in common, in any order of fields. */
  const asked = ({ method, path, query, requestBody, context, status }: LoggedRequest) => ({
    method,
    path,
    query: sorted(query),
    body: requestBody.startsWith('{') ? JSON.parse(requestBody) : sorted(requestBody),
    context,
    status,
  });

  type Send = (sdk: Stripe) => Promise<unknown>;
  const sent = async (send: Send): Promise<LoggedRequest> => {
    await send(sdkOf(emulator, emulator.token('any'))).catch(() => undefined); // a refusal is as good
    return await latest();
  };

  const seller = accounts.connected;
  for (const [what, send] of [
    ['a new object', (sdk) => sdk.customers.create({ name: 'O\'Neil \\ "x" $HOME', metadata: { 'a-b': '007' } })],
    [
      'lists in lists',
      (sdk) =>
        sdk.checkout.sessions.create({
          mode: 'payment',
          line_items: [{ price: 'price_1', quantity: 2 }],
          success_url: 'https://example.com/?a=b&c={CHECKOUT_SESSION_ID}',
          expand: ['customer', 'line_items'],
        }),
    ],
    ['a list with a filter', (sdk) => sdk.customers.list({ limit: 3, created: { gte: 5 }, expand: ['data.sources'] })],
    ['what stands in no SDK', (sdk) => sdk.rawRequest('GET', '/v1/account_links_of_old?a[b]=c')],
    ['an account to act for', (sdk) => sdk.customers.create({ name: '@a file' }, { stripeAccount: seller })],
    ['an object that is not there', (sdk) => sdk.paymentIntents.capture('pi_none', { amount_to_capture: 5 })],
    ['JSON', (sdk) => sdk.rawRequest('POST', '/v2/core/event_destinations', { name: 'x', enabled_events: ['a'] })],
  ] satisfies [string, Send][]) {
    it(`sends ${what} again from Node`, async () => {
      const first = await sent(send);
      const program = asSdkCode(first, emulator.origin);
      assert.deepEqual(asked(await run(process.execPath, '--input-type=module', '-e', program)), asked(first));
    });

    it(`sends ${what} again from a shell`, async function () {
      if (!isInstalled('curl')) this.skip();
      const first = await sent(send);
      const command = asCurl({ ...first, idempotencyKey: undefined }, emulator.origin);
      assert.deepEqual(asked(await run('sh', '-c', command)), asked(first));
    });
  }
});
