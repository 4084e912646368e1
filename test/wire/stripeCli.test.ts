import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { everyPermission } from '../../src/domain/permissions.ts';
import { fakeToken } from '../unit/fixtures.ts';
import { accounts, organization, startSeeded, type Seeded } from './seeded.ts';

const program = join(import.meta.dirname, '../../node_modules/.bin/stripe');

describe('the official Stripe CLI', () => {
  let emulator: Seeded;
  let home = '';

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'keysmith-cli-'));
    emulator = await startSeeded([
      { name: 'secret' },
      { name: 'live', mode: 'live' },
      { name: 'reader', kind: 'restricted', permissions: ['customer_read'] },
      { name: 'expired', expires_at: '2020-01-01T00:00:00Z' },
      { name: 'elsewhere', addresses: ['203.0.113.7'] },
      { name: 'organization', kind: 'organization', organization, permissions: everyPermission },
    ]);
  });
  after(async () => {
    await emulator.stop();
    rmSync(home, { recursive: true });
  });

  /** The token goes in by the environment: an argument could be read by every process of the machine. */
  function stripe(token: string, ...args: string[]): Promise<{ code: number; output: string; stdout: string }> {
    const env = { ...process.env, XDG_CONFIG_HOME: home, STRIPE_API_KEY: token, STRIPE_CLI_TELEMETRY_OPTOUT: '1' };
    return new Promise((resolve) => {
      execFile(program, [...args, '--api-base', emulator.origin], { env, timeout: 20_000 }, (error, stdout, stderr) =>
        resolve({ code: error ? 1 : 0, output: stdout + stderr, stdout }),
      );
    });
  }
  const by = (name: string, ...args: string[]): ReturnType<typeof stripe> => stripe(emulator.token(name), ...args);

  for (const [why, key, args, expected] of [
    ['reads the balance', 'secret', ['get', '/v1/balance'], /"object": "balance"/],
    ['reads the live balance', 'live', ['get', '/v1/balance', '--live'], /"livemode": true/],
    ['reads by a resource command', 'secret', ['customers', 'list'], /"object": "list"/],
    ['creates by a resource command', 'secret', ['products', 'create', '--name', 'Book'], /"id": "prod_/],
    ['works with a restricted key within its permissions', 'reader', ['get', '/v1/customers'], /"object": "list"/],
    [
      'is refused what a restricted key may not',
      'reader',
      ['post', '/v1/customers', '-d', 'name=x'],
      /more_permissions_required/,
    ],
    ['is told of the permission that would help', 'reader', ['get', '/v1/balance'], /balance_read/],
    ['is refused with an expired key', 'expired', ['get', '/v1/balance'], /expired|Expired/],
    [
      'is refused from another address',
      'elsewhere',
      ['get', '/v1/balance'],
      /does not allow requests from your IP address/,
    ],
    ['is told of a path Stripe does not have', 'secret', ['get', '/v1/nothing'], /Unrecognized request URL/],
    [
      'acts for a connected account',
      'secret',
      ['get', '/v1/balance', '--stripe-account', accounts.connected],
      /"object": "balance"/,
    ],
    [
      'is refused another account',
      'secret',
      ['get', '/v1/balance', '--stripe-account', accounts.stranger],
      /account_invalid/,
    ],
    ['must name a context with an organization key', 'organization', ['get', '/v1/balance'], /Stripe-Context/],
  ] as const) {
    it(why, async () => {
      const { output } = await by(key, ...args);
      assert.match(output, expected);
      assert.ok(!output.includes(emulator.token(key)));
    });
  }

  it('creates a customer and finds it again', async () => {
    const created = JSON.parse((await by('secret', 'post', '/v1/customers', '-d', 'name=Ada')).stdout);
    const found = JSON.parse((await by('secret', 'get', `/v1/customers/${created.id}`)).stdout);
    assert.deepEqual(found, created);
  });

  it('is refused with a wrong key', async () => {
    const { output } = await stripe(fakeToken('sk_test', 99), 'get', '/v1/balance');
    assert.match(output, /Invalid API Key provided/);
  });

  it('resolves permissions of endpoints (stripe keys permissions)', async () => {
    const { output } = await by(
      'secret',
      'keys',
      'permissions',
      'GET /v1/customers',
      'POST /v1/charges/:id/capture',
      'GET /v1/nothing',
    );
    assert.match(output, /customer_read/);
    assert.match(output, /charge_write/);
    assert.match(output, /\/v1\/nothing/);
  });
});
