import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';

const account = 'acct_1aTnTtAAB0hHJ26p';

/** Every file of the emulator's folder is searched byte by byte, its write-ahead logs too. */
describe('the token of a managed key', () => {
  let data = '';
  let emulator: EmulatorProgram;
  let secret = '';
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await emulator.stop();
    stopped = true;
  };
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-traces-'));
    emulator = await startProgram(['--data', data]);
    stopped = false;
    const { json } = await emulator.dashboard('GET', `/keys?account=${account}&mode=sandbox`);
    const { id } = json.data.find(({ kind }: Json) => kind === 'secret');
    secret = (await emulator.dashboard('POST', `/keys/${id}/reveal`)).json.token;
  });
  afterEach(async () => {
    await stop();
    rmSync(data, { recursive: true });
  });

  const post = (path: string, body: object, idempotencyKey: string): Promise<RawAnswer> =>
    rawCall(emulator, {
      method: 'POST',
      path: `/v2/iam/api_keys${path}`,
      body: JSON.stringify(body),
      headers: {
        ...bearer(secret),
        'content-type': 'application/json',
        'stripe-version': '2026-08-26.preview',
        'idempotency-key': idempotencyKey,
      },
    });
  const filesWith = (token: string): string[] =>
    readdirSync(data).filter((name) => {
      const bytes = readFileSync(join(data, name));
      return bytes.includes(token.slice(-48)) || bytes.includes(token.slice(-48, -20));
    });

  /** Many rows around the key's own, so that pages of the file are split and moved. */
  async function fillUp(name: string): Promise<void> {
    for (let index = 0; index < 60; index += 1)
      await post(
        '',
        { type: 'secret_key', name: `${name} ${index}`, note: 'n'.repeat((index * 37) % 900) },
        `${name}-${index}`,
      );
  }

  for (const [what, end] of [
    ['is deleted', (id: string) => emulator.dashboard('DELETE', `/keys/${id}`)],
    ['is rotated away', (id: string) => emulator.dashboard('POST', `/keys/${id}/rotate`, { expires: 'now' })],
    ['is rotated away by the API', (id: string) => post(`/${id}/rotate`, {}, 'rotate')],
    ['is gone with a reset', () => emulator.dashboard('POST', '/reset')],
  ] as const) {
    it(`stands in no file any more once its key ${what}`, async () => {
      await fillUp('before');
      const made = await post('', { type: 'secret_key' }, 'make');
      const { id } = made.json;
      const { token } = made.json.secret_key;
      await post(`/${id}`, { note: 'in the safe' }, 'edit');
      await fillUp('after');
      assert.ok(filesWith(token).length > 0);
      assert.equal((await end(id)).status, 200);
      assert.deepEqual(filesWith(token), []);
      await stop();
      assert.deepEqual(filesWith(token), []);
    });
  }

  it('is told again with the answer it came with, for as long as its key is there', async () => {
    const made = await post('', { type: 'secret_key' }, 'make');
    const { id } = made.json;
    const edited = await post(`/${id}`, { note: 'in the safe' }, 'edit');
    const rotated = await post(`/${id}/rotate`, { expire_current_key_in_minutes: 60 }, 'rotate');
    const again = await post('', { type: 'secret_key' }, 'make');
    assert.deepEqual([again.json, again.headers['idempotent-replayed']], [made.json, 'true']);
    assert.deepEqual((await post(`/${id}`, { note: 'in the safe' }, 'edit')).json, edited.json);
    assert.deepEqual((await post(`/${id}/rotate`, { expire_current_key_in_minutes: 60 }, 'rotate')).json, rotated.json);
    await emulator.dashboard('DELETE', `/keys/${id}`);
    const { token, ...rest } = made.json.secret_key;
    assert.ok(token);
    const last = await post('', { type: 'secret_key' }, 'make');
    assert.deepEqual(last.json, { ...made.json, secret_key: rest });
  });
});
