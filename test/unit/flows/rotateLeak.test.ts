import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { ApiKey } from '../../../src/domain/key.ts';
import { fingerprintOf } from '../../../src/domain/fingerprint.ts';
import { guardMethods, type LeakPlace, type ReplaceAnswer, type ReplaceParams } from '../../../src/leaks/protocol.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { rotateLeak } = await import('../../../src/ui/leaks/rotateLeak.ts');

const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } };

describe('rotating a leaked key', () => {
  let flow: Flow;
  let key: ApiKey;
  let token: string;
  /** What becomes of a file with the key, by its name; each is an environment file of the workspace. */
  let files: Record<string, (params: ReplaceParams) => ReplaceAnswer | Promise<ReplaceAnswer>>;
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  afterEach(() => user.beginAnew());
  beforeEach(async () => {
    files = {};
    flow.revealed.splice(0);
    await begin('sandbox');
  });

  async function begin(mode: 'sandbox' | 'live'): Promise<void> {
    const keys = await flow.service.keys();
    assert.ok(keys.ok);
    const found = keys.value.findLast((one) => one.kind === 'secret' && one.mode === mode && !one.expires);
    assert.ok(found);
    key = found;
    const revealed = mode === 'sandbox' ? await flow.service.reveal(key.id) : undefined;
    token = revealed?.ok ? revealed.value.secret.reveal() : '';
  }
  const uriOf = (name: string): string => `file:///shop/${name}`;
  const nameOf = (uri: string): string => uri.slice('file:///shop/'.length);
  const guard = {
    request: async (method: string, params: unknown): Promise<unknown> => {
      const fingerprint = 'f';
      switch (method) {
        case guardMethods.scan:
          return { files: Object.keys(files).map((name) => ({ uri: uriOf(name), leaks: [{ range, fingerprint }] })) };
        case guardMethods.fix:
          return { ok: false, why: 'an environment file', environmentFile: true };
        default: {
          const asked = params as ReplaceParams;
          return files[nameOf(asked.uri)]?.(asked);
        }
      }
    },
    onNotification: async () => ({ dispose: () => undefined }),
  };
  function rotate(): Promise<unknown> {
    const { desk } = flow;
    const { vault, notifier } = desk;
    const knownKeys = async () => [{ fingerprint: 'f', keyId: key.id, name: key.name, where: 'emulator' as const }];
    const place: LeakPlace = { uri: uriOf('.env'), range, fingerprint: 'f' };
    const leakDesk = { guard, vault, notifier, knownKeys, refresh: () => undefined, keys: desk };
    return flow.run(() => rotateLeak(leakDesk, place));
  }
  const status = async (bearer: string): Promise<number> =>
    (await fetch(`${flow.origin}/v1/balance`, { headers: { authorization: `Bearer ${bearer}` } })).status;
  const statusOf = async (id: string): Promise<string | undefined> => {
    const keys = await flow.service.keys();
    assert.ok(keys.ok);
    const found = keys.value.find((one) => one.id === id);
    return found && (found.expires ? 'ends later' : found.status);
  };

  it('saves what it changes before the old key ends', async () => {
    const seen: { old: number; fresh: number; kept: boolean }[] = [];
    files['.env'] = async ({ replacement }) => {
      if (replacement !== undefined)
        seen.push({
          old: await status(token),
          fresh: await status(replacement),
          kept: [...flow.secrets.values()].some((text) => text.includes(replacement)),
        });
      return { ok: true, places: 1 };
    };
    const done = rotate();
    (await user.asked('Rotate Leaked Key')).pick('Now');
    (await user.told('Rotate the sandbox key')).press('Rotate and Replace');
    await done;
    assert.deepEqual(seen, [{ old: 200, fresh: 200, kept: true }]);
    assert.equal(await status(token), 401);
    const { text } = await user.told('was rotated');
    assert.match(text, /replaced at 1 of 1 places\. The vault has the new key\.$/);
    assert.deepEqual(flow.bugs, []);
  });

  it('tells beforehand what has to stay, and ends the old key all the same', async () => {
    const asked: ReplaceParams[] = [];
    files['.env'] = () => ({ ok: true, places: 1 });
    files['.env.staging'] = (params) => {
      asked.push(params);
      return { ok: false, why: 'git tracks .env.staging: a key in it would be committed.' };
    };
    const done = rotate();
    (await user.asked('Rotate Leaked Key')).pick('Now');
    const question = await user.told('Rotate the sandbox key');
    assert.match(question.detail, /stands at 2 places/);
    assert.match(question.detail, /These stay as they are.*\n\.env\.staging:4: git tracks \.env\.staging/);
    question.press('Rotate and Replace');
    await done;
    assert.ok(
      asked.every(({ replacement }) => replacement === undefined),
      'it is given no key',
    );
    assert.equal(await status(token), 401);
    assert.match((await user.told('was rotated')).text, /replaced at 1 of 2 places/);
  });

  for (const [what, fail] of [
    ['cannot be written', (): ReplaceAnswer => ({ ok: false, why: 'the disk is full' })],
    [
      'breaks the guard',
      (): ReplaceAnswer => {
        throw new Error('gone');
      },
    ],
  ] as const) {
    it(`lets the old key work where a file ${what} after all`, async () => {
      files['.env'] = ({ replacement }) => (replacement === undefined ? { ok: true, places: 1 } : fail());
      const done = rotate();
      (await user.asked('Rotate Leaked Key')).pick('Now');
      (await user.told('Rotate the sandbox key')).press('Rotate and Replace');
      await done;
      assert.equal(await status(token), 200);
      const { text } = await user.told('was rotated');
      assert.match(
        text,
        /at 0 of 1 places\. The vault has the new key\. The old key works for an hour still: not every file/,
      );
    });
  }

  describe('whose LIVE replacement the vault cannot keep', () => {
    const store = (): void => {
      throw new Error('no keyring');
    };
    beforeEach(async () => {
      await begin('live');
      Object.defineProperty(flow.secrets, 'set', { value: store, configurable: true });
      files['.env'] = () => ({ ok: true, places: 1 });
    });
    afterEach(() => void Reflect.deleteProperty(flow.secrets, 'set'));

    it('shows it until it is saved, and only then ends the old one', async () => {
      const done = rotate();
      (await user.asked('Rotate Leaked Key')).pick('Now');
      (await user.told('Rotate the LIVE key')).press('Rotate and Replace');
      (await user.told('Have you saved the new key')).press('Show It Again');
      const question = await user.told('Have you saved the new key');
      assert.equal(await statusOf(key.id), 'ends later');
      question.press('I Have Saved It');
      await done;
      assert.equal(flow.revealed.length, 2);
      const [shown] = flow.revealed;
      assert.ok(shown && shown.id !== key.id && shown.token.startsWith('sk_live_'));
      assert.equal(fingerprintOf(shown.token), fingerprintOf(flow.revealed[1]?.token ?? ''));
      assert.equal(await status(shown.token), 200);
      assert.equal(await statusOf(key.id), undefined);
    });

    it('keeps a way back to it where the question is closed, and the old key working', async () => {
      const done = rotate();
      (await user.asked('Rotate Leaked Key')).pick('Now');
      (await user.told('Rotate the LIVE key')).press('Rotate and Replace');
      (await user.told('Have you saved the new key')).press();
      await done;
      assert.equal(await statusOf(key.id), 'ends later');
      assert.match((await user.told('was rotated')).text, /The old key works for an hour still: nobody has saved/);
      (await user.told('is in no vault')).press('Show It Again');
      (await user.told('Have you saved the new key')).press('I Have Saved It');
      assert.equal(flow.revealed.length, 2);
    });
  });
});
