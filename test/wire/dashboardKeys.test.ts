import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';
import { bearer, rawCall } from './rawCall.ts';

const account = 'acct_1aTnTtAAB0hHJ26p';
const organization = 'org_6SD3oI0eSQemPzdmaGLJ5j6';

async function refused(answer: Promise<{ status: number; json: Json }>, status: number, code: string): Promise<string> {
  const { status: got, json } = await answer;
  assert.deepEqual([got, json.error?.code], [status, code], JSON.stringify(json));
  assert.ok(json.error.message.length > 10);
  return json.error.message;
}

describe('keys on the dashboard plane', () => {
  let emulator: EmulatorProgram;
  before(async () => {
    emulator = await startProgram();
  });
  after(() => emulator.stop());
  beforeEach(() => emulator.dashboard('POST', '/reset'));

  const get = async (path: string): Promise<Json> => (await emulator.dashboard('GET', path)).json;
  const post = (path: string, body: unknown = {}): Promise<{ status: number; json: Json }> =>
    emulator.dashboard('POST', path, body);
  const find = async (kind: string, mode: string): Promise<Json> =>
    (await get(`/keys?account=${account}&mode=${mode}`)).data.find((key: Json) => key.kind === kind);
  const works = async (token: string): Promise<number> =>
    (await rawCall(emulator, { path: '/v1/balance', headers: bearer(token) })).status;
  const advance = (seconds: number): Promise<unknown> => post('/clock', { advance_seconds: seconds });

  async function sendCode(owner: object = { account }, mode = 'sandbox'): Promise<{ id: string; code: string }> {
    const { id } = (await post('/verifications', { ...owner, mode })).json;
    const { code } = (await get('/outbox')).data.find((sent: Json) => sent.verification === id);
    return { id, code };
  }
  const create = async (over: object = {}): Promise<{ status: number; json: Json }> =>
    post('/keys', {
      account,
      mode: 'sandbox',
      kind: 'secret',
      name: 'worker',
      verification: await sendCode(),
      ...over,
    });

  it('tells by a fingerprint whose a token is, that of a deleted key too', async () => {
    const { key, token } = (await create()).json;
    await emulator.dashboard('DELETE', `/keys/${key.id}`);
    const { data } = await get('/fingerprints');
    assert.equal(data.find(({ fingerprint }: Json) => fingerprint === fingerprintOf(token))?.key, key.id);
  });

  it('prints lists and keys in the documented shapes', async () => {
    const { data, has_more: more } = await get(`/keys?account=${account}`);
    assert.deepEqual([data.length, more], [4, false]);
    assert.deepEqual(Object.keys(data[1]).toSorted(), [
      'account',
      'addresses',
      'connect_permissions',
      'created',
      'expires_at',
      'id',
      'kind',
      'last_used',
      'mask',
      'mode',
      'name',
      'note',
      'permissions',
      'revealable',
      'status',
    ]);
    assert.match(data[1].created, /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    assert.deepEqual([data[1].last_used, data[1].expires_at, data[1].status], [null, null, 'active']);
    assert.deepEqual(
      (await get('/accounts')).data.map(({ id }: Json) => id),
      ['acct_1R3fqDP6919yCiFv', 'acct_1032D82eZvKYlo2C', account],
    );
  });

  it('creates a secret key with a verification code', async () => {
    const { status, json } = await create();
    assert.equal(status, 200);
    assert.deepEqual([json.key.name, json.key.kind, json.key.mode], ['worker', 'secret', 'sandbox']);
    assert.equal(await works(json.token), 200);
  });

  it('creates a restricted key with permissions, sorted and without the old prefix', async () => {
    const { json } = await create({
      kind: 'restricted',
      permissions: ['rak_customer_write', 'balance_read', 'balance_read'],
      addresses: ['127.0.0.0/8'],
    });
    assert.deepEqual([json.key.permissions, json.key.addresses], [['balance_read', 'customer_write'], ['127.0.0.0/8']]);
    assert.match(json.token, /^rk_test_/);
  });

  it('creates an organization key', async () => {
    const { json } = await post('/keys', {
      organization,
      mode: 'live',
      kind: 'organization',
      name: 'all',
      permissions: ['balance_read'],
      verification: await sendCode({ organization }, 'live'),
    });
    assert.match(json.token, /^sk_org_live_/);
    assert.deepEqual([json.key.organization, json.key.account], [organization, undefined]);
  });

  it('never reveals a live key again that was created', async () => {
    const { json } = await create({ mode: 'live', verification: await sendCode({ account }, 'live') });
    assert.equal(json.key.revealable, false);
    await refused(post(`/keys/${json.key.id}/reveal`), 409, 'already_revealed');
    assert.equal(await works(json.token), 200);
  });

  it('checks the form before the code, so that a mistake costs none', async () => {
    const verification = await sendCode();
    await refused(create({ verification, name: ' ' }), 400, 'name_invalid');
    await refused(create({ verification, name: 'a\nb' }), 400, 'name_invalid');
    await refused(create({ verification, name: 'x'.repeat(101) }), 400, 'name_invalid');
    await refused(
      create({ verification, kind: 'restricted', permissions: ['customers_read'] }),
      400,
      'permission_unknown',
    );
    await refused(create({ verification, addresses: ['1.2.3.4/8'] }), 400, 'address_invalid');
    await refused(create({ verification, permissions: ['customer_read'] }), 400, 'kind_not_creatable');
    await refused(create({ verification, kind: 'organization' }), 400, 'kind_not_creatable');
    await refused(create({ verification, kind: 'publishable' }), 400, 'invalid_request');
    await refused(create({ verification, account: 'acct_none' }), 404, 'owner_not_found');
    assert.equal((await create({ verification })).status, 200);
  });

  it('takes a code once', async () => {
    const verification = await sendCode();
    assert.equal((await create({ verification })).status, 200);
    await refused(create({ verification }), 409, 'code_used_up');
  });

  it('takes a code for ten minutes', async () => {
    const [early, late] = [await sendCode(), await sendCode()];
    await advance(599);
    assert.equal((await create({ verification: early })).status, 200);
    await advance(1);
    await refused(create({ verification: late }), 400, 'code_expired');
  });

  it('takes five tries', async () => {
    const { id, code } = await sendCode();
    const wrong = code === '000000' ? '000001' : '000000';
    for (let left = 4; left >= 0; left -= 1) {
      assert.match(
        await refused(create({ verification: { id, code: wrong } }), 400, 'code_wrong'),
        new RegExp(`tries left: ${left}`),
      );
    }
    await refused(create({ verification: { id, code } }), 409, 'code_used_up');
  });

  it('takes a code for the account and mode it was sent for, and for no other', async () => {
    await refused(create({ mode: 'live', verification: await sendCode() }), 400, 'verification_missing');
    await refused(
      create({ verification: await sendCode({ account: 'acct_1R3fqDP6919yCiFv' }) }),
      400,
      'verification_missing',
    );
    await refused(create({ verification: undefined }), 400, 'verification_missing');
    await refused(create({ verification: { id: 'verif_none', code: '123456' } }), 400, 'verification_missing');
  });

  it('rotates now: the old key is deleted, the new one has the standard name', async () => {
    const { json: made } = await create();
    const { json } = await post(`/keys/${made.key.id}/rotate`, { expires: 'now' });
    assert.equal(json.key.name, 'Secret key');
    assert.deepEqual([await works(made.token), await works(json.token)], [401, 200]);
    assert.equal((await emulator.dashboard('GET', `/keys/${made.key.id}`)).status, 404);
  });

  it('rotates a restricted key under its own name, with its permissions and addresses', async () => {
    const { json: made } = await create({
      kind: 'restricted',
      permissions: ['balance_read'],
      connect_permissions: ['customer_read'],
      addresses: ['127.0.0.1'],
    });
    const { json } = await post(`/keys/${made.key.id}/rotate`, { expires: 'now' });
    const { name, permissions, connect_permissions: connect, addresses } = json.key;
    assert.deepEqual(
      [name, permissions, connect, addresses],
      ['worker', ['balance_read'], ['customer_read'], ['127.0.0.1']],
    );
  });

  it('rotates a publishable key', async () => {
    const key = await find('publishable', 'live');
    const { json } = await post(`/keys/${key.id}/rotate`, { expires: { minutes: 5 } });
    assert.equal(json.key.name, 'Publishable key');
    await refused(emulator.dashboard('DELETE', `/keys/${json.key.id}`), 409, 'publishable_not_deletable');
  });

  it('rotates at a time: both work until then, to the second', async () => {
    const { json: made } = await create();
    const { now } = await get('/clock');
    const at = new Date(Date.parse(now) + 3_600_000);
    const { json } = await post(`/keys/${made.key.id}/rotate`, { expires: at.toISOString() });
    assert.equal((await get(`/keys/${made.key.id}`)).expires_at, at.toISOString());
    await post('/clock', { now: new Date(at.getTime() - 1000).toISOString() });
    assert.deepEqual([await works(made.token), await works(json.token)], [200, 200]);
    await post('/clock', { now: at.toISOString() });
    assert.deepEqual([await works(made.token), await works(json.token)], [401, 200]);
    assert.equal((await get(`/keys/${made.key.id}`)).status, 'expired');
    const listed = (query: string): Promise<boolean> =>
      get(`/keys?account=${account}${query}`).then(({ data }) => data.some((key: Json) => key.id === made.key.id));
    assert.deepEqual([await listed(''), await listed('&include_expired=true')], [false, true]);
    await refused(post(`/keys/${made.key.id}/rotate`, { expires: 'now' }), 409, 'key_inactive');
    await refused(post(`/keys/${made.key.id}`, { name: 'x' }), 409, 'key_inactive');
  });

  it('reveals a live key that a scheduled rotation made, once', async () => {
    const key = await find('secret', 'live');
    const { json } = await post(`/keys/${key.id}/rotate`, { expires: { minutes: 60 } });
    assert.equal(json.key.revealable, true);
    assert.equal((await post(`/keys/${json.key.id}/reveal`)).json.token, json.token);
    await refused(post(`/keys/${json.key.id}/reveal`), 409, 'already_revealed');
  });

  it('ends an expiring key early', async () => {
    const { json: made } = await create();
    await post(`/keys/${made.key.id}/rotate`, { expires: { minutes: 60 } });
    await refused(post(`/keys/${made.key.id}/rotate`, { expires: 'now' }), 409, 'already_expiring');
    assert.equal((await emulator.dashboard('DELETE', `/keys/${made.key.id}`)).json.status, 'deleted');
    assert.equal(await works(made.token), 401);
  });

  for (const [why, expires] of [
    ['a time that has passed', '2020-01-01T00:00:00Z'],
    ['a time more than seven days ahead', '2099-01-01T00:00:00Z'],
  ] as const) {
    it(`refuses ${why}`, async () => {
      const key = await find('secret', 'sandbox');
      await refused(post(`/keys/${key.id}/rotate`, { expires }), 400, 'expiry_invalid');
    });
  }
  for (const expires of [
    'soon',
    { minutes: 0 },
    { minutes: 10_081 },
    { minutes: 1.5 },
    { hours: 1 },
    undefined,
    null,
  ]) {
    it(`refuses ${JSON.stringify(expires)} as a time`, async () => {
      const key = await find('secret', 'sandbox');
      await refused(post(`/keys/${key.id}/rotate`, { expires }), 400, 'invalid_request');
    });
  }

  it('edits name, note and permissions, all or none', async () => {
    const { json: made } = await create({ kind: 'restricted' });
    const edited = await post(`/keys/${made.key.id}`, { name: ' new ', note: 'safe', permissions: ['customer_read'] });
    assert.deepEqual([edited.json.name, edited.json.note, edited.json.permissions], ['new', 'safe', ['customer_read']]);
    await refused(
      post(`/keys/${made.key.id}`, { name: 'newer', permissions: ['nothing_read'] }),
      400,
      'permission_unknown',
    );
    await refused(post(`/keys/${made.key.id}`, { name: 'newer', note: 'x'.repeat(1001) }), 400, 'note_too_long');
    assert.equal((await get(`/keys/${made.key.id}`)).name, 'new');
    await refused(
      post(`/keys/${(await find('secret', 'sandbox')).id}`, { permissions: ['customer_read'] }),
      409,
      'permissions_fixed',
    );
    await refused(
      post(`/keys/${(await find('publishable', 'sandbox')).id}`, { name: 'x' }),
      409,
      'publishable_not_editable',
    );
    await refused(post('/keys/mk_none', { name: 'x' }), 404, 'key_not_found');
  });

  it('limits a key to addresses, and opens it again', async () => {
    const { json: made } = await create();
    const put = (addresses: unknown): Promise<{ status: number; json: Json }> =>
      emulator.dashboard('PUT', `/keys/${made.key.id}/addresses`, { addresses });
    assert.deepEqual((await put(['203.0.113.7', '10.0.0.0/8'])).json.addresses, ['203.0.113.7', '10.0.0.0/8']);
    assert.equal(await works(made.token), 403);
    for (const bad of ['::1', '10.0.0.1/8', 'localhost', '1.2.3.4/33'])
      await refused(put([bad]), 400, 'address_invalid');
    await refused(put(['1.2.3.4', '1.2.3.4/32']), 400, 'address_invalid');
    await refused(put('1.2.3.4'), 400, 'invalid_request');
    assert.deepEqual((await put([])).json.addresses, []);
    assert.equal(await works(made.token), 200);
    await refused(
      emulator.dashboard('PUT', `/keys/${(await find('publishable', 'sandbox')).id}/addresses`, { addresses: [] }),
      409,
      'publishable_not_limited',
    );
  });

  it('duplicates a key with its permissions and, unless another is given, its name', async () => {
    const { json: made } = await create({
      kind: 'restricted',
      permissions: ['customer_read'],
      connect_permissions: ['balance_read'],
    });
    const { json } = await post(`/keys/${made.key.id}/duplicate`, { verification: await sendCode() });
    assert.deepEqual(
      [json.key.name, json.key.permissions, json.key.connect_permissions],
      ['worker', ['customer_read'], ['balance_read']],
    );
    assert.notEqual(json.token, made.token);
    const { json: named } = await post(`/keys/${made.key.id}/duplicate`, {
      name: 'other',
      verification: await sendCode(),
    });
    assert.equal(named.key.name, 'other');
    await refused(
      post(`/keys/${(await find('publishable', 'sandbox')).id}/duplicate`, { verification: await sendCode() }),
      400,
      'kind_not_creatable',
    );
  });

  it('tells when a key was last used', async () => {
    const { json } = await create();
    await works(json.token);
    assert.ok((await get(`/keys/${json.key.id}`)).last_used);
  });

  it('sets and advances its clock, which goes on from there', async () => {
    assert.equal((await post('/clock', { now: '2030-01-01T00:00:00Z' })).json.now.slice(0, 19), '2030-01-01T00:00:00');
    await advance(3600);
    assert.match((await get('/clock')).now, /^2030-01-01T01:00:/);
    await refused(post('/clock', { now: 'tomorrow' }), 400, 'invalid_request');
    await refused(post('/clock', { advance_seconds: -1 }), 400, 'invalid_request');
    await post('/reset');
    assert.ok(Math.abs(Date.parse((await get('/clock')).now) - Date.now()) < 5000);
  });

  it('exports what an import takes back: the same keys authenticate, and no secret is in the file', async () => {
    const { json: made } = await create({ kind: 'restricted', name: 'kept', permissions: ['balance_read'] });
    const exported = await get('/export');
    assert.ok(!JSON.stringify(exported).includes(made.token));
    await post('/reset');
    assert.equal(await works(made.token), 401);
    assert.deepEqual((await post('/import', exported)).json, { imported: true });
    assert.equal(await works(made.token), 200);
    assert.deepEqual(await get('/export'), exported);
  });

  for (const [why, change] of [
    ['a newer version', { keysmith_seed: 2 }],
    ['no version', { keysmith_seed: undefined }],
    ['no accounts', { accounts: [] }],
    ['an account id that is none', { accounts: [{ id: 'customer_1', name: 'x' }] }],
    ['a platform that is not there', { accounts: [{ id: 'acct_1', name: 'x', platform: 'acct_2' }] }],
    ['an unknown field', { surprise: true }],
    ['a key without an owner', { keys: [{ mode: 'live', kind: 'secret' }] }],
    [
      'an unknown permission',
      {
        keys: [{ account: 'acct_1', mode: 'live', kind: 'restricted', permissions: ['x_read'] }],
        accounts: [{ id: 'acct_1', name: 'x' }],
      },
    ],
  ] as const) {
    it(`refuses a seed with ${why}, and keeps what it has`, async () => {
      const before = await get('/export');
      await refused(post('/import', { ...before, ...change }), 400, 'seed_invalid');
      assert.deepEqual(await get('/export'), before);
    });
  }

  for (const body of ['nonsense', '[]', '"text"', 'null', '{"unknown":1}']) {
    it(`refuses ${body} as a body`, async () => {
      const { status, json } = await rawCall(emulator, {
        method: 'POST',
        path: '/_dashboard/verifications',
        headers: {
          ...bearer(emulator.dashboardToken),
          'content-type': 'application/json',
          'content-length': String(body.length),
        },
        body,
      });
      assert.deepEqual([status, json.error.code], [400, 'invalid_request']);
    });
  }
});
