import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { CreatableKind } from '../../../src/ui/commands/createKey.ts';
import type { KeyTreeNode } from '../../../src/ui/tree/nodes.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { createKey } = await import('../../../src/ui/commands/createKey.ts');
const { duplicateKey } = await import('../../../src/ui/commands/duplicateKey.ts');

const organization = 'org_6SD3oI0eSQemPzdmaGLJ5j6';
const account = 'acct_1R3fqDP6919yCiFv';
const organizationList: KeyTreeNode = {
  type: 'group',
  owner: { owner: { organization }, id: organization, name: 'Example organization' },
  mode: undefined,
  group: 'organization',
};
const restrictedList: KeyTreeNode = {
  type: 'group',
  owner: { owner: { account }, id: account, name: 'Platform' },
  mode: 'sandbox',
  group: 'restricted',
};

describe('creating a key', () => {
  let flow: Flow;
  before(async () => {
    flow = await startFlow();
  });
  after(() => flow[Symbol.asyncDispose]());
  afterEach(() => user.beginAnew());

  const begin = (kind: CreatableKind, node?: KeyTreeNode): Promise<unknown> =>
    flow.run(() => createKey(flow.desk, kind, node));
  async function verify(): Promise<void> {
    const prompt = await user.asked('Enter the verification code');
    const { text } = await user.told('your verification code is');
    prompt.type(/\d{6}/.exec(text)?.[0] ?? '');
    (await user.asked('Add a Note')).escape();
  }
  /** What the API answers to a read of customers, and to one of the balance, in an account of the organization. */
  async function statuses(token: string): Promise<number[]> {
    const headers = {
      authorization: `Bearer ${token}`,
      'stripe-context': account,
      'stripe-version': '2026-02-25.clover',
    };
    const answers = await Promise.all(
      ['customers', 'balance'].map((path) => fetch(`${flow.origin}/v1/${path}`, { headers })),
    );
    return answers.map(({ status }) => status);
  }

  describe('of an organization, on its list', () => {
    it('asks for the mode and the permissions, and makes one that may do just that', async () => {
      const created = begin('organization', organizationList);
      const mode = await user.asked('Create Organization Key');
      assert.equal(mode.placeholder, 'For which mode?');
      assert.deepEqual(mode.headings, [`Example organization · ${organization}`]);
      assert.deepEqual(mode.labels, ['Sandbox', 'LIVE']);
      mode.pick('Sandbox');
      (await user.asked('Name of the key')).answer('reader of all');
      const start = await user.asked('Start from');
      assert.ok(
        start.labels[0]?.startsWith('Nothing') && start.labels[1]?.startsWith('Everything'),
        start.labels.join(),
      );
      start.pick('Webhooks');
      const picker = await user.asked('What may the key do?');
      picker.pick('Customers'); // from None to Read
      picker.pick('Continue');
      const review = await user.asked('Review');
      assert.deepEqual(review.labels, [
        'Create “reader of all”',
        'Core: reads Customers, Events',
        'Developers: reads and writes Webhook endpoints',
      ]);
      assert.deepEqual(review.headings, ['In every account of the organization']);
      assert.equal(review.items[0]?.description, 'Sandbox · organization key · Example organization');
      review.pick('Create “reader of all”');
      await verify();
      await created;
      const key = await flow.keyNamed('reader of all');
      assert.equal(key?.kind, 'organization');
      assert.deepEqual(key?.permissions, ['customer_read', 'event_read', 'webhook_write']);
      assert.deepEqual(await statuses(flow.revealed.at(-1)?.token ?? ''), [200, 403]);
      assert.deepEqual(flow.bugs, []);
    });

    for (const [template, says, answers] of [
      ['Nothing: every permission is None', 'No permissions: every request will be refused.', [403, 403]],
      [
        'Everything: an organization key without restrictions',
        'All permissions: reads and writes everything that can be granted.',
        [200, 200],
      ],
    ] as const) {
      it(`can start from ${template.split(':')[0]?.toLowerCase()}, and the review says what that means`, async () => {
        const created = begin('organization', organizationList);
        (await user.asked('For which mode?')).pick('LIVE');
        (await user.asked('Name of the key')).answer(template.slice(0, 20));
        (await user.asked('Start from')).pick(template);
        (await user.asked('What may the key do?')).pick('Continue');
        const review = await user.asked('Review');
        assert.equal(review.labels[1], says);
        review.enter(); // nothing is chosen yet
        review.pick(review.labels[0] ?? '');
        await verify();
        await created;
        assert.deepEqual(await statuses(flow.revealed.at(-1)?.token ?? ''), answers);
      });
    }
  });

  it('of an organization from the palette asks for organizations only', async () => {
    const created = begin('organization');
    const place = await user.asked('For which organization and mode?');
    assert.deepEqual(place.headings, [`Example organization · ${organization}`]);
    place.escape();
    await created;
  });

  for (const kind of ['secret', 'restricted'] as const) {
    it(`of the kind ${kind} asks for accounts only, also on a row of an organization`, async () => {
      for (const node of [undefined, organizationList]) {
        const created = begin(kind, node);
        const place = await user.asked('For which account and mode?');
        assert.equal(place.headings.length, 3);
        assert.ok(place.headings.every((heading) => !heading.includes('org_')));
        place.escape();
        await created;
      }
    });
  }

  it('of a restricted kind goes back from its code through every step, and keeps every answer', async () => {
    const created = begin('restricted', restrictedList);
    const titles: string[] = [];
    const at = async (words: string) => {
      const prompt = await user.asked(words);
      titles.push(`${words} ${prompt.canGoBack}`);
      return prompt;
    };
    (await at('Name of the key')).answer('there and back');
    (await at('Start from')).pick('Webhooks');
    (await at('What may the key do?')).pick('Continue');
    (await at('Connect:')).pick('Continue');
    (await at('Review')).pick('Create “there and back”');
    const code = await at('Enter the verification code');
    code.type('123');
    code.back();
    (await at('Review')).back();
    (await at('Connect:')).back();
    (await at('What may the key do?')).back();
    (await at('Start from')).back();
    assert.equal((await at('Name of the key')).value, 'there and back');
    assert.deepEqual(
      titles.map((title) => title.endsWith('true')),
      [false, true, true, true, true, true, true, true, true, true, false],
    );
    user.prompt?.escape();
    await created;
    assert.equal(await flow.keyNamed('there and back'), undefined);
  });

  it('by duplicating goes back from its code to its name', async () => {
    const keys = await flow.service.keys();
    const key = keys.ok ? keys.value.find(({ kind }) => kind === 'secret') : undefined;
    assert.ok(key);
    const owner = { owner: key.owner, id: account, name: 'Platform' };
    const created = flow.run(() => duplicateKey(flow.desk, { type: 'key', owner, key }));
    (await user.asked('Name of the new key')).answer('a copy');
    (await user.asked('Enter the verification code')).back();
    const name = await user.asked('Name of the new key');
    assert.equal(name.value, 'a copy');
    name.answer('a better copy');
    await verify();
    await created;
    assert.ok(await flow.keyNamed('a better copy'));
  });
});
