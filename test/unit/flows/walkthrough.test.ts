import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ApiKey } from '../../../src/domain/key.ts';
import type { KeyNode } from '../../../src/ui/tree/nodes.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { createKey } = await import('../../../src/ui/commands/createKey.ts');
const { copyKey, revealKey } = await import('../../../src/ui/commands/revealKey.ts');
const { tryCall } = await import('../../../src/ui/commands/tryCall.ts');
const { scanWorkspace } = await import('../../../src/ui/leaks/scanWorkspace.ts');

describe('what the walkthrough ticks', () => {
  let flow: Flow;
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  afterEach(() => {
    user.beginAnew();
    flow.bugs.splice(0);
    flow.become({ kind: 'running', origin: flow.origin, service: flow.service });
  });

  const ticked = (): string[] => user.contexts.flatMap(([name, value]) => (value === true ? [name] : []));
  async function nodeOf(fits: (key: ApiKey) => boolean): Promise<KeyNode> {
    const keys = await flow.service.keys();
    const key = keys.ok ? keys.value.find(fits) : undefined;
    assert.ok(key);
    return { type: 'key', owner: { owner: key.owner, id: 'acct_1', name: 'Platform' }, key };
  }
  const sandbox = ({ kind, mode }: ApiKey): boolean => kind === 'secret' && mode === 'sandbox';
  const live = ({ kind, mode }: ApiKey): boolean => kind === 'secret' && mode === 'live';

  for (const [what, command] of [
    ['revealed', revealKey],
    ['copied', copyKey],
  ] as const) {
    it(`is that a sandbox key was ${what}`, async () => {
      const node = await nodeOf(sandbox);
      await flow.run(() => command(flow.desk, node));
      assert.deepEqual(ticked(), ['keysmith.done.reveal']);
    });

    it(`is not that a question was left before one was ${what}`, async () => {
      const done = flow.run(() => command(flow.desk));
      (await user.asked('Choose a key')).escape();
      await done;
      assert.deepEqual(ticked(), []);
    });

    it(`is not that a live one was to be ${what}`, async () => {
      const node = await nodeOf(live);
      const left = flow.run(() => command(flow.desk, node));
      (await user.told('the LIVE key')).press();
      await left;
      assert.deepEqual(ticked(), []);
    });
  }

  it('is not that a live one was revealed, and copied then', async () => {
    const node = await nodeOf(live);
    const revealed = flow.run(() => revealKey(flow.desk, node));
    (await user.told('Reveal the LIVE key')).press('Reveal Once');
    await revealed;
    assert.equal(flow.revealed.at(-1)?.id, node.key.id);
    const copied = flow.run(() => copyKey(flow.desk, node));
    (await user.told('Copy the LIVE key')).press('Copy LIVE Key');
    await copied;
    await user.told('Copied the LIVE key');
    assert.deepEqual(ticked(), []);
  });

  it('is that a test request was accepted', async () => {
    await flow.run(() => tryCall(flow.desk));
    const { severity, buttons } = await user.told(
      'Accepted: GET /v1/customers was answered with 200 for “Secret key”.',
    );
    assert.deepEqual([severity, buttons, ticked()], ['information', ['Show Code'], ['keysmith.done.call']]);
  });

  describe('is not that a test request was refused, which says why', () => {
    it('by the address', async () => {
      const { key } = await nodeOf(sandbox);
      assert.ok((await flow.service.limit(key.id, ['203.0.113.7'])).ok);
      await flow.run(() => tryCall(flow.desk));
      const message = await user.told('Refused with 403: “Secret key” may be used from 203.0.113.7 only');
      assert.match(message.text, /the request came from 127\.0\.0\.1\.$/);
      assert.equal(message.severity, 'warning');
      message.press('Explain and Mend');
      const [command, id] = await user.until('the explanation', () => user.executed[0]);
      assert.equal(command, 'keysmith.requests.explain');
      assert.match(String(id), /^req_\w+$/);
      assert.deepEqual(ticked(), []);
      await flow.service.limit(key.id, []);
    });

    for (const [what, answer, words] of [
      ['that is not JSON', () => new Response('<html>', { status: 502 }), 'Answered with 502: '],
      ['without an error in it', () => Response.json({}, { status: 500 }), 'Answered with 500: '],
      [
        'of an unknown request',
        () => Response.json({ error: { message: 'No.' } }, { status: 404, headers: { 'request-id': 'req_gone' } }),
        'Answered with 404: No.',
      ],
    ] as const) {
      it(`in an answer ${what}`, async () => {
        const real = globalThis.fetch;
        globalThis.fetch = async (input, init) =>
          typeof input === 'string' && input.includes('/v1/') ? answer() : real(input, init);
        try {
          await flow.run(() => tryCall(flow.desk));
        } finally {
          globalThis.fetch = real;
        }
        assert.equal((await user.told('Answered')).text, words);
        assert.deepEqual([ticked(), flow.bugs], [[], []]);
      });
    }

    it('by nobody who answers', async () => {
      flow.become({ kind: 'running', origin: 'http://127.0.0.1:1', service: flow.service });
      await flow.run(() => tryCall(flow.desk));
      await user.told('The emulator does not answer. Start it again:');
      assert.deepEqual([ticked(), flow.bugs], [[], []]);
    });
  });

  it('is that a restricted key was made, and not that it was to be', async () => {
    const owner = { owner: { account: 'acct_1R3fqDP6919yCiFv' }, id: 'acct_1R3fqDP6919yCiFv', name: 'Platform' };
    for (const kind of ['restricted', 'secret'] as const) {
      for (const finished of [false, true]) {
        user.beginAnew();
        const proposed = { permissions: [], connectPermissions: [] };
        const done = flow.run(() =>
          createKey(
            flow.desk,
            kind,
            { type: 'mode', owner, mode: 'sandbox' },
            kind === 'restricted' ? proposed : undefined,
          ),
        );
        (await user.asked('Name of the key')).answer('ticked');
        (await user.asked('Review')).pick('Create “ticked”');
        const code = await user.asked('Enter the verification code');
        if (finished) {
          code.type(/\d{6}/.exec((await user.told('your verification code is')).text)?.[0] ?? '');
          (await user.asked('Add a Note')).escape();
        } else {
          code.escape();
        }
        await done;
        assert.deepEqual(ticked(), kind === 'restricted' && finished ? ['keysmith.done.restrict'] : []);
      }
    }
  });

  it('is that a scan has ended, and not that it was cancelled', async () => {
    const cache = { fsPath: '' } as never;
    for (const cancelled of [true, false]) {
      const guard = {
        onNotification: async () => ({ dispose: () => undefined }),
        request: async () => ({ files: [], scanned: 1, skipped: [], cancelled }),
      } as never;
      const findings = { newScan: () => 1, replace: () => undefined } as never;
      await flow.run(() => scanWorkspace(guard, findings, cache));
      assert.deepEqual(ticked(), cancelled ? [] : ['keysmith.scanned']);
    }
  });
});
