import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { fingerprintOf } from '../../../src/domain/fingerprint.ts';
import {
  guardMethods,
  type FixAnswer,
  type FixParams,
  type KeepAnswer,
  type LeakPlace,
} from '../../../src/leaks/protocol.ts';
import { liveSecret } from '../fixtures.ts';
import { workspace } from './fakeVscode.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { moveLeak } = await import('../../../src/ui/leaks/moveLeak.ts');

const token = liveSecret(99);
const range = { start: { line: 0, character: 3 }, end: { line: 0, character: 9 } };
const place: LeakPlace = { uri: 'file:///shop/pay.js', range, fingerprint: fingerprintOf(token) };
const tracked: FixAnswer = { ok: false, why: 'git tracks .env.', tracked: { file: '.env', instead: '.env.local' } };

describe('moving a leaked key', () => {
  let flow: Flow;
  /** What happens, in order. */
  let steps: string[];
  let answers: { fix: (params: FixParams) => FixAnswer; keep: () => KeepAnswer };
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  afterEach(() => user.beginAnew());
  beforeEach(() => {
    flow.secrets.clear();
    steps = [];
    answers = { fix: ({ file = '.env' }) => fixed(file), keep: () => ({ ok: true, notes: [] }) };
  });

  const fixed = (file: string): FixAnswer => ({
    ok: true,
    variable: 'STRIPE_SECRET_KEY',
    mode: 'live',
    kind: 'secret',
    fingerprint: fingerprintOf(token),
    token,
    file,
    example: true,
    edits: [{ range, newText: 'process.env.STRIPE_SECRET_KEY' }],
    files: [],
  });
  const guard = {
    request: async (method: string, params: unknown): Promise<unknown> => {
      const inVault = [...flow.secrets.values()].some((text) => text.includes(token));
      steps.push(
        `${method.split('/')[1]}${inVault ? ', with the key in the vault' : ''}${user.edits.length > 0 ? ', with the text changed' : ''}`,
      );
      switch (method) {
        case guardMethods.fix:
          return answers.fix(params as FixParams);
        case guardMethods.keep:
          return answers.keep();
        case guardMethods.load:
          return {
            message: 'Nothing here loads .env yet.',
            offer: { kind: 'copy', label: 'Copy the Command', text: 'node --env-file=.env' },
          };
        default:
          return { ok: true };
      }
    },
    onNotification: async () => ({ dispose: () => undefined }),
  };
  const move = (): Promise<unknown> => {
    const { vault, notifier } = flow.desk;
    return flow.run(() =>
      moveLeak({ guard, vault, notifier, knownKeys: async () => [], refresh: () => undefined }, place),
    );
  };
  const hasKey = (): boolean => flow.secrets.size > 0;

  it('asks first whether the file may have it; then the vault, the file and the text have it, in this order', async () => {
    await move();
    assert.deepEqual(steps, [
      'fix',
      'keep, with the key in the vault',
      'fix, with the key in the vault',
      'load, with the key in the vault, with the text changed',
    ]);
    assert.deepEqual(user.edits, [{ uri: place.uri, text: 'process.env.STRIPE_SECRET_KEY' }]);
    const said = await user.told('The code reads STRIPE_SECRET_KEY now');
    assert.match(said.text, /Nothing here loads \.env yet\./);
    said.press('Copy the Command');
    await user.until('the command', () => (user.clipboard === 'node --env-file=.env' ? true : undefined));
  });

  it('leaves the vault and the text alone where the file may not have it', async () => {
    answers.fix = () => ({ ok: false, why: '.env leads out of the folder. No key is written there.' });
    await move();
    await user.told('leads out of the folder');
    assert.ok(!hasKey() && user.edits.length === 0);
    assert.deepEqual(steps, ['fix']);
  });

  it('leaves the text alone where the vault does not keep it', async () => {
    Object.defineProperty(flow.secrets, 'set', {
      value: () => {
        throw new Error('no keyring');
      },
      configurable: true,
    });
    try {
      await move();
    } finally {
      Reflect.deleteProperty(flow.secrets, 'set');
    }
    assert.deepEqual(steps, ['fix']);
    assert.equal(user.edits.length, 0);
    assert.equal(user.messages.length, 1);
  });

  it('leaves the text alone where the vault gives back another one', async () => {
    Object.defineProperty(flow.secrets, 'set', {
      value(this: Map<string, string>, name: string, text: string) {
        return Map.prototype.set.call(this, name, text.replace(token, `${token}0`));
      },
      configurable: true,
    });
    try {
      await move();
    } finally {
      Reflect.deleteProperty(flow.secrets, 'set');
    }
    assert.deepEqual(steps, ['fix']);
    assert.equal(user.edits.length, 0);
    assert.equal(flow.bugs.splice(0).length, 1);
  });

  it('leaves the text alone where the file cannot be written, and says that the vault has it', async () => {
    answers.keep = () => ({ ok: false, why: 'The disk is full.' });
    await move();
    assert.match((await user.told('The disk is full.')).text, /The vault has the key too\./);
    assert.equal(user.edits.length, 0);
  });

  it('says where it is when the text has changed meanwhile', async () => {
    let asked = 0;
    answers.fix = () => ((asked += 1) === 1 ? fixed('.env') : { ok: false, why: 'The key no longer stands there.' });
    await move();
    assert.match((await user.told('.env has the key')).text, /as STRIPE_SECRET_KEY now, but the text was not changed/);
    assert.equal(user.edits.length, 0);
  });

  describe('whose file git tracks', () => {
    beforeEach(() => {
      let untracked = false;
      answers.fix = ({ file }) => {
        untracked ||= steps.some((step) => step.startsWith('keepOut'));
        return file === '.env.local' || untracked ? fixed(file ?? '.env') : tracked;
      };
    });

    it('goes into another one, if that is wanted', async () => {
      const done = move();
      const question = await user.told('Where shall the key go?');
      assert.deepEqual(question.buttons, ['Use .env.local', 'Stop Tracking .env']);
      assert.ok(question.modal && !hasKey());
      question.press('Use .env.local');
      await done;
      assert.ok(!steps.some((step) => step.startsWith('keepOut')));
      assert.equal(user.edits.length, 1);
    });

    it('waits for git to let go of it, if that is wanted', async () => {
      const done = move();
      (await user.told('Where shall the key go?')).press('Stop Tracking .env');
      await done;
      assert.deepEqual(steps.slice(0, 3), ['fix', 'keepOut', 'fix']);
      assert.equal(user.edits.length, 1);
    });

    it('stays where it is, if nothing is wanted', async () => {
      const done = move();
      (await user.told('Where shall the key go?')).press();
      await done;
      assert.ok(!hasKey() && user.edits.length === 0 && user.messages.length === 0);
    });

    it('is not offered to be let go of by git where nobody trusts the workspace', async () => {
      workspace.isTrusted = false;
      const done = move();
      const question = await user.told('Where shall the key go?');
      assert.deepEqual(question.buttons, ['Use .env.local']);
      question.press();
      await done;
    });
  });
});
