import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { everyPermission } from '../../src/domain/permissions.ts';
import type { Json } from './emulatorProgram.ts';
import { basic, rawCall } from './rawCall.ts';
import { assertAnswered, assertRefused } from './refusals.ts';
import { sdkCall, sdkOf } from './sdkCall.ts';
import { accounts, organization, startSeeded, type Seeded, type SeededKey } from './seeded.ts';

const start = Date.parse('2030-01-01T00:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const at = (time: number): string => new Date(time).toISOString();

/** A key of each kind, with what it can do. */
const keys: readonly SeededKey[] = [
  { name: 'secret', id: 'mk_1Secret' },
  { name: 'live', id: 'mk_1Live', mode: 'live' },
  { name: 'restricted', id: 'mk_1Restricted', kind: 'restricted', permissions: ['token_write'] },
  { name: 'publishable', id: 'mk_1Publishable', kind: 'publishable' },
  { name: 'organization', id: 'mk_1Organization', kind: 'organization', organization, permissions: everyPermission },
];

/** The emulator's clock is set and advanced by hand, so that days pass in milliseconds; it ticks on from there. */
describe('the end of a key', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([...keys, { name: 'ending', id: 'mk_1Ending', expires_at: at(start + day) }]);
  });
  after(() => emulator.stop());
  beforeEach(async () => {
    await emulator.plantAgain();
    await setClock(start);
  });

  const setClock = (time: number): Promise<unknown> => emulator.dashboard('POST', '/clock', { now: at(time) });

  /** Through the SDK, what every kind of key may do. */
  const use = (token: string, also: { readonly context?: string } = {}): ReturnType<typeof sdkCall> =>
    sdkCall(sdkOf(emulator, token), {
      method: 'POST',
      path: '/v1/tokens',
      parameters: { pii: { id_number: '1' } },
      ...(token.startsWith('sk_org') ? { context: accounts.platform } : {}),
      ...also,
    });
  const works = async (token: string): Promise<void> => assertAnswered(await use(token));
  const isOver = async (token: string): Promise<void> => {
    const tail = token.slice(-6);
    const prefix = /^(?:sk_org|[a-z]+)_(?:test|live)_/.exec(token)?.[0] ?? '';
    assertRefused(await use(token), 'expiredKey', `Expired API Key provided: ${prefix}${'*'.repeat(93)}${tail}`);
  };
  async function rotate(id: string, expires: unknown): Promise<{ key: Json; token: string }> {
    const { status, json } = await emulator.dashboard('POST', `/keys/${id}/rotate`, { expires });
    assert.equal(status, 200, json.error?.message);
    return json;
  }
  const keyOf = async (id: string): Promise<Json> => (await emulator.dashboard('GET', `/keys/${id}`)).json;

  it('comes at its very second, not before', async () => {
    await setClock(start + day - 3000);
    await works(emulator.token('ending'));
    await setClock(start + day);
    await isOver(emulator.token('ending'));
    assert.equal((await keyOf('mk_1Ending')).status, 'expired');
  });

  it('comes by itself, while the clock ticks', async () => {
    await setClock(start + day - 300);
    await works(emulator.token('ending'));
    await new Promise((resolve) => {
      setTimeout(resolve, 400);
    });
    await isOver(emulator.token('ending'));
  });

  it('is undone by going back in time, for a rehearsal of the same hour', async () => {
    await setClock(start + 2 * day);
    await isOver(emulator.token('ending'));
    await setClock(start);
    await works(emulator.token('ending'));
  });

  it('hides the key from lists, unless expired ones are asked for', async () => {
    await setClock(start + 2 * day);
    const listed = async (query: string): Promise<string[]> =>
      (await emulator.dashboard('GET', `/keys?${query}`)).json.data.map(({ id }: Json) => id);
    assert.ok(!(await listed('')).includes('mk_1Ending'));
    assert.ok((await listed('include_expired=true')).includes('mk_1Ending'));
  });

  for (const { name, id = '' } of keys) {
    describe(`of a rotated ${name} key`, () => {
      it('is now where that is asked for: the old key ends, the new one works', async () => {
        const { key, token } = await rotate(id, 'now');
        assert.notEqual(key.id, id);
        await isOver(emulator.token(name));
        await works(token);
        assert.equal((await emulator.dashboard('GET', `/keys/${id}`)).status, 404);
      });

      it('is at its time: until then both keys work, from then on the new one', async () => {
        const ends = start + 90 * minute;
        const { token } = await rotate(id, at(ends));
        assert.equal((await keyOf(id)).expires_at, at(ends));
        for (const time of [start, start + 45 * minute, ends - 3000]) {
          await setClock(time);
          await works(emulator.token(name));
          await works(token);
        }
        for (const time of [ends, ends + 1000, ends + 30 * day]) {
          await setClock(time);
          await isOver(emulator.token(name));
          await works(token);
        }
      });

      it('is in seven days at the latest', async () => {
        const { key, token } = await rotate(id, { minutes: 7 * 24 * 60 });
        assert.equal(key.expires_at, null);
        await setClock(start + 7 * day - 3000);
        await works(emulator.token(name));
        await setClock(start + 7 * day + 3000);
        await isOver(emulator.token(name));
        await works(token);
      });
    });
  }

  for (const [why, expires] of [
    ['later than in seven days', at(start + 7 * day + 60_000)],
    ['in the past', at(start - 1000)],
    ['more minutes than seven days have', { minutes: 7 * 24 * 60 + 1 }],
    ['no minutes', { minutes: 0 }],
    ['a day without an hour', '2030-01-02'],
    ['a word', 'tomorrow'],
  ] as const) {
    it(`cannot be ${why}, and the key stays as it is`, async () => {
      const { status } = await emulator.dashboard('POST', '/keys/mk_1Secret/rotate', { expires });
      assert.equal(status, 400);
      assert.equal((await keyOf('mk_1Secret')).expires_at, null);
      assert.equal((await emulator.dashboard('GET', '/keys')).json.data.length, keys.length + 1);
      await works(emulator.token('secret'));
    });
  }

  it('comes early where the ending key is deleted', async () => {
    const { token } = await rotate('mk_1Secret', { minutes: 60 });
    assert.equal((await emulator.dashboard('DELETE', '/keys/mk_1Secret')).status, 200);
    await isOver(emulator.token('secret'));
    await works(token);
  });

  it('comes to the new key too, when that is rotated in turn', async () => {
    const first = await rotate('mk_1Secret', { minutes: 60 });
    const second = await rotate(first.key.id, { minutes: 30 });
    await setClock(start + 31 * minute);
    await works(emulator.token('secret'));
    await isOver(first.token);
    await works(second.token);
    await setClock(start + 61 * minute);
    await isOver(emulator.token('secret'));
    await works(second.token);
  });

  it('is the same by Basic, which curl sends', async () => {
    await setClock(start + 2 * day);
    const headers = basic(`${emulator.token('ending')}:`);
    assertRefused(await rawCall(emulator, { path: '/v1/balance', headers }), 'expiredKey');
  });

  it('outlasts an export and an import', async () => {
    const exported = (await emulator.dashboard('GET', '/export')).json;
    assert.equal((await emulator.dashboard('POST', '/import', exported)).status, 200);
    await setClock(start);
    await works(emulator.token('ending'));
    await setClock(start + day);
    await isOver(emulator.token('ending'));
  });
});
