import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { KeyTreeNode } from '../../../src/ui/tree/nodes.ts';
import { startFlow, type Flow } from './flow.ts';
import { user, type Prompt } from './user.ts';

const { createKey } = await import('../../../src/ui/commands/createKey.ts');

const account = 'acct_1R3fqDP6919yCiFv';
const list: KeyTreeNode = {
  type: 'group',
  owner: { owner: { account }, id: account, name: 'Platform' },
  mode: 'sandbox',
  group: 'standard',
};

describe('a verification code', () => {
  let flow: Flow;
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  afterEach(() => user.beginAnew());

  /** Goes through a key's creation to the prompt for its code. */
  async function toCode(name: string): Promise<{ created: Promise<unknown>; prompt: Prompt; code: string }> {
    const created = flow.run(() => createKey(flow.desk, 'secret', list));
    (await user.asked('Name of the key')).answer(name);
    (await user.asked('Review')).pick(`Create “${name}”`);
    const prompt = await user.asked('Enter the verification code');
    const { text } = await user.told('your verification code is');
    return { created, prompt, code: /\d{6}/.exec(text)?.[0] ?? '' };
  }
  const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const objection = (prompt: Prompt, words: string): Promise<string> =>
    user.until(`“${words}” instead of “${prompt.says}”`, () => (prompt.says.includes(words) ? prompt.says : undefined));
  async function finish(created: Promise<unknown>): Promise<void> {
    (await user.asked('Add a Note')).escape();
    await created;
  }

  for (const [what, text] of [
    ['an empty code', ''],
    ['spaces', '   '],
    ['a part of one', '12345'],
    ['too many digits', '1234567'],
    ['letters', '12ab56'],
  ] as const) {
    it(`says that it has six digits for ${what}, and uses up no try`, async () => {
      const { created, prompt, code } = await toCode(what);
      for (let times = 0; times < 7; times++) {
        prompt.type('1').answer(text);
        await objection(prompt, 'The code has six digits.');
      }
      prompt.type(code);
      await finish(created);
      assert.ok(await flow.keyNamed(what));
    });
  }

  it('is not tried by a part of one where a program asks, and the number of tries that are left says so', async () => {
    const owner = { account };
    const sent = await flow.service.sendCode(owner, 'sandbox');
    assert.ok(sent.ok);
    const create = (code: string) =>
      flow.service.create({
        owner,
        mode: 'sandbox',
        kind: 'secret',
        name: 'of a program',
        verification: { id: sent.value, code },
      });
    for (const part of ['', '1', '12345', 'abcdef', '1234567', '', '12']) {
      const refused = await create(part);
      assert.deepEqual(!refused.ok && refused.problem, { kind: 'codeWrong', triesLeft: 5 }, part);
    }
    const outbox = await flow.service.outbox();
    const code = outbox.ok ? (outbox.value[0]?.code ?? '') : '';
    const wrong = await create(other(code));
    assert.deepEqual(!wrong.ok && wrong.problem, { kind: 'codeWrong', triesLeft: 4 });
    assert.ok((await create(code)).ok);
  });

  for (const [what, spell] of [
    ['six digits', (code: string) => code],
    ['six digits in two groups', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ] as const) {
    it(`goes on by itself after ${what}`, async () => {
      const { created, prompt, code } = await toCode(what);
      prompt.type(spell(code));
      await finish(created);
      assert.ok(await flow.keyNamed(what));
    });
  }

  it('is tried once where Enter follows the sixth digit', async () => {
    const { created, prompt, code } = await toCode('in a hurry');
    prompt.answer(other(code));
    prompt.enter();
    await objection(prompt, 'Tries left: 4');
    prompt.enter();
    prompt.type('');
    prompt.type(other(code));
    await objection(prompt, 'Tries left: 4');
    prompt.type(other(other(code)));
    await objection(prompt, 'Tries left: 3');
    prompt.type(code);
    await finish(created);
  });

  it('makes one key where Enter follows the right one', async () => {
    const { created, prompt, code } = await toCode('only one');
    prompt.answer(code);
    prompt.enter();
    await finish(created);
    const keys = await flow.service.keys();
    assert.equal(keys.ok && keys.value.filter(({ name }) => name === 'only one').length, 1);
  });

  it('is not lost, nor its key, where the prompt is closed while it is tried', async () => {
    const { created, prompt, code } = await toCode('too late');
    prompt.type(code);
    prompt.escape();
    await finish(created);
    const key = await flow.keyNamed('too late');
    assert.ok(key && flow.revealed.some(({ id }) => id === key.id));
    assert.ok(flow.secrets.has(`keysmith.key.${key.id}`));
  });

  it('can be left by Back, which keeps the draft and asks for no new one', async () => {
    const { created, prompt, code } = await toCode('a draft');
    prompt.back();
    const review = await user.asked('Review');
    review.back();
    const name = await user.asked('Name of the key');
    assert.equal(name.value, 'a draft');
    name.answer('a better draft');
    (await user.asked('Review')).pick('Create “a better draft”');
    (await user.asked('Enter the verification code')).type(code);
    await finish(created);
    assert.ok(await flow.keyNamed('a better draft'));
    assert.equal(await flow.keyNamed('a draft'), undefined);
    const outbox = await flow.service.outbox();
    assert.ok(outbox.ok);
    assert.equal(outbox.value.filter((sent) => sent.code === code).length, 1);
    assert.equal(outbox.value[0]?.code, code);
  });

  it('tells of a new one that cannot be sent, and ends', async () => {
    const { created, prompt } = await toCode('no post');
    const { service } = flow;
    const sends = service.sendCode.bind(service);
    Object.assign(service, {
      sendCode: async () => ({ ok: false, problem: { kind: 'emulatorUnreachable', why: 'gone' } }),
    });
    prompt.press('Send a New Code');
    await user.told('The emulator does not answer');
    await created;
    Object.assign(service, { sendCode: sends });
    assert.equal(user.prompt, undefined);
    assert.deepEqual(flow.bugs, []);
  });
});
