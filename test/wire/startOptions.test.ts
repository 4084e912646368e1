import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { Stripe } from 'stripe';
import { fakeToken } from '../unit/fixtures.ts';
import { runCli, startProgram } from './emulatorProgram.ts';
import { bearer, rawCall } from './rawCall.ts';

describe('keysmith emulator’s options', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-options-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('--seed fixes accounts and tokens', async () => {
    const token = fakeToken('rk_test', 30);
    const seed = {
      keysmith_seed: 1,
      accounts: [{ id: 'acct_1Shop', name: 'Shop', default_keys: true }],
      keys: [
        {
          account: 'acct_1Shop',
          mode: 'sandbox',
          kind: 'restricted',
          name: 'ci',
          token,
          permissions: ['balance_read'],
        },
      ],
    };
    const emulator = await startProgram(['--in-memory', '--seed', file('seed.json', JSON.stringify(seed))]);
    assert.equal((await emulator.dashboard('GET', '/keys')).json.data.length, 5);
    assert.equal((await rawCall(emulator, { path: '/v1/balance', headers: bearer(token) })).status, 200);
    await emulator.stop();
  });

  it('--clock sets the time, which goes on', async () => {
    const emulator = await startProgram(['--in-memory', '--clock', '2031-05-01T12:00:00Z']);
    assert.match((await emulator.dashboard('GET', '/clock')).json.now, /^2031-05-01T12:00:/);
    await emulator.stop();
  });

  it('--stripe-mock stands in for stripe-mock, and is strict with every other key', async () => {
    const emulator = await startProgram(['--in-memory', '--stripe-mock']);
    const stripe = new Stripe('sk_test_123', {
      host: emulator.host,
      port: emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    const { lastResponse } = await stripe.customers.create();
    assert.match(lastResponse.headers['stripe-mock-version'] ?? '', /^0\.\d+\.\d+$/);
    const refused = await rawCall(emulator, { path: '/v1/balance', headers: bearer('sk_test_124') });
    assert.equal(refused.status, 401);
    assert.ok(refused.headers['stripe-mock-version']);
    await emulator.stop();
  });

  it('tells its health to anyone on this machine', async () => {
    const emulator = await startProgram();
    assert.equal((await rawCall(emulator, { path: '/_dashboard/health' })).json.status, 'ok');
    await emulator.stop();
  });

  const secret = fakeToken('sk_live', 40);
  for (const [why, args, words] of [
    ['a clock that is no time', () => ['--clock', 'tomorrow'], /--clock takes a time such as/],
    ['an enforcement that does not exist', () => ['--enforcement', 'maybe'], /--enforcement takes enforce, audit, off/],
    [
      'a seed file that is not there',
      () => ['--seed', join(folder, 'none.json')],
      /seed file cannot be used .*none\.json/s,
    ],
    ['a seed file that is no JSON', () => ['--seed', file('bad.json', `{"token": "${secret}"`)], /not valid JSON/],
    ['a seed file of a newer version', () => ['--seed', file('newer.json', '{"keysmith_seed": 9}')], /newer Keysmith/],
    [
      'a seed file with a mistake',
      () => [
        '--seed',
        file(
          'mistake.json',
          JSON.stringify({ keysmith_seed: 1, accounts: [{ id: 'x', name: 'x' }], keys: [{ token: secret }] }),
        ),
      ],
      /must begin with acct_/,
    ],
  ] as const) {
    it(`explains ${why}`, async () => {
      const { code, stdout, stderr } = await runCli(['emulator', '--port', '0', ...args()]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, words);
      assert.ok(!stderr.includes(secret));
    });
  }
});
