import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { diskKinds, type SmallDisk } from './disk/smallDisk.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';

/** A key but for its last use, which changes by reading. */
const unused = (key: Json): Json => ({ ...key, last_used: undefined });

for (const { name, missing, make } of diskKinds) {
  describe(`an emulator that meets ${name}`, () => {
    let disk: SmallDisk;
    let emulator: EmulatorProgram;
    let complaints = '';
    let token = '';
    let keys: Json;

    const pid = (): number => emulator.process.pid ?? 0;
    async function start(): Promise<void> {
      emulator = await startProgram(['--data', disk.folder]);
      complaints = '';
      emulator.process.stderr?.on('data', (text: string) => (complaints += text));
    }
    async function call(
      method: string,
      path: string,
      form?: string,
      headers: Record<string, string> = {},
    ): Promise<Json> {
      const response = await fetch(`${emulator.origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
        ...(form === undefined ? {} : { body: form }),
      });
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        ...((await response.json()) as object),
      };
    }
    const customers = async (): Promise<string[]> =>
      (await call('GET', '/v1/customers?limit=100')).data.map((customer: Json) => customer.name);
    const keyOf = (mode: string): string =>
      keys.find((key: Json) => key.kind === 'secret' && key.mode === mode && key.account).id;

    before(async function () {
      const why = missing();
      if (why !== undefined) {
        console.log(`    SKIPPED: ${why}`);
        this.skip();
      }
      disk = make();
      await start();
      keys = (await emulator.dashboard('GET', '/keys')).json.data;
      token = (await emulator.dashboard('POST', `/keys/${keyOf('sandbox')}/reveal`)).json.token;
      assert.equal((await call('POST', '/v1/customers', 'name=before')).status, 200);
      await emulator.dashboard('GET', '/requests'); // so that nothing waits to be written
      disk.fill(pid());
    });
    after(async () => {
      if (!disk) return;
      await emulator.stop('SIGKILL');
      disk.remove();
    });

    for (const [what, method, path, form, headers] of [
      ['a new object', 'POST', '/v1/customers', 'name=refused', {}],
      ['a new object with an idempotency key', 'POST', '/v1/customers', 'name=once', { 'Idempotency-Key': 'once' }],
      ['a new connected account', 'POST', '/v1/accounts', 'email=a@example.com', {}],
    ] as const) {
      it(`refuses ${what} as Stripe says that it failed itself, and says why`, async () => {
        const { status, type, error } = await call(method, path, form, headers);
        assert.deepEqual(
          [status, type, error.type, error.code],
          [500, 'application/json', 'api_error', 'store_unwritable'],
        );
        assert.match(error.message, /cannot write its store \(.+\), and has changed nothing/);
      });
    }

    for (const [what, method, path, body] of [
      ['a verification', 'POST', '/verifications', { account: 'acct_1aTnTtAAB0hHJ26p', mode: 'sandbox' }],
      ['an edit', 'POST', '/keys/:sandbox', { name: 'edited' }],
      ['an address rule', 'PUT', '/keys/:sandbox/addresses', { addresses: ['10.0.0.1'] }],
      ['a rotation', 'POST', '/keys/:sandbox/rotate', { expires: 'now' }],
      ['a deletion', 'DELETE', '/keys/:sandbox', undefined],
      ['the only reveal of a live secret', 'POST', '/keys/:live/reveal', undefined],
      ['a change of the clock', 'POST', '/clock', { advance_seconds: 3600 }],
      ['a change of the enforcement', 'POST', '/enforcement', { enforcement: 'off' }],
      ['a reset', 'POST', '/reset', undefined],
    ] as const) {
      it(`refuses ${what} on the dashboard plane`, async () => {
        const there = path.replace(/:(sandbox|live)/, (_, mode: string) => keyOf(mode));
        const { status, json } = await emulator.dashboard(method, there, body);
        assert.deepEqual([status, json.error.code], [409, 'store_unwritable'], JSON.stringify(json));
      });
    }

    it('goes on to answer who reads', async () => {
      for (let count = 0; count < 1500; count += 1) assert.equal((await call('GET', '/v1/customers')).status, 200);
      assert.equal(
        (await call('GET', '/v2/iam/api_keys', undefined, { 'Stripe-Version': '2026-10-28.preview' })).status,
        200,
      );
      for (const path of ['/accounts', '/outbox', '/clock', '/requests', '/export'])
        assert.equal((await emulator.dashboard('GET', path)).status, 200, path);
      assert.equal((await emulator.dashboard('POST', `/keys/${keyOf('sandbox')}/reveal`)).json.token, token);
    });

    it('has changed nothing', async () => {
      assert.deepEqual(await customers(), ['before']);
      const { data } = (await emulator.dashboard('GET', '/keys')).json;
      assert.deepEqual(data.map(unused), keys.map(unused));
      const ahead = Date.parse((await emulator.dashboard('GET', '/clock')).json.now) - Date.now();
      assert.ok(Math.abs(ahead) < 60_000, `the clock is ${ahead} ms ahead`);
      assert.deepEqual((await emulator.dashboard('GET', '/enforcement')).json, { enforcement: 'enforce' });
    });

    it('has said once what it cannot write', () =>
      assert.match(
        complaints.split('\n').toSorted().join('\n'),
        /^\nkeysmith: The request log cannot be written, .+\nkeysmith: When keys were last used cannot be written: .+$/,
      ));

    it('works as before, and keeps its newest requests, once there is room again', async () => {
      disk.makeRoom(pid());
      assert.equal((await call('POST', '/v1/customers', 'name=after')).status, 200);
      const once = await call('POST', '/v1/customers', 'name=once', { 'Idempotency-Key': 'once' });
      assert.equal(once.status, 200);
      assert.equal((await call('POST', '/v1/customers', 'name=once', { 'Idempotency-Key': 'once' })).id, once.id);
      assert.deepEqual(await customers(), ['once', 'after', 'before']);
      const revealed = await emulator.dashboard('POST', `/keys/${keyOf('live')}/reveal`);
      assert.equal(revealed.status, 200);
      const { data } = (await emulator.dashboard('GET', '/requests?method=GET&limit=1000')).json;
      assert.ok(data.length > 900, `${data.length} requests`);
    });

    it('stops cleanly with a full disk, and starts again with everything', async () => {
      disk.fill(pid());
      const late: string[] = []; // SQLite may still have room inside its write-ahead log
      const largeNote = 'x'.repeat(50_000);
      while ((await call('POST', '/v1/customers', `name=late&description=${largeNote}`)).status === 200)
        late.push('late');
      assert.ok(late.length < 90, `${late.length} were taken`);
      assert.equal(await emulator.stop(), 0);
      disk.makeRoom();
      await start();
      assert.deepEqual(await customers(), [...late, 'once', 'after', 'before']);
    });
  });
}
