import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { Secret } from '../../../src/domain/secret.ts';
import { ownKeyId } from '../../../src/vault/ownKey.ts';
import { liveSecret, testSecret } from '../fixtures.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';
import { workspace } from './fakeVscode.ts';

const { copyKey, revealKey } = await import('../../../src/ui/commands/revealKey.ts');
const { showStored } = await import('../../../src/ui/commands/storedKeys.ts');
const { createApi } = await import('../../../src/ui/api.ts');
const { handOver } = await import('../../../src/ui/use/handOver.ts');
const { secretFor } = await import('../../../src/ui/use/secretFor.ts');
const { intoProgram } = await import('../../../src/ui/use/liveGuard.ts');

type UseDesk = Parameters<typeof secretFor>[0];

const live = new Secret(liveSecret(40));
const sandbox = new Secret(testSecret(40));

describe('the way out of the editor', () => {
  let flow: Flow;
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  beforeEach(async () => {
    await flow.desk.vault.store(ownKeyId(live), live, { name: 'our shop', kind: 'secret', mode: 'live' });
    await flow.desk.vault.store(ownKeyId(sandbox), sandbox, { name: 'our sandbox', kind: 'secret', mode: 'sandbox' });
  });
  afterEach(() => {
    user.beginAnew();
    user.settings['keysmith.use.liveKeys'] = 'ask';
    flow.secrets.clear();
    flow.revealed.splice(0);
    out = [];
  });

  let out: unknown[] = [];
  const row = (secret: Secret, name: string, mode: 'live' | 'sandbox') =>
    ({
      type: 'kept',
      entry: { state: 'kept', id: ownKeyId(secret), name, kind: 'secret', mode, mask: secret.mask, stored: new Date() },
    }) as const;
  const copied = (): string | undefined => (flow.desk.clipboard as unknown as { copied?: Secret }).copied?.reveal();
  const useDesk = (): UseDesk =>
    ({
      keys: flow.desk,
      chosen: { value: new Map([['STRIPE_SECRET_KEY', ownKeyId(live)]]) },
      allowed: new Set(),
      given: new Map(),
    }) as unknown as UseDesk;

  /** Every way, with a live key of the vault. */
  const ways: Readonly<Record<string, (of?: Secret) => Promise<unknown>>> = {
    'Reveal on a row': () => revealKey(flow.desk, row(live, 'our shop', 'live')),
    'Copy on a row': () => copyKey(flow.desk, row(live, 'our shop', 'live')),
    'Reveal of a row that says it is of the sandbox': () => revealKey(flow.desk, row(live, 'our shop', 'sandbox')),
    'Reveal from the palette': async () => {
      const done = revealKey(flow.desk);
      (await user.asked('Choose a key')).pick('our shop');
      await done;
    },
    'What Is Stored': async () => {
      const done = showStored(flow.desk);
      (await user.asked('Choose a key to copy it')).pick('our shop');
      await done;
    },
    'another extension': async () => {
      const given = await createApi(flow.desk.session, flow.desk.vault).getSecret(ownKeyId(live), 'some.extension');
      if (given !== undefined) out.push(given);
    },
    'keysmith.secretFor': async () => out.push(await secretFor(useDesk(), 'our shop')),
    'keysmith.secretFor with the chosen key': async () => out.push(await secretFor(useDesk(), undefined)),
    'a program': async () =>
      out.push(await handOver(flow.desk, new Map([['A', 'our shop']]), intoProgram('a command', ['Command: node x']))),
  };

  for (const [name, go] of Object.entries(ways)) {
    describe(`by ${name}`, () => {
      const before = (): unknown[] => [out.length, flow.revealed.length, copied()];

      it('asks for a live key in a box, in which Enter says no, and nothing goes without a yes', async () => {
        for (const answer of [undefined, 'Not Now']) {
          const held = before();
          const done = flow.run(go);
          const message = await user.told('LIVE key “our shop”');
          assert.ok(message.modal);
          assert.equal(message.buttons[0], 'Not Now');
          assert.match(message.detail, /^Mode: LIVE\. /);
          assert.equal(message.buttons.length, 2);
          message.press(answer);
          await done;
          assert.deepEqual(before(), held);
        }
        const done = flow.run(go);
        const message = await user.told('LIVE key “our shop”');
        message.press(message.buttons[1]);
        await done;
        assert.deepEqual(flow.bugs, []);
        const seen = [
          ...flow.revealed.map(({ token }) => token),
          copied(),
          ...out.map((one) => (Array.isArray(one) ? live.reveal() : one)),
        ];
        assert.ok(seen.includes(live.reveal()));
      });

      it('is shut where a setting says never, without a question', async () => {
        user.settings['keysmith.use.liveKeys'] = 'never';
        const held = before();
        await flow.run(go);
        if (name !== 'another extension') await user.told('keysmith.use.liveKeys is “never”');
        assert.ok(user.messages.every(({ modal }) => !modal));
        assert.deepEqual(before(), held);
      });

      it('is shut in an untrusted workspace, without a question', async () => {
        const held = before();
        workspace.isTrusted = false;
        await flow.run(go);
        if (name !== 'another extension') await user.told('No key is handed over in an untrusted workspace.');
        assert.ok(user.messages.every(({ modal }) => !modal));
        assert.deepEqual(before(), held);
      });
    });
  }

  it('is shut for sandbox keys too in an untrusted workspace', async () => {
    workspace.isTrusted = false;
    const { id } = row(sandbox, 'our sandbox', 'sandbox').entry;
    await flow.run(() => copyKey(flow.desk, row(sandbox, 'our sandbox', 'sandbox')));
    await flow.run(() => revealKey(flow.desk, row(sandbox, 'our sandbox', 'sandbox')));
    assert.equal(await createApi(flow.desk.session, flow.desk.vault).getSecret(id, 'some.extension'), undefined);
    assert.deepEqual([flow.revealed, copied() === sandbox.reveal()], [[], false]);
  });

  it('lets a sandbox key go to the user without a question', async () => {
    await flow.run(() => revealKey(flow.desk, row(sandbox, 'our sandbox', 'sandbox')));
    await flow.run(() => copyKey(flow.desk, row(sandbox, 'our sandbox', 'sandbox')));
    assert.equal(flow.revealed[0]?.token, sandbox.reveal());
    assert.equal(copied(), sandbox.reveal());
    assert.ok(user.messages.every(({ modal }) => !modal));
  });

  it('asks once, and says so, where a live key can be revealed only once', async () => {
    const keys = await flow.service.keys();
    const key = keys.ok ? keys.value.find(({ kind, mode }) => kind === 'secret' && mode === 'live') : undefined;
    assert.ok(key);
    const node = { type: 'key', owner: { owner: key.owner, id: 'acct', name: 'Platform' }, key } as const;
    const refused = flow.run(() => revealKey(flow.desk, node));
    const first = await user.told('Reveal the LIVE key “Secret key”?');
    assert.match(first.detail, /revealed only once/);
    assert.deepEqual(first.buttons, ['Not Now', 'Reveal Once']);
    first.press('Not Now');
    await refused;
    const again = await flow.service.keys();
    assert.ok(again.ok && again.value.find(({ id }) => id === key.id)?.revealable, 'still to be revealed');
    const done = flow.run(() => revealKey(flow.desk, node));
    (await user.told('Reveal the LIVE key')).press('Reveal Once');
    await done;
    assert.equal(flow.revealed.length, 1);
  });

  describe('to another extension', () => {
    const ask = (id: unknown, asker: unknown): Promise<string | undefined> =>
      createApi(flow.desk.session, flow.desk.vault).getSecret(id as string, asker as string);

    it('asks for a sandbox key each time, and Enter says no', async () => {
      for (const [answer, given] of [
        ['Not Now', undefined],
        ['Allow Once', sandbox.reveal()],
        [undefined, undefined],
      ] as const) {
        const done = ask(ownKeyId(sandbox), 'some.extension');
        const message = await user.told('Give the sandbox key “our sandbox” to another extension?');
        assert.deepEqual(message.buttons, ['Not Now', 'Allow Once']);
        message.press(answer);
        assert.equal(await done, given);
      }
    });

    it('shows what the extension says of itself as it is', async () => {
      const done = ask(ownKeyId(live), 'x”\n\nMode: SANDBOX\u202E');
      const { detail, press } = await user.told('Hand the LIVE key “our shop” to another extension?');
      assert.ok(detail.endsWith(String.raw`It says that it is: “x\u{201d}\n\nMode: SANDBOX\u{202e}”`), detail);
      press();
      assert.equal(await done, undefined);
    });

    for (const [why, id, asker] of [
      ['no id', undefined, 'a'],
      ['an id that is none', { toString: () => ownKeyId(live) }, 'a'],
      ['an asker that is none', ownKeyId(live), { toString: () => 'a' }],
      ['an asker that is too long to be shown', ownKeyId(live), 'x'.repeat(10_000)],
      ['a sandbox key and an asker that is too long', ownKeyId(sandbox), 'x'.repeat(10_000)],
      ['a key that there is not', 'own_none', 'a'],
    ] as const) {
      it(`gives nothing, and asks nothing, for ${why}`, async () => {
        assert.equal(await ask(id, asker), undefined);
        assert.deepEqual(user.messages, []);
      });
    }
  });

  it('shows what others have named as it is, whole, or hands nothing over', async () => {
    const odd = 'x” to nobody? “\n';
    await flow.desk.vault.store(ownKeyId(live), live, { name: odd, kind: 'secret', mode: 'live' });
    const go = (facts: string[] | 'tooLong'): Promise<unknown> =>
      flow.run(() => handOver(flow.desk, new Map([['A', ownKeyId(live)]]), intoProgram('a command', facts)));
    const done = go([`Command: node ${'x'.repeat(2500)}`]);
    const { text, detail, press } = await user.told('Hand the LIVE key');
    assert.equal(text, String.raw`Hand the LIVE key “x\u{201d} to nobody? \u{201c}\n” to a command?`);
    assert.ok(detail.endsWith('x'.repeat(2500)));
    press();
    await done;
    for (const facts of [[`Command: node ${'x'.repeat(3000)}`], 'tooLong' as const]) {
      await go(facts);
      (await user.told('too long to be shown whole')).press();
    }
  });

  it('is known to every file that opens a secret', () => {
    const root = join(import.meta.dirname, '../../../src');
    const opening = globSync(['ui/**/*.ts', 'extension.ts'], { cwd: root })
      .filter((path) => /\.reveal\(\)/.test(readFileSync(join(root, path), 'utf8')))
      .map((path) => path.replaceAll('\\', '/'));
    const known = new Set([
      'ui/api.ts', // behind letOut
      'ui/clipboard.ts', // told by commands that are behind letOut
      'ui/commands/importToVault.ts', // to see that it is in the vault already
      'ui/commands/replaceKey.ts', // to see that the vault has it
      'ui/commands/replaceToken.ts', // for its fingerprint
      'ui/commands/revealKey.ts', // publishable keys
      'ui/commands/tryCall.ts', // to the emulator, a sandbox key
      'ui/leaks/knownKeys.ts', // for its fingerprint
      'ui/leaks/moveLeak.ts', // to see that the vault has it
      'ui/leaks/replaceLeaked.ts', // into the files where the old key stood, after asking
      'ui/prompts/secretBox.ts', // told by commands that are behind letOut
      'ui/requests/sendAgain.ts', // to the emulator, a sandbox key
      'ui/use/debugKeys.ts', // to see that it stands where it may
      'ui/use/handOver.ts', // behind letOut
      'ui/use/runKeys.ts', // behind letOut
      'ui/use/secretFor.ts', // behind letOut
    ]);
    assert.deepEqual(
      opening.filter((path) => !known.has(path)),
      [],
    );
  });
});
