import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'mocha';
import { startProgram, type EmulatorProgram } from './emulatorProgram.ts';

describe('the dashboard plane', () => {
  let emulator: EmulatorProgram;
  before(async () => {
    emulator = await startProgram();
  });
  after(() => emulator.stop());

  /** `fetch` does not let a caller choose `Host`. */
  function statusOf(headers: Record<string, string>, path = '/_dashboard/keys'): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request({ host: emulator.host, port: emulator.port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${emulator.dashboardToken}` });

  it('opens to its bearer token', async () => assert.equal(await statusOf(bearer()), 200));
  it('opens under the name localhost', async () =>
    assert.equal(await statusOf({ ...bearer(), host: `localhost:${emulator.port}` }), 200));
  it('stays shut without it', async () => assert.equal(await statusOf({}), 401));
  it('stays shut to another token', async () =>
    assert.equal(await statusOf({ authorization: 'Bearer nonsense' }), 401));
  it('stays shut to a name that was rebound to this machine', async () =>
    assert.equal(await statusOf({ ...bearer(), host: 'evil.example' }), 401));
  it('stays shut to a foreign page', async () =>
    assert.equal(await statusOf({ ...bearer(), origin: 'https://evil.example' }), 401));
  for (const host of ['127.0.0.1', '127.0.0.1:1', 'localhost', 'LOCALHOST:65535'])
    it(`opens under the name ${host}`, async () => assert.equal(await statusOf({ ...bearer(), host }), 200));
  for (const host of [
    'evil.example:12181',
    '127.0.0.1.evil.example',
    'localhost.',
    '127.0.0.1:99999',
    'api.stripe.com',
    '[::1]:12181',
  ])
    it(`stays shut under the name '${host}'`, async () => assert.equal(await statusOf({ ...bearer(), host }), 401));
  for (const origin of ['null', 'http://localhost:3000', 'http://127.0.0.1', 'https://localhost', 'file://', ''])
    it(`stays shut to the page '${origin}'`, async () => assert.equal(await statusOf({ ...bearer(), origin }), 401));
  for (const site of ['cross-site', 'same-site', 'same-origin'])
    it(`stays shut to what a browser asks for ${site}`, async () =>
      assert.equal(await statusOf({ ...bearer(), 'sec-fetch-site': site }), 401));

  it('tells its health only to this machine', async () => {
    assert.equal(await statusOf({}, '/_dashboard/health'), 200);
    assert.equal(await statusOf({ host: 'evil.example' }, '/_dashboard/health'), 401);
    assert.equal(await statusOf({ origin: 'null' }, '/_dashboard/health'), 401);
    assert.equal(await statusOf({ 'sec-fetch-site': 'cross-site' }, '/_dashboard/health'), 401);
  });
  it('has no other path', async () => assert.equal(await statusOf(bearer(), '/_dashboard/nothing'), 404));

  it('refuses a mode that does not exist', async () => {
    const { status, json } = await emulator.dashboard('GET', '/keys?mode=dream');
    assert.equal(status, 400);
    assert.equal(json.error.code, 'invalid_request');
  });

  it('reveals a live secret once, a sandbox one again and again', async () => {
    const { json } = await emulator.dashboard('GET', '/keys');
    for (const { id, mode, kind } of json.data) {
      if (kind !== 'secret') continue;
      const first = await emulator.dashboard('POST', `/keys/${id}/reveal`);
      const second = await emulator.dashboard('POST', `/keys/${id}/reveal`);
      assert.equal(first.status, 200);
      assert.equal(second.status, mode === 'live' ? 409 : 200);
      if (mode === 'live')
        assert.deepEqual([second.json.error.code, first.json.key.revealable], ['already_revealed', false]);
      else assert.equal(second.json.token, first.json.token);
    }
  });

  it('gives a live secret to exactly one of two who ask at once', async () => {
    const fresh = await startProgram();
    const { json } = await fresh.dashboard('GET', '/keys?mode=live');
    const { id } = json.data.find(({ kind }: { kind: string }) => kind === 'secret');
    const answers = await Promise.all(Array.from({ length: 8 }, () => fresh.dashboard('POST', `/keys/${id}/reveal`)));
    const statuses = answers.map(({ status }) => status);
    assert.deepEqual(
      [statuses.filter((status) => status === 200).length, statuses.filter((status) => status === 409).length],
      [1, 7],
    );
    await fresh.stop();
  });

  it('never deletes a publishable key', async () => {
    const { json } = await emulator.dashboard('GET', '/keys');
    const { id } = json.data.find(({ kind }: { kind: string }) => kind === 'publishable');
    const { status, json: body } = await emulator.dashboard('DELETE', `/keys/${id}`);
    assert.deepEqual([status, body.error.code], [409, 'publishable_not_deletable']);
  });
});
