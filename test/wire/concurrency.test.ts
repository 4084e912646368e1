import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bearer, rawCall } from './rawCall.ts';
import { startSeeded } from './seeded.ts';

type Change = readonly [method: string, path: string, body: unknown];

/** Requests that overlap a change of their key: each is answered by the key as it was or as it is, and none after the change by the old. */
describe('requests during a change of their key', () => {
  for (const [what, change] of [
    ['rotated now', (id: string): Change => ['POST', `/keys/${id}/rotate`, { expires: 'now' }]],
    ['deleted', (id: string): Change => ['DELETE', `/keys/${id}`, undefined]],
  ] as const) {
    it(`${what}: 200 before, 401 after, nothing else`, async () => {
      const emulator = await startSeeded([{ name: 'busy' }]);
      const { json } = await emulator.dashboard('GET', '/keys');
      const headers = bearer(emulator.token('busy'));
      let changed = false;
      const late: number[] = [];
      const worker = async (): Promise<number[]> => {
        const seen: number[] = [];
        for (let sent = 0; sent < 40; sent += 1) {
          const after = changed;
          const { status } = await rawCall(emulator, { path: '/v1/balance', headers });
          seen.push(status);
          if (after) late.push(status);
        }
        return seen;
      };
      const workers = Array.from({ length: 8 }, worker);
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      const { status } = await emulator.dashboard(...change(json.data[0].id));
      changed = true;
      const statuses = (await Promise.all(workers)).flat();
      assert.equal(status, 200);
      assert.deepEqual(
        [...new Set(statuses)].toSorted((a, b) => a - b),
        [200, 401],
      );
      assert.ok(late.length > 0 && late.every((one) => one === 401));
      await emulator.stop();
    });
  }

  it('rotated at a time: both keys work, and no request is refused meanwhile', async () => {
    const emulator = await startSeeded([{ name: 'busy' }]);
    const { json } = await emulator.dashboard('GET', '/keys');
    const { id } = json.data[0];
    const worker = async (): Promise<number[]> => {
      const seen: number[] = [];
      for (let sent = 0; sent < 30; sent += 1)
        seen.push((await rawCall(emulator, { path: '/v1/balance', headers: bearer(emulator.token('busy')) })).status);
      return seen;
    };
    const workers = Array.from({ length: 6 }, worker);
    const rotated = await emulator.dashboard('POST', `/keys/${id}/rotate`, { expires: { minutes: 60 } });
    assert.equal(rotated.status, 200);
    assert.deepEqual([...new Set((await Promise.all(workers)).flat())], [200]);
    assert.equal((await rawCall(emulator, { path: '/v1/balance', headers: bearer(rotated.json.token) })).status, 200);

    await emulator.dashboard('POST', '/clock', { advance_seconds: 1800 });
    assert.equal(
      (await rawCall(emulator, { path: '/v1/balance', headers: bearer(emulator.token('busy')) })).status,
      200,
    );
    await emulator.dashboard('POST', '/clock', { advance_seconds: 1801 });
    const ended = await rawCall(emulator, { path: '/v1/balance', headers: bearer(emulator.token('busy')) });
    assert.deepEqual([ended.status, ended.json.error.code], [401, 'api_key_expired']);
    assert.equal((await rawCall(emulator, { path: '/v1/balance', headers: bearer(rotated.json.token) })).status, 200);
    await emulator.stop();
  });

  it('twenty who rotate the same key at once: one does, the others are told', async () => {
    const emulator = await startSeeded([{ name: 'busy' }]);
    const { json } = await emulator.dashboard('GET', '/keys');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        emulator.dashboard('POST', `/keys/${json.data[0].id}/rotate`, { expires: 'now' }),
      ),
    );
    assert.deepEqual(
      [answers.filter(({ status }) => status === 200).length, answers.filter(({ status }) => status === 404).length],
      [1, 19],
    );
    await emulator.stop();
  });
});
