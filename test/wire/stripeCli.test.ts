import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { fakeToken } from '../unit/fixtures.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';

const program = join(import.meta.dirname, '../../node_modules/.bin/stripe');

describe('the official Stripe CLI', () => {
  let emulator: EmulatorProgram;
  let home = '';
  let key = '';

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'keysmith-cli-'));
    emulator = await startProgram();
    const { json } = await emulator.dashboard('GET', '/keys?mode=sandbox');
    const { id } = (json.data as Json[]).find(({ kind }) => kind === 'secret');
    key = (await emulator.dashboard('POST', `/keys/${id}/reveal`)).json.token;
  });
  after(async () => {
    await emulator.stop();
    rmSync(home, { recursive: true });
  });

  /** The token goes in by the environment: an argument could be read by every process of the machine. */
  function stripe(token: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    const env = { ...process.env, XDG_CONFIG_HOME: home, STRIPE_API_KEY: token, STRIPE_CLI_TELEMETRY_OPTOUT: '1' };
    return new Promise((resolve) => {
      execFile(program, [...args, '--api-base', emulator.origin], { env, timeout: 20_000 }, (_error, stdout, stderr) =>
        resolve({ stdout, stderr }),
      );
    });
  }

  it('reads the balance', async () => {
    const { stdout, stderr } = await stripe(key, 'get', '/v1/balance');
    assert.equal(JSON.parse(stdout).object, 'balance', stderr);
  });

  it('creates a customer and finds it again', async () => {
    const created = JSON.parse((await stripe(key, 'post', '/v1/customers', '-d', 'name=Ada')).stdout);
    const found = JSON.parse((await stripe(key, 'get', `/v1/customers/${created.id}`)).stdout);
    assert.deepEqual(found, created);
  });

  it('is refused with a wrong key', async () => {
    const { stdout, stderr } = await stripe(fakeToken('sk_test', 99), 'get', '/v1/balance');
    assert.match(stdout + stderr, /Invalid API Key provided/);
  });
});
