import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { fakeToken } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { basic, bearer, rawCall, type RawAnswer, type RawCall } from './rawCall.ts';
import { assertRefused } from './refusals.ts';
import { accounts, startSeeded, type Seeded } from './seeded.ts';

const version = { 'stripe-version': '2026-08-26.preview' };

/** What a request is answered with, in a word: `ok`, or the code of its refusal. */
const outcome = ({ status, json }: RawAnswer): string =>
  status === 200 ? 'ok' : (json.error.code ?? `${status} ${json.error.type}`);

describe('who is let in where nothing is enforced', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([
      { name: 'secret' },
      { name: 'nothing', kind: 'restricted' },
      { name: 'publishable', kind: 'publishable' },
      { name: 'old', expires_at: '2020-01-01T00:00:00Z' },
    ]);
  });
  after(() => emulator.stop());

  for (const mode of ['audit', 'off'] as const) {
    describe(`in the mode ${mode}`, () => {
      beforeEach(() => emulator.dashboard('POST', '/enforcement', { enforcement: mode }));
      afterEach(() => emulator.dashboard('POST', '/enforcement', { enforcement: 'enforce' }));

      const made = async (): Promise<unknown> => {
        const customers = await rawCall(emulator, {
          path: '/v1/customers?limit=100',
          headers: bearer(emulator.token('secret')),
        });
        return [customers.json.data.length, (await emulator.dashboard('GET', '/keys')).json.data.length];
      };

      for (const origin of ['https://evil.example', 'http://localhost:3000', 'http://127.0.0.1:12181', 'null', '']) {
        for (const key of ['none', 'secret'] as const) {
          it(`refuses a request of the page ${origin || 'that names itself by nothing'} with key ${key}`, async () => {
            const before = await made();
            const headers = { origin, ...version, ...(key === 'none' ? {} : bearer(emulator.token(key))) };
            for (const call of [
              { path: '/v1/balance', headers },
              { method: 'POST', path: '/v1/customers', headers, body: 'name=Eve' },
              { method: 'POST', path: '/v2/iam/api_keys', headers, body: '{"type":"secret_key"}' },
            ]) {
              const answer = await rawCall(emulator, call);
              assert.deepEqual([answer.status, outcome(answer)], [403, 'page_not_allowed']);
              assert.match(answer.json.error.message, new RegExp(`mode "${mode}"\\). Send the request from a program`));
            }
            assert.deepEqual(await made(), before);
          });
        }
      }

      for (const [site, expected] of [
        ['cross-site', 'page_not_allowed'],
        ['same-site', 'page_not_allowed'],
        ['same-origin', 'page_not_allowed'],
        ['none', 'ok'],
      ] as const) {
        it(`answers what a browser asks for ${site}, without Origin: ${expected}`, async () => {
          const headers = { 'sec-fetch-site': site };
          assert.equal(outcome(await rawCall(emulator, { path: '/v1/balance', headers })), expected);
        });
      }

      for (const [host, expected] of [
        ['127.0.0.1', 'ok'],
        ['127.0.0.1:1', 'ok'],
        ['127.0.0.1:65535', 'ok'],
        ['localhost', 'ok'],
        ['LocalHost:12181', 'ok'],
        ['[::1]', 'ok'],
        ['[::1]:12181', 'ok'],
        ['api.stripe.com', 'ok'],
        ['API.stripe.com:443', 'ok'],
        ['files.stripe.com', 'ok'],
        ['connect.stripe.com', 'ok'],
        ['meter-events.stripe.com', 'ok'],
        ['evil.example', 'host_not_allowed'],
        ['evil.example:12181', 'host_not_allowed'],
        ['127.0.0.1.evil.example', 'host_not_allowed'],
        ['localhost.evil.example', 'host_not_allowed'],
        ['api.stripe.com.evil.example', 'host_not_allowed'],
        ['dashboard.stripe.com', 'host_not_allowed'],
        ['stripe.com', 'host_not_allowed'],
        ['xapi.stripe.com', 'host_not_allowed'],
        ['127.0.0.1:65536', 'host_not_allowed'],
        ['127.0.0.1:', 'host_not_allowed'],
        ['127.0.0.1:80:80', 'host_not_allowed'],
        ['127.0.0.1@evil.example', 'host_not_allowed'],
        ['127.0.0.1, evil.example', 'host_not_allowed'],
        ['[::1].evil.example', 'host_not_allowed'],
        ['[::ffff:7f00:1]', 'host_not_allowed'],
        ['0.0.0.0', 'host_not_allowed'],
        ['localhost.', 'host_not_allowed'],
      ] as const) {
        it(`answers to the name '${host}': ${expected}`, async () => {
          const headers = { host, ...bearer(emulator.token('secret')) };
          assert.equal(outcome(await rawCall(emulator, { path: '/v1/balance', headers })), expected);
        });
      }

      it('changes nothing for a request without a key, and answers it what can be read', async () => {
        const customer = await rawCall(emulator, {
          method: 'POST',
          path: '/v1/customers',
          body: 'name=Ada',
          headers: bearer(emulator.token('secret')),
        });
        const before = await made();
        for (const headers of [{}, { authorization: 'Token abc' }, { authorization: 'Bearer ' }, basic(':x')])
          for (const [method, path] of [
            ['POST', '/v1/customers'],
            ['POST', `/v1/customers/${customer.json.id}`],
            ['DELETE', `/v1/customers/${customer.json.id}`],
            ['POST', '/v2/iam/api_keys'],
            ['POST', '/v1/accounts'],
          ] as const)
            assertRefused(await rawCall(emulator, { method, path, headers: { ...version, ...headers } }), 'noKey');
        assert.deepEqual(await made(), before);
        assert.equal((await rawCall(emulator, { path: `/v1/customers/${customer.json.id}` })).json.name, 'Ada');
      });

      for (const [whose, token] of [
        ['nobody’s', () => undefined],
        ['an unknown', () => fakeToken('sk_test', 99)],
        ['an ended', () => emulator.token('old')],
      ] as const) {
        it(`neither tells nor makes keys for ${whose} key`, async () => {
          const given = token();
          const headers = { ...version, ...(given === undefined ? {} : bearer(given)) };
          const calls: readonly RawCall[] = [
            { path: '/v2/iam/api_keys', headers },
            { method: 'POST', path: '/v2/iam/api_keys', headers, body: '{"type":"secret_key"}' },
          ];
          const before = await made();
          for (const call of calls) assert.equal((await rawCall(emulator, call)).status, 401);
          assert.deepEqual(await made(), before);
        });
      }

      it('lets a key do what it may not, and one that is not known do what is no matter of keys', async () => {
        for (const token of [emulator.token('nothing'), emulator.token('old'), fakeToken('sk_test', 99)]) {
          const call = { method: 'POST', path: '/v1/customers', body: 'name=Ada', headers: bearer(token) };
          assert.equal(outcome(await rawCall(emulator, call)), 'ok');
        }
      });
    });
  }

  it('lets pages in by their key where everything is enforced, by whatever name', async () => {
    const token = emulator.token('publishable');
    for (const headers of [{ origin: 'https://shop.example' }, { origin: 'null' }, { host: 'stripe.test' }]) {
      const keyed = { method: 'POST', path: '/v1/tokens', body: `key=${token}`, headers };
      const answer = await rawCall(emulator, keyed);
      assert.equal(outcome(answer), 'ok');
      assert.equal(answer.headers['access-control-allow-origin'], '*');
      assertRefused(await rawCall(emulator, { method: 'POST', path: '/v1/tokens', headers }), 'noKey');
    }
  });

  it('leaves what was refused in the log, as refused', async () => {
    await emulator.dashboard('POST', '/enforcement', { enforcement: 'audit' });
    const call = {
      path: '/v1/balance',
      headers: { origin: 'https://evil.example', ...bearer(emulator.token('secret')) },
    };
    const { headers } = await rawCall(emulator, call);
    const logged: Json = (await emulator.dashboard('GET', `/requests/${String(headers['request-id'])}`)).json;
    assert.deepEqual(
      [logged.status, logged.refused.kind, logged.let_through, logged.account],
      [403, 'pageNotAllowed', false, accounts.platform],
    );
    await emulator.dashboard('POST', '/enforcement', { enforcement: 'enforce' });
  });
});
