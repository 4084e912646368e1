import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { ReplaceAnswer, ReplaceParams } from '../../../src/leaks/protocol.ts';
import { ownerId, type ApiKey } from '../../../src/domain/key.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { KeyNode } from '../../../src/ui/tree/nodes.ts';
import { memory, startFlow, type Flow } from './flow.ts';
import { window } from './fakeVscode.ts';
import { user } from './user.ts';

const { rotateKey } = await import('../../../src/ui/commands/rotateKey.ts');
const { deleteKey } = await import('../../../src/ui/commands/deleteKey.ts');
const { HandedOver } = await import('../../../src/ui/use/handedOver.ts');
const { ChosenKeys } = await import('../../../src/ui/use/chosenKeys.ts');
const { Injection } = await import('../../../src/ui/use/injection.ts');
const { LiveUses } = await import('../../../src/ui/use/liveUses.ts');
const { followTerminals } = await import('../../../src/ui/use/liveTerminals.ts');
const { followRotations } = await import('../../../src/ui/use/followRotations.ts');
const { handOver } = await import('../../../src/ui/use/handOver.ts');
const { inject } = await import('../../../src/ui/use/inject.ts');
const { intoProgram } = await import('../../../src/ui/use/liveGuard.ts');

type UseDesk = Parameters<typeof inject>[0];

describe('rotating a key that was handed over', () => {
  let flow: Flow;
  let use: UseDesk;
  let key: ApiKey;
  let variables: Map<string, string>;
  let kept: Map<string, unknown>;
  let following: { dispose(): unknown }[];
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  beforeEach(async () => {
    user.settings['enablePersistentSessions'] = false; // of the terminal
    variables = new Map();
    kept = new Map();
    const { handedOver } = flow.desk;
    const collection = {
      replace: (name: string, value: string) => void variables.set(name, value),
      delete: (name: string) => void variables.delete(name),
      prepend: () => undefined,
      clear: () => variables.clear(),
    };
    const liveUses = new LiveUses();
    const injection = new Injection(collection as unknown as ConstructorParameters<typeof Injection>[0], liveUses);
    const chosen = new ChosenKeys(memory(kept), (id) => handedOver.current(id));
    use = {
      keys: flow.desk,
      chosen,
      injection,
      liveUses,
      overrides: { warn: () => undefined },
    } as unknown as UseDesk;
    following = [followTerminals({ injection, liveUses, handedOver, memory: memory(kept) }), followRotations(use)];
    key = await secretKey('sandbox');
    await chosen.choose(['STRIPE_SECRET_KEY'], key.id);
  });
  afterEach(() => {
    for (const terminal of window.terminals.slice()) user.closeTerminal(terminal);
    for (const one of following) one.dispose();
    user.beginAnew();
  });

  async function secretKey(mode: 'sandbox' | 'live'): Promise<ApiKey> {
    const keys = await flow.service.keys();
    assert.ok(keys.ok);
    const found = keys.value.findLast(
      (one) =>
        one.kind === 'secret' &&
        one.mode === mode &&
        one.expires === undefined &&
        ownerId(one.owner) === 'acct_1R3fqDP6919yCiFv',
    );
    assert.ok(found);
    return found;
  }
  const nodeOf = (of: ApiKey): KeyNode => ({
    type: 'key',
    owner: { owner: of.owner, id: 'acct', name: 'Platform' },
    key: of,
  });
  const tokenOf = async (id: string): Promise<string> => {
    const revealed = await flow.service.reveal(id);
    assert.ok(revealed.ok);
    return revealed.value.secret.reveal();
  };
  /** Rotates the key and presses what a question about it offers. */
  async function rotate(
    expiry: string,
    button = 'Rotate Key',
  ): Promise<{ readonly text: string; readonly detail: string }> {
    const done = flow.run(() => rotateKey(flow.desk, nodeOf(key)));
    (await user.asked('Rotate Key')).pick(expiry);
    const question = await user.told('Rotate the');
    question.press(button);
    (await user.asked('Add a Note')).escape();
    await done;
    assert.deepEqual(flow.bugs, []);
    return question;
  }
  const replacement = async (): Promise<ApiKey> => await secretKey('sandbox');

  it('carries the choices of this workspace, and of every other', async () => {
    const elsewhere = new ChosenKeys(memory(new Map([['keysmith.use.chosen', { A: key.id }]])), (id) =>
      flow.desk.handedOver.current(id),
    );
    await rotate('Now');
    const { id } = await replacement();
    assert.notEqual(id, key.id);
    assert.deepEqual([...use.chosen.value], [['STRIPE_SECRET_KEY', id]]);
    assert.deepEqual([...elsewhere.value], [['A', id]]);
  });

  it('carries what names it in launch configurations and on command lines, while it still works too', async () => {
    following.push(flow.desk.handedOver.begin({ kind: 'program', keys: [key.id], what: 'a program' }));
    await rotate('In 1 hour');
    const { id } = await replacement();
    for (const name of [key.id, key.name, id]) {
      const [handed] = await handOver(flow.desk, new Map([['A', name]]), intoProgram('a command'));
      assert.deepEqual([handed?.key.id, handed?.secret.reveal()], [id, await tokenOf(id)], name);
    }
  });

  it('shows a LIVE replacement that the vault cannot keep until it is saved', async () => {
    key = await secretKey('live');
    const shownBefore = flow.revealed.length;
    const store = (): void => {
      throw new Error('no keyring');
    };
    Object.defineProperty(flow.secrets, 'set', { value: store, configurable: true });
    try {
      const done = flow.run(() => rotateKey(flow.desk, nodeOf(key)));
      (await user.asked('Rotate Key')).pick('In 1 hour');
      (await user.told('Rotate the')).press('Rotate Key');
      (await user.told('Have you saved the new key')).press('Show It Again');
      (await user.told('Have you saved the new key')).press('I Have Saved It');
      (await user.asked('Add a Note')).escape();
      await done;
      const shown = flow.revealed.slice(shownBefore);
      assert.equal(shown.length, 2);
      assert.ok(shown.every(({ id, token }) => id !== key.id && token.startsWith('sk_live_')));
      assert.deepEqual(flow.bugs, []);
    } finally {
      Reflect.deleteProperty(flow.secrets, 'set');
    }
  });

  it('gives new terminals its replacement', async () => {
    await inject(use);
    assert.equal(variables.get('STRIPE_SECRET_KEY'), await tokenOf(key.id));
    await rotate('Now');
    const { id } = await replacement();
    await user.until('the new value', () => (use.injection.keys.includes(id) ? true : undefined));
    assert.equal(variables.get('STRIPE_SECRET_KEY'), await tokenOf(id));
  });

  it('gives new terminals nothing where its replacement may not go there', async () => {
    await inject(use);
    // Meanwhile the editor writes terminals down again, and the user wants it so.
    user.settings['enablePersistentSessions'] = true;
    await rotate('Now');
    await user.told('The editor writes the environment of its terminals to disk');
    assert.equal(variables.has('STRIPE_SECRET_KEY'), false);
    assert.deepEqual(use.injection.keys, []);
  });

  it('counts and names who has it before it ends, and marks them after', async () => {
    await inject(use);
    const first = user.openTerminal({ name: 'server' }, 11);
    const second = user.openTerminal({ name: 'x”\u202E' }, 12);
    const program = flow.desk.handedOver.begin({ kind: 'program', keys: [key.id], what: 'node server.js' });
    following.push(flow.desk.handedOver.begin({ kind: 'program', keys: ['mk_other'], what: 'another' }));
    const { text, detail } = await rotate('In 1 hour');
    assert.equal(text, 'Rotate the sandbox key “Secret key”?');
    assert.ok(
      detail.includes(
        String.raw`2 open terminals have it, and keep it until they are closed: the terminal “server”, the terminal “x\u{201d}\u{202e}”`,
      ),
      detail,
    );
    assert.ok(detail.includes('1 running program has it, and keeps it until it ends: node server.js'), detail);
    assert.ok(detail.includes('Choices of workspaces, new terminals and launch configurations get the replacement.'));
    const marked = (): string[] =>
      user.statusBar.filter(({ id }) => id === 'keysmith.oldKeys').map(({ text: words }) => words);
    assert.deepEqual(marked(), ['$(history) 3 have an old key']);
    program.dispose();
    user.closeTerminal(second);
    assert.deepEqual(marked(), ['$(history) 1 has an old key']);
    assert.match(user.statusBar.find(({ id }) => id === 'keysmith.oldKeys')?.tooltip ?? '', /the terminal “server”/);
    const { id } = await replacement();
    await user.until('the new value', () => (use.injection.keys.includes(id) ? true : undefined));
    user.openTerminal({ name: 'new' }, 13);
    assert.deepEqual(marked(), ['$(history) 1 has an old key'], 'a new one has the replacement');
    user.closeTerminal(first);
    assert.deepEqual(marked(), []);
  });

  it('knows terminals of the profile, and those from before a reload', async () => {
    user.openTerminal({ name: 'Stripe shell (sandbox)', env: { KEYSMITH_KEYS: key.id } }, 21);
    assert.equal(flow.desk.handedOver.holdersOf(key.id).length, 1);
    await user.until('what is remembered', () => (kept.has('keysmith.use.terminals') ? true : undefined));
    const { injection, liveUses } = use;
    const reloaded = new HandedOver(memory());
    following.push(followTerminals({ injection, liveUses, handedOver: reloaded, memory: memory(kept) }));
    await user.until('the terminal', () => (reloaded.holdersOf(key.id).length === 1 ? true : undefined));
  });

  it('asks nothing of a sandbox key that nobody has and that goes on working', async () => {
    const done = flow.run(() => rotateKey(flow.desk, nodeOf(key)));
    (await user.asked('Rotate Key')).pick('In 1 hour');
    (await user.asked('Add a Note')).escape();
    await done;
  });

  it('puts the new key into the vault before anything else', async () => {
    await rotate('Now');
    const { id } = await replacement();
    assert.ok(flow.secrets.has(`keysmith.key.${id}`));
    assert.ok(!flow.secrets.has(`keysmith.key.${key.id}`));
  });

  describe('that is to end now', () => {
    let token: string;
    /** What becomes of the environment file, where it is given a replacement. */
    let write: (replacement: string) => Promise<ReplaceAnswer>;
    let written: string[];
    const status = async (bearer: string): Promise<number> =>
      (await fetch(`${flow.origin}/v1/balance`, { headers: { authorization: `Bearer ${bearer}` } })).status;
    const works = async (id: string): Promise<string> => {
      const keys = await flow.service.keys();
      assert.ok(keys.ok);
      const found = keys.value.find((one) => one.id === id);
      return found ? (found.expires ? 'ends later' : 'works') : 'ended';
    };
    beforeEach(async () => {
      token = await tokenOf(key.id);
      written = [];
      write = async () => ({ ok: true, places: 1 });
      user.found.push('/shop/.env');
      await flow.desk.vault.store(key.id, new Secret(token), key);
      const request = async (_method: string, params: ReplaceParams): Promise<ReplaceAnswer> => {
        if (params.replacement === undefined) return { ok: true, places: 1 };
        written.push(params.replacement);
        return write(params.replacement);
      };
      Object.defineProperty(flow.desk, 'guard', { value: { request }, configurable: true });
    });
    afterEach(() => {
      user.found.splice(0);
      Reflect.deleteProperty(flow.desk, 'guard');
      Reflect.deleteProperty(flow.secrets, 'set');
    });
    const inVault = (): boolean => flow.secrets.has(`keysmith.key.${key.id}`);
    async function rotateNow(files: string | undefined): Promise<void> {
      const done = flow.run(() => rotateKey(flow.desk, nodeOf(key)));
      (await user.asked('Rotate Key')).pick('Now');
      (await user.told('Rotate the')).press('Rotate Key');
      (await user.told('Put the new key where')).press(...(files === undefined ? [] : [files]));
      (await user.asked('Add a Note')).escape();
      await done;
    }

    it('works while files are written, and ends when they are', async () => {
      const seen: unknown[] = [];
      write = async (fresh) => {
        seen.push([await status(token), await status(fresh), inVault()]);
        return { ok: true, places: 1 };
      };
      await rotateNow('Replace');
      assert.deepEqual(seen, [[200, 200, true]]);
      assert.equal(await status(token), 401);
      assert.equal(inVault(), false);
      assert.deepEqual(flow.bugs, []);
    });

    for (const [what, fail] of [
      ['cannot be written', async (): Promise<ReplaceAnswer> => ({ ok: false, why: 'The disk is full.' })],
      ['breaks the guard', (): Promise<ReplaceAnswer> => Promise.reject(new Error('gone'))],
    ] as const) {
      it(`works on where a file ${what}, and this is said`, async () => {
        write = fail;
        await rotateNow('Replace');
        await user.told('The old key works for an hour still: not every file could be changed.');
        assert.equal(await status(token), 200);
        assert.equal(await works(key.id), 'ends later');
        assert.equal(inVault(), true);
        assert.ok(flow.secrets.has(`keysmith.key.${(await replacement()).id}`));
        flow.bugs.splice(0);
      });
    }

    it('ends where the user leaves the files as they are, which nobody then changes', async () => {
      await rotateNow(undefined);
      assert.deepEqual(written, []);
      assert.equal(await status(token), 401);
      assert.ok(flow.secrets.has(`keysmith.key.${(await replacement()).id}`));
    });

    for (const [answer, what, button, then] of [
      ['nobody has', 'works on and stays in the vault', undefined, { old: 200, forgotten: false }],
      ['the user has', 'ends', 'I Have Saved It', { old: 401, forgotten: true }],
    ] as const) {
      it(`${what} with a replacement that ${answer}, as the vault does not`, async () => {
        user.found.splice(0);
        const store = (): void => {
          throw new Error('no keyring');
        };
        Object.defineProperty(flow.secrets, 'set', { value: store, configurable: true });
        const done = flow.run(() => rotateKey(flow.desk, nodeOf(key)));
        (await user.asked('Rotate Key')).pick('Now');
        (await user.told('Rotate the')).press('Rotate Key');
        const question = await user.told('Have you saved the new key');
        assert.equal(await status(token), 200);
        question.press(...(button === undefined ? [] : [button]));
        (await user.asked('Add a Note')).escape();
        await done;
        assert.deepEqual({ old: await status(token), forgotten: !inVault() }, then);
        if (button === undefined) await user.told('The old key works for an hour still: nobody has saved the new one.');
      });
    }

    it('ends at once where it is publishable, with no vault and no file', async () => {
      const keys = await flow.service.keys();
      assert.ok(keys.ok);
      const found = keys.value.findLast(
        ({ kind, mode, expires }) => kind === 'publishable' && mode === 'sandbox' && !expires,
      );
      assert.ok(found);
      key = found;
      const done = flow.run(() => rotateKey(flow.desk, nodeOf(key)));
      (await user.asked('Rotate Key')).pick('Now');
      (await user.told('Rotate the')).press('Rotate Key');
      await done;
      assert.equal(await works(key.id), 'ended');
      assert.deepEqual([written, flow.bugs], [[], []]);
    });
  });

  it('says who has a key that is deleted, and marks them', async () => {
    user.openTerminal({ name: 'shell', env: { KEYSMITH_KEYS: key.id } }, 31);
    const made = await flow.service.rotate(key.id, { minutes: 60 }); // so that a secret key is left
    assert.ok(made.ok);
    const keys = await flow.service.keys();
    const old = keys.ok ? keys.value.find(({ id }) => id === key.id) : undefined;
    assert.ok(old);
    const done = flow.run(() => deleteKey(flow.desk, nodeOf(old)));
    const question = await user.told('Delete the');
    assert.match(question.detail, /1 open terminal has it, and keeps it until it is closed: the terminal “shell”/);
    question.press('End Key Now');
    await done;
    assert.deepEqual(
      user.statusBar.map(({ text }) => text),
      ['$(history) 1 has an old key'],
    );
  });
});

describe('what became of a key', () => {
  it('is followed through every rotation, and through no circle', async () => {
    const handedOver = new HandedOver(memory());
    for (const [old, next] of [
      ['a', 'b'],
      ['b', 'c'],
      ['x', 'y'],
      ['y', 'x'],
      ['gone', undefined],
    ] as const)
      await handedOver.replaced(old, next);
    assert.deepEqual(
      ['a', 'b', 'c', 'gone', 'other'].map((id) => handedOver.current(id)),
      ['c', 'c', 'c', 'gone', 'other'],
    );
    assert.ok(['x', 'y'].includes(handedOver.current('x')));
  });

  it('is kept in ids, and not for ever', async () => {
    const kept = new Map<string, unknown>();
    const handedOver = new HandedOver(memory(kept));
    for (let index = 0; index < 1100; index += 1) await handedOver.replaced(`mk_${index}`, `mk_${index + 1}`);
    assert.equal(Object.keys(kept.get('keysmith.use.replaced') as object).length, 1000);
    assert.equal(handedOver.current('mk_0'), 'mk_0');
    assert.equal(handedOver.current('mk_500'), 'mk_1100');
  });

  it('is nothing where what is kept is nonsense', () => {
    for (const nonsense of [undefined, 5, 'x', [], { mk_1: 5 }, null])
      assert.equal(new HandedOver(memory(new Map([['keysmith.use.replaced', nonsense]]))).current('mk_1'), 'mk_1');
  });
});
