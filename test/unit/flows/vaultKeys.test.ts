import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { Secret } from '../../../src/domain/secret.ts';
import { ownKeyId } from '../../../src/vault/ownKey.ts';
import { fakeToken, liveSecret, testSecret } from '../fixtures.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { importToVault } = await import('../../../src/ui/commands/importToVault.ts');
const { forgetStored } = await import('../../../src/ui/commands/forgetStored.ts');
const { copyKey, revealKey } = await import('../../../src/ui/commands/revealKey.ts');
const { chooseKeys } = await import('../../../src/ui/use/chooseKeys.ts');

const paste = 'Paste a secret, restricted or organization key';

describe('keys of the vault', () => {
  let flow: Flow;
  let folder = '';
  before(async () => {
    flow = await startFlow();
    folder = mkdtempSync(join(tmpdir(), 'keysmith-import-'));
  });
  after(async () => {
    await flow[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    user.beginAnew();
    flow.secrets.clear();
    flow.revealed.splice(0);
    flow.become({ kind: 'running', origin: flow.origin, service: flow.service });
  });

  const keep = (token: string, name: string, id = ownKeyId(new Secret(token))): Promise<unknown> =>
    flow.desk.vault.store(id, new Secret(token), {
      name,
      kind: 'secret',
      mode: token.includes('_live_') ? 'live' : 'sandbox',
    });
  const put = (): Promise<unknown> => flow.run(() => importToVault(flow.desk));

  describe('that are put in', () => {
    it('are told when they are there already, and nothing changes', async () => {
      await keep(testSecret(), 'our shop');
      const before = [...flow.secrets];
      const done = put();
      const prompt = await user.asked(paste);
      prompt.type(testSecret());
      assert.equal(prompt.says, 'secret key, Sandbox, in the vault already, as “our shop”');
      prompt.enter();
      const { severity } = await user.told('This key is in the vault already, as “our shop”. Nothing has changed.');
      assert.equal(severity, 'information');
      await done;
      assert.deepEqual([...flow.secrets], before);
    });

    it('are told so as well where the emulator made them', async () => {
      const keys = await flow.service.keys();
      const key = keys.ok ? keys.value.find(({ kind, mode }) => kind === 'secret' && mode === 'sandbox') : undefined;
      assert.ok(key);
      const revealed = await flow.service.reveal(key.id);
      assert.ok(revealed.ok);
      const token = revealed.value.secret.reveal();
      const first = put();
      (await user.asked(paste)).answer(token);
      await first;
      await user.told('The Sandbox key “Secret key” is in the vault.');
      assert.deepEqual([...flow.secrets.keys()], [`keysmith.key.${key.id}`]);
      const second = put();
      (await user.asked(paste)).answer(token);
      await user.told('in the vault already, as “Secret key”');
      await second;
      assert.equal(flow.secrets.size, 1);
    });

    it('go back from the name to the text, and from there to the files', async () => {
      const file = join(folder, '.env');
      writeFileSync(file, `A=${fakeToken('rk_test')}\nB=${testSecret()}\n`);
      user.found.push(file);
      await keep(testSecret(), 'our shop');
      const done = put();
      const which = await user.asked('Which key?');
      assert.deepEqual(which.labels, ['Paste a key…', 'A', 'B']);
      assert.ok(which.items[2]?.description?.endsWith('in the vault already, as “our shop”'));
      which.pick('Paste a key…');
      (await user.asked(paste)).back();
      (await user.asked('Which key?')).pick('A');
      const name = await user.asked('Name under which it is kept');
      name.type('kept for later');
      name.back();
      (await user.asked('Which key?')).pick('A');
      const again = await user.asked('Name under which it is kept');
      assert.equal(again.value, 'A');
      again.answer('a name');
      await done;
      await user.told('The Sandbox key “a name” is in the vault.');
    });

    for (const [what, make] of [
      ['a link', (path: string) => symlinkSync('/etc/hostname', path)],
      ['a link to a device', (path: string) => symlinkSync('/dev/zero', path)],
      ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
      ['a file of 5 MB', (path: string) => writeFileSync(path, `K=${testSecret()}\n`.repeat(130_000))],
      ['a file that is gone', () => undefined],
    ] as const) {
      it(`are not looked for in ${what}`, async () => {
        const path = join(folder, `${what.replaceAll(' ', '-')}.env`);
        make(path);
        user.found.push(path);
        const done = put();
        (await user.asked(paste)).escape();
        await done;
        assert.deepEqual(flow.bugs, []);
      });
    }

    for (const text of ['', 'hunter2', fakeToken('pk_live'), fakeToken('sk_live', 0)]) {
      it(`are refused where they are none: “${text.slice(0, 8)}”`, async () => {
        const done = put();
        const prompt = await user.asked(paste);
        prompt.type('x').answer(text);
        await user.until('an objection', () => (prompt.says.startsWith('Not a Stripe secret key.') ? true : undefined));
        prompt.escape();
        await done;
        assert.equal(flow.secrets.size, 0);
      });
    }
  });

  for (const [state, become] of [
    ['runs', () => undefined],
    ['is off', () => flow.become({ kind: 'stopped' })],
    ['has failed', () => flow.become({ kind: 'failed', problem: { kind: 'emulatorCrashed', why: 'SIGKILL' } })],
  ] as const) {
    describe(`while the emulator ${state}`, () => {
      const begin = async (): Promise<void> => {
        await keep(liveSecret(), 'our shop');
        await keep(testSecret(), 'of the emulator', 'mk_kept');
        become();
      };

      it('are revealed from the palette', async () => {
        await begin();
        const done = flow.run(() => revealKey(flow.desk));
        const prompt = await user.asked('Choose a key');
        assert.ok(prompt.headings.includes('Vault'));
        prompt.pick('our shop');
        (await user.told('Reveal the LIVE key “our shop”?')).press('Reveal LIVE Key');
        await done;
        assert.deepEqual(
          flow.revealed.map(({ token, says }) => [token, says]),
          [[liveSecret(), 'From the vault.']],
        );
      });

      it('are copied from the palette', async () => {
        await begin();
        const done = flow.run(() => copyKey(flow.desk));
        (await user.asked('Choose a key')).pick('of the emulator');
        await done;
        await user.told('Copied the Sandbox key “of the emulator”.');
        assert.equal((flow.desk.clipboard as unknown as { copied: Secret }).copied.reveal(), testSecret());
      });

      it('are chosen for use from the palette', async () => {
        await begin();
        const chosen: (readonly unknown[])[] = [];
        const use = {
          keys: flow.desk,
          chosen: { value: new Map(), choose: async (...all: unknown[]) => void chosen.push(all) },
          injection: { active: false },
          overrides: { warn: () => undefined },
        } as unknown as Parameters<typeof chooseKeys>[0];
        const done = flow.run(() => chooseKeys(use));
        const prompt = await user.asked('Which key for STRIPE_SECRET_KEY');
        assert.ok(prompt.labels.includes('of the emulator'));
        prompt.pick('our shop');
        await done;
        assert.deepEqual(chosen.at(-1), [['STRIPE_SECRET_KEY', 'STRIPE_API_KEY'], ownKeyId(new Secret(liveSecret()))]);
      });

      it('are forgotten from the palette', async () => {
        await begin();
        const done = flow.run(() => forgetStored(flow.desk));
        (await user.asked('Which key?')).pick('our shop');
        (await user.told('Forget “our shop”?')).press('Forget');
        await done;
        assert.deepEqual([...flow.secrets.keys()], ['keysmith.key.mk_kept']);
      });

      it('stay where the question is cancelled', async () => {
        await begin();
        for (const command of [revealKey, copyKey]) {
          const done = flow.run(() => command(flow.desk));
          (await user.asked('Choose a key')).escape();
          await done;
        }
        const done = flow.run(() => forgetStored(flow.desk));
        (await user.asked('Which key?')).escape();
        await done;
        assert.equal(flow.secrets.size, 2);
        assert.deepEqual([flow.revealed, user.messages, flow.bugs], [[], [], []]);
      });
    });
  }

  it('are offered by Reveal and Copy while the emulator does not answer, which is said where there are none', async () => {
    const { emulatorKeyService } = await import('../../../src/management/emulatorKeyService.ts');
    const origin = 'http://127.0.0.1:1';
    const service = emulatorKeyService({ origin, dashboardToken: new Secret('nobody') });
    flow.become({ kind: 'running', origin, service });
    await flow.run(() => copyKey(flow.desk));
    await user.told('The emulator does not answer');
    await keep(testSecret(), 'our shop');
    const done = flow.run(() => copyKey(flow.desk));
    (await user.asked('Choose a key')).pick('our shop');
    await done;
    await user.told('Copied the Sandbox key “our shop”.');
  });

  it('that are none let Reveal and Copy say that the emulator is off', async () => {
    flow.become({ kind: 'stopped' });
    await flow.run(() => revealKey(flow.desk));
    await user.told('The emulator is not running. Start it first.');
  });
});
