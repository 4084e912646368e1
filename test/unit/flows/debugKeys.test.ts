import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Problem } from '../../../src/domain/problem.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { ownKeyId } from '../../../src/vault/ownKey.ts';
import { liveSecret, testSecret } from '../fixtures.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { withKeys } = await import('../../../src/ui/use/debugKeys.ts');

type UseDesk = Parameters<typeof withKeys>[0];

const sandbox = new Secret(testSecret(40));
const live = new Secret(liveSecret(40));

describe('a debug session that asks for a key', () => {
  let flow: Flow;
  let use: UseDesk;
  let problems: Problem[];
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  beforeEach(async () => {
    problems = [];
    use = {
      keys: flow.desk,
      chosen: { value: new Map() },
      given: new Map(),
      overrides: { warn: () => undefined },
    } as unknown as UseDesk;
    delete user.settings['persistentSessionReviveProcess'];
    delete user.settings['enablePersistentSessions'];
    for (const [secret, name, mode] of [
      [sandbox, 'our sandbox', 'sandbox'],
      [live, 'our shop', 'live'],
    ] as const)
      await flow.desk.vault.store(ownKeyId(secret), secret, { name, kind: 'secret', mode });
  });
  afterEach(() => user.beginAnew());

  const start = (configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> =>
    withKeys(use, configuration, (problem) => problems.push(problem));
  const asking = (type: string, key = 'our sandbox'): vscode.DebugConfiguration => ({
    type,
    request: 'launch',
    name: 'server',
    command: 'npm start',
    env: { A: `keysmith:${key}` },
  });
  const restored = 'The editor writes the environment of its terminals to disk.';

  for (const type of ['node-terminal', 'pwa-node-terminal']) {
    it(`in a terminal of its own (${type}) asks about restored terminals first, as terminals do`, async () => {
      const refused = start(asking(type));
      (await user.told(restored)).press();
      assert.equal(await refused, undefined);
      const started = start(asking(type));
      (await user.told(restored)).press('Stop Restoring Terminals');
      assert.equal((await started)?.['env']?.A, sandbox.reveal());
      assert.equal(user.settings['persistentSessionReviveProcess'], 'never');
      assert.equal((await start(asking(type)))?.['env']?.A, sandbox.reveal(), 'it is asked once');
    });

    it(`in a terminal of its own (${type}) asks so of a key that an input gave as well`, async () => {
      use.given.set('own_1', sandbox);
      const refused = start({ type, request: 'launch', name: 'server', env: { A: sandbox.reveal() } });
      (await user.told(restored)).press();
      assert.equal(await refused, undefined);
    });
  }

  it('elsewhere asks nothing of that', async () => {
    assert.equal((await start(asking('node')))?.['env']?.A, sandbox.reveal());
    assert.deepEqual([user.messages, problems], [[], []]);
  });

  it('says which keys it has, in ids', async () => {
    const started = await start(asking('node'));
    assert.deepEqual(started?.['keysmithKeys'], [ownKeyId(sandbox)]);
    assert.equal(started?.['keysmithLive'], undefined);
  });

  it('shows what it runs before it gets a live key', async () => {
    const refused = start({ ...asking('node', 'our shop'), name: 'x”\n“', args: ['--all', 'a b'], command: undefined });
    const { text, detail, press } = await user.told('Hand the LIVE key “our shop” to a debug session?');
    assert.ok(!text.includes('x'));
    assert.ok(detail.includes(String.raw`name: "x\u{201d}\n\u{201c}"`), detail);
    assert.ok(detail.includes('args: --all "a b"'), detail);
    press('Not Now');
    assert.equal(await refused, undefined);
  });

  it('shows what a debugger that nobody knows is told, before it gets a live key', async () => {
    const refused = start({
      ...asking('sous-chef', 'our shop'),
      sousChefBinary: './evil',
      sousChef: { start: ['./evil too'] },
      presentation: { group: 'kitchen' },
      internalConsoleOptions: 'neverOpen',
    });
    const { detail, press } = await user.told('Hand the LIVE key “our shop” to a debug session?');
    assert.match(detail, /^sousChefBinary: \.\/evil$/m);
    assert.ok(detail.includes('\nsousChef: {"start":["./evil too"]}\n'), detail);
    assert.doesNotMatch(detail, /presentation|internalConsoleOptions/);
    assert.ok(!detail.includes(live.reveal().slice(8)));
    press('Not Now');
    assert.equal(await refused, undefined);
  });

  it('gets no live key where a property that nobody knows cannot be shown whole', async () => {
    assert.equal(
      await start({ ...asking('sous-chef', 'our shop'), sousChef: ['./evil', 'x'.repeat(4000)] }),
      undefined,
    );
    assert.deepEqual(problems, [{ kind: 'liveTooLongToShow' }]);
  });

  it('gets no live key where what it runs cannot be shown whole', async () => {
    assert.equal(
      await start({ ...asking('node', 'our shop'), args: Array.from({ length: 500 }, () => 'argument') }),
      undefined,
    );
    assert.deepEqual(problems, [{ kind: 'liveTooLongToShow' }]);
  });
});
