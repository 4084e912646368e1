import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { RevealedKey } from '../../../src/management/keyService.ts';
import type { KeyTree as Tree } from '../../../src/ui/tree/keyTree.ts';
import type { KeyTreeNode } from '../../../src/ui/tree/nodes.ts';
import { keepInStep } from '../../../src/vault/inStep.ts';
import { startFlow, type Flow } from './flow.ts';
import { user } from './user.ts';

const { KeyTree } = await import('../../../src/ui/tree/keyTree.ts');
const { editKey } = await import('../../../src/ui/commands/editKey.ts');

const account = 'acct_1R3fqDP6919yCiFv';

describe('the tree of keys', () => {
  let flow: Flow;
  let tree: Tree;
  let following: Promise<unknown> = Promise.resolve();
  before(async () => {
    flow = await startFlow();
  });
  beforeEach(() => {
    tree = new KeyTree({
      session: flow.desk.session,
      vault: flow.desk.vault,
      rows: flow.desk.rows,
      shownKey: () => undefined,
      onProblem: (problem) => assert.fail(problem.kind),
      onRead: (keys, entries) => {
        following = keepInStep(flow.desk.vault, entries, keys);
      },
    });
  });
  afterEach(() => {
    tree.dispose();
    user.beginAnew();
  });
  after(() => flow[Symbol.asyncDispose]());

  async function rows(node?: KeyTreeNode, depth = 0): Promise<string[]> {
    const lines: string[] = [];
    for (const child of await tree.getChildren(node)) {
      const row = await tree.getTreeItem(child);
      const label = typeof row.label === 'string' ? row.label : '';
      lines.push(`${'  '.repeat(depth)}${label}`, ...(await rows(child, depth + 1)));
    }
    return lines;
  }
  async function makeKey(name: string): Promise<RevealedKey> {
    const owner = { account };
    const sent = await flow.service.sendCode(owner, 'sandbox');
    assert.ok(sent.ok);
    const outbox = await flow.service.outbox();
    const code = outbox.ok ? outbox.value.find(({ verification }) => verification === sent.value)?.code : undefined;
    const verification = { id: sent.value, code: code ?? '' };
    const made = await flow.service.create({ owner, mode: 'sandbox', kind: 'restricted', name, verification });
    assert.ok(made.ok);
    await flow.desk.vault.store(made.value.key.id, made.value.secret, made.value.key);
    return made.value;
  }
  async function followed(): Promise<void> {
    tree.refresh();
    await tree.getChildren();
    await following;
  }

  it('has under a filter only rows that lead to a key', async () => {
    await makeKey('needle');
    tree.filter = 'needle';
    assert.deepEqual(await rows(), [
      'Example organization',
      '  Platform',
      '    Sandbox',
      '      Restricted keys',
      '        needle',
    ]);
    assert.equal(await tree.isEmpty(), false);
    tree.filter = 'nobody is called that';
    assert.deepEqual(await rows(), []);
    assert.equal(await tree.isEmpty(), true);
    tree.filter = '';
    assert.ok((await rows()).filter((row) => row.trim() === 'Restricted keys').length > 1);
  });

  it('counts the keys that end within a day whatever the filter', async () => {
    const { key } = await makeKey('ending');
    assert.ok((await flow.service.rotate(key.id, { minutes: 60 })).ok);
    for (const filter of ['', 'needle', 'nobody is called that', 'ending']) {
      tree.filter = filter;
      assert.equal(await tree.countEnding(), 1, filter);
    }
    await flow.service.delete(key.id);
    tree.refresh();
    assert.equal(await tree.countEnding(), 0);
  });

  it('has no row for a key that anybody deleted, and the vault no entry', async () => {
    const { key } = await makeKey('gone soon');
    assert.ok((await rows()).some((row) => row.trim() === 'gone soon'));
    assert.ok((await flow.service.delete(key.id)).ok); // as another window or a program does it
    tree.refresh();
    assert.ok((await rows()).every((row) => row.trim() !== 'gone soon' && row !== 'Kept in the vault'));
    await following;
    assert.ok(!flow.secrets.has(`keysmith.key.${key.id}`));
  });

  it('has one still for a key that this emulator never had', async () => {
    const { secret, key } = await makeKey('from elsewhere');
    await flow.desk.vault.store('mk_elsewhere', secret, { ...key, name: 'elsewhere' });
    assert.ok((await rows()).includes('    elsewhere'));
    await followed();
    assert.ok(flow.secrets.has('keysmith.key.mk_elsewhere'));
    await flow.desk.vault.forget('mk_elsewhere');
  });

  it('has a key that was renamed renamed in the vault, by whomever', async () => {
    const { key } = await makeKey('first name');
    const name = async (): Promise<string> => {
      const entry = await flow.desk.vault.read(key.id);
      return entry.ok ? entry.value.name : entry.problem.kind;
    };
    const owner = { owner: key.owner, id: account, name: 'Platform' };
    const edited = flow.run(() => editKey(flow.desk, { type: 'key', owner, key }));
    (await user.asked('Name of the key')).answer('second name');
    (await user.asked('Note:')).enter();
    await edited;
    await followed();
    assert.equal(await name(), 'second name');
    await flow.service.edit(key.id, { name: 'third name' });
    await followed();
    assert.equal(await name(), 'third name');
  });
});
