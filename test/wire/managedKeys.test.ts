import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { compactDecrypt } from 'jose';
import { after, before, describe, it } from 'mocha';
import type { Json } from './emulatorProgram.ts';
import { bearer, rawCall } from './rawCall.ts';
import { startSeeded, type Seeded } from './seeded.ts';

// Its types would replace those of the other SDK, which declares the same module.
const { Stripe } = createRequire(import.meta.url)('stripe-preview') as {
  Stripe: new (key: string, options: object) => Json;
};

/** `/v2/iam/api_keys`, driven by the preview SDK that has it. */
describe('managed API keys', () => {
  let emulator: Seeded;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (key: typeof rsa.publicKey): string => String(key.export({ type: 'spki', format: 'pem' }));
  const publicKey = { id: 'recipient_1', pem_key: { algorithm: 'RSA', data: pem(rsa.publicKey) } };

  before(async () => {
    emulator = await startSeeded([
      { name: 'secret' },
      { name: 'live', mode: 'live' },
      { name: 'publishable', kind: 'publishable' },
      { name: 'manager', kind: 'restricted', permissions: ['api_key_write'] },
      { name: 'stranger', kind: 'restricted', permissions: ['customer_write'] },
    ]);
  });
  after(() => emulator.stop());

  const keysBy = (name: string): Json =>
    new Stripe(emulator.token(name), {
      host: emulator.host,
      port: emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    }).v2.iam.apiKeys;
  const statusOf = async (token: string, path = '/v1/balance'): Promise<number> =>
    (await rawCall(emulator, { path, headers: bearer(token) })).status;

  it('creates a sandbox key in plain, which works', async () => {
    const key = await keysBy('secret').create({ type: 'secret_key', name: 'worker', note: 'in the safe' });
    assert.equal(key.object, 'v2.iam.api_key');
    assert.deepEqual(
      [key.type, key.status, key.livemode, key.name, key.note],
      ['secret_key', 'active', false, 'worker', 'in the safe'],
    );
    assert.match(key.id, /^mk_\w{24}$/);
    assert.equal(await statusOf(key.secret_key.token), 200);
  });

  it('encrypts a live secret to the caller’s public key, and tells it in no other way', async () => {
    const key = await keysBy('live').create({ type: 'secret_key', public_key: publicKey });
    assert.equal(key.secret_key.token, undefined);
    const { ciphertext, format, recipient_key_id: recipient } = key.secret_key.encrypted_secret;
    assert.deepEqual([format, recipient], ['jwe_compact', 'recipient_1']);
    const { plaintext, protectedHeader } = await compactDecrypt(ciphertext, rsa.privateKey);
    assert.deepEqual([protectedHeader.alg, protectedHeader.enc], ['RSA-OAEP-256', 'A256GCM']);
    assert.equal(await statusOf(new TextDecoder().decode(plaintext)), 200);
    const again = await keysBy('live').retrieve(key.id);
    assert.deepEqual([again.secret_key.token, again.secret_key.encrypted_secret], [undefined, undefined]);
  });

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (const [why, given] of [
    ['no public key', undefined],
    ['a key that is no PEM', { pem_key: { algorithm: 'RSA', data: 'nonsense' } }],
    ['a small RSA key', { pem_key: { algorithm: 'RSA', data: pem(small.publicKey) } }],
    ['a key of another kind', { pem_key: { algorithm: 'RSA', data: pem(curve.publicKey) } }],
  ] as const) {
    it(`refuses a live secret with ${why}`, async () => {
      await assert.rejects(keysBy('live').create({ type: 'secret_key', ...(given ? { public_key: given } : {}) }), {
        statusCode: 400,
        code: 'invalid_fields',
      });
    });
  }

  for (const lists of [
    { permissions: [] },
    { connect_permissions: [] },
    { permissions: [], connect_permissions: [] },
  ]) {
    it(`creates a restricted key that may do nothing where ${Object.keys(lists).join(' and ')} are given and empty`, async () => {
      const key = await keysBy('secret').create({ type: 'secret_key', ...lists });
      assert.match(key.secret_key?.token ?? '', /^rk_test_/);
      const { status } = await rawCall(emulator, { path: '/v1/balance', headers: bearer(key.secret_key?.token ?? '') });
      assert.equal(status, 403);
    });
  }

  it('creates a restricted key where permissions are given, and holds it to them', async () => {
    const key = await keysBy('secret').create({
      type: 'secret_key',
      permissions: ['customer_read'],
      connect_permissions: [],
    });
    assert.match(key.secret_key.token, /^rk_test_/);
    assert.deepEqual(key.permissions, ['customer_read']);
    assert.equal(await statusOf(key.secret_key.token, '/v1/customers'), 200);
    assert.equal(await statusOf(key.secret_key.token), 403);
    const changed = await keysBy('secret').update(key.id, { permissions: ['balance_read'] });
    assert.deepEqual(changed.permissions, ['balance_read']);
    assert.equal(await statusOf(key.secret_key.token), 200);
    assert.equal(await statusOf(key.secret_key.token, '/v1/customers'), 403);
    assert.deepEqual((await keysBy('secret').update(key.id, { permissions: [] })).permissions, ['balance_read']);
  });

  it('names a permission that does not exist', async () => {
    await assert.rejects(keysBy('secret').create({ type: 'secret_key', permissions: ['customers_read'] }), {
      statusCode: 400,
      message: /customers_read.*customer_read/,
    });
  });

  it('changes name and note; a blank one stays', async () => {
    const key = await keysBy('secret').create({ type: 'secret_key', name: 'old', note: 'kept' });
    const changed = await keysBy('secret').update(key.id, { name: 'new', note: '' });
    assert.deepEqual([changed.name, changed.note], ['new', 'kept']);
  });

  it('refuses a field it does not know', async () => {
    await assert.rejects(keysBy('secret').create({ type: 'secret_key', status: 'active' }), {
      statusCode: 400,
      message: /^status: Unknown field/,
    });
  });

  it('rotates without grace: the old token dies, the old id is gone', async () => {
    const key = await keysBy('secret').create({ type: 'secret_key' });
    const replacement = await keysBy('secret').rotate(key.id, {});
    assert.notEqual(replacement.id, key.id);
    assert.equal(await statusOf(replacement.secret_key.token), 200);
    assert.equal(await statusOf(key.secret_key.token), 401);
    await assert.rejects(keysBy('secret').retrieve(key.id), { statusCode: 404 });
  });

  it('rotates with grace: both work until the old one ends', async () => {
    const key = await keysBy('secret').create({ type: 'secret_key' });
    const replacement = await keysBy('secret').rotate(key.id, { expire_current_key_in_minutes: 10 });
    assert.deepEqual([await statusOf(key.secret_key.token), await statusOf(replacement.secret_key.token)], [200, 200]);
    assert.ok((await keysBy('secret').retrieve(key.id)).expires_at);
    await emulator.dashboard('POST', '/clock', { advance_seconds: 601 });
    assert.deepEqual([await statusOf(key.secret_key.token), await statusOf(replacement.secret_key.token)], [401, 200]);
    assert.equal((await keysBy('secret').retrieve(key.id)).status, 'expired');
  });

  for (const [minutes, allowed] of [
    [10_080, true],
    [10_081, false],
    [-1, false],
  ] as const) {
    it(`${allowed ? 'takes' : 'refuses'} a grace of ${minutes} minutes`, async () => {
      const key = await keysBy('secret').create({ type: 'secret_key' });
      const rotated = keysBy('secret').rotate(key.id, { expire_current_key_in_minutes: minutes });
      if (allowed) await rotated;
      else await assert.rejects(rotated, { statusCode: 400 });
    });
  }

  for (const mode of ['secret', 'live'] as const) {
    const parameters = {
      type: 'secret_key',
      name: `once ${mode}`,
      ...(mode === 'live' ? { public_key: publicKey } : {}),
    };

    it(`creates one key for one idempotency key, and tells its secret again (${mode})`, async () => {
      const options = { idempotencyKey: `create ${mode}` };
      const first = await keysBy(mode).create(parameters, options);
      const { secret_key: told, id } = await keysBy(mode).create(parameters, options);
      assert.deepEqual([id, told], [first.id, first.secret_key]);
      const { data } = await keysBy(mode).list({ limit: 100 });
      assert.equal(data.filter(({ name }: Json) => name === parameters.name).length, 1);
    });

    it(`rotates once for one idempotency key (${mode})`, async () => {
      const { id } = await keysBy(mode).create(parameters);
      const options = { idempotencyKey: `rotate ${mode}` };
      const change = mode === 'live' ? { public_key: publicKey } : {};
      const answers = await Promise.allSettled([1, 2, 3].map(() => keysBy(mode).rotate(id, change, options)));
      const rotated = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.id] : []));
      const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.statusCode] : []));
      assert.equal(new Set(rotated).size, 1);
      assert.ok(
        refused.every((status) => status === 409),
        String(refused),
      );
      assert.equal((await keysBy(mode).rotate(id, change, options)).id, rotated[0]);
    });
  }

  it('expires a key at once', async () => {
    const key = await keysBy('secret').create({ type: 'secret_key' });
    assert.equal((await keysBy('secret').expire(key.id)).status, 'expired');
    assert.equal(await statusOf(key.secret_key.token), 401);
  });

  it('does not show a key of the other mode', async () => {
    const key = await keysBy('secret').create({ type: 'secret_key' });
    await assert.rejects(keysBy('live').retrieve(key.id), { statusCode: 404 });
  });

  it('is open to a restricted key that may manage keys, and shut to others', async () => {
    assert.ok((await keysBy('manager').list()).data.length > 0);
    await assert.rejects(keysBy('stranger').list(), { statusCode: 403, code: 'more_permissions_required' });
    await assert.rejects(keysBy('publishable').list(), { statusCode: 401 });
  });

  it('lists the keys of its own account and mode, page by page, expired ones only when asked', async () => {
    for (let index = 0; index < 3; index += 1) await keysBy('secret').create({ type: 'secret_key', name: `n${index}` });
    const whole = await keysBy('secret').list({ limit: 100, include_expired: true });
    assert.ok(whole.data.some(({ status }: Json) => status === 'expired'));
    await assert.rejects(keysBy('secret').list({ limit: 101 }), {
      statusCode: 400,
      message: 'limit: The maximum page limit is 100.',
    });
    // Last: this SDK goes on from the last page's address in whatever list is asked for next.
    const seen: Json[] = [];
    for await (const key of keysBy('secret').list({ limit: 2 })) seen.push(key);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    assert.ok(seen.length > 4 && seen.length < whole.data.length);
    assert.ok(seen.every(({ livemode, status }) => !livemode && status === 'active'));
  });
});
