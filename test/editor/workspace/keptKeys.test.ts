import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Secret } from '../../../src/domain/secret.ts';
import type { KeyTreeNode } from '../../../src/ui/tree/nodes.ts';
import { ownKeyId } from '../../../src/vault/ownKey.ts';
import { liveSecret, testSecret } from '../../unit/fixtures.ts';
import { answeringYes } from '../answering.ts';
import { activateKeysmith, eventually, type Inside } from '../extension.ts';

describe('keys that only the vault has', () => {
  let inside: Inside & { readonly secrets: vscode.SecretStorage };
  const sandbox = new Secret(testSecret());
  const live = new Secret(liveSecret());
  const raw = (id: string): string => `keysmith.key.${id}`;

  before(async () => {
    inside = (await activateKeysmith()) as typeof inside;
    await inside.vault.store(ownKeyId(sandbox), sandbox, { name: 'our sandbox', kind: 'secret', mode: 'sandbox' });
    await inside.vault.store(ownKeyId(live), live, { name: 'our shop', kind: 'secret', mode: 'live' });
    await inside.secrets.store(raw('own_broken'), '{"version":1,');
    await inside.secrets.store(raw('own_newer'), '{"version":9}');
  });
  after(async () => {
    for (const id of [ownKeyId(sandbox), ownKeyId(live), 'own_broken', 'own_newer']) await inside.vault.forget(id);
    await inside.session.stop();
  });

  async function rows(node?: KeyTreeNode, depth = 0): Promise<string[]> {
    const lines = await Promise.all(
      (await inside.tree.getChildren(node)).map(async (child) => {
        const { label, description, iconPath, contextValue } = await inside.tree.getTreeItem(child);
        assert.ok(iconPath instanceof vscode.ThemeIcon);
        const words = [label as string, String(description ?? ''), iconPath.id, contextValue];
        return [`${'  '.repeat(depth)}${words.join(' | ')}`, ...(await rows(child, depth + 1))];
      }),
    );
    return lines.flat();
  }
  const tail = liveSecret().slice(-4);
  const kept = [
    'Kept in the vault |  | lock | vault',
    '  Sandbox | 1 | beaker | vaultMode',
    `    our sandbox | sk_test_…${tail} · secret key | key | kept.secret.sandbox`,
    '  LIVE | 1 | broadcast | vaultMode',
    `    our shop | LIVE · sk_live_…${tail} · secret key | key | kept.secret.live`,
    '  own_broken | damaged | warning | unreadable.damaged',
    '  own_newer | written by a newer Keysmith | warning | unreadable.newer',
  ];
  const settled = async (expected: readonly string[]): Promise<readonly string[]> =>
    await eventually('the rows', async () => {
      const now = await rows();
      return expected.every((row) => now.includes(row)) ? now : undefined;
    });

  it('stand in the tree while the emulator does not run, below the way to start it', async () => {
    assert.deepEqual(await settled(kept), [
      'The emulator is not running | Start Emulator | circle-slash | status',
      ...kept,
    ]);
  });

  it('stand below the keys of the emulator while it runs', async () => {
    await vscode.workspace.getConfiguration().update('keysmith.emulator.port', 0, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('keysmith.emulator.start');
    const all = await settled(kept);
    assert.match(all[0] ?? '', /^Example organization/);
    assert.deepEqual(all.slice(-kept.length), kept);
  });

  it('say nothing of their secrets in any row', async () => {
    const visit = async (node?: KeyTreeNode): Promise<string> => {
      const parts = await Promise.all(
        (await inside.tree.getChildren(node)).map(async (child) => {
          const item = await inside.tree.resolveTreeItem(await inside.tree.getTreeItem(child), child);
          return JSON.stringify(item) + (await visit(child));
        }),
      );
      return parts.join('');
    };
    assert.doesNotMatch(await visit(), /[sr]k_(?:test|live)_[0-9A-Za-z]{5}/);
  });

  it('are copied from their row', async () => {
    const find = async (node?: KeyTreeNode): Promise<KeyTreeNode | undefined> => {
      for (const child of await inside.tree.getChildren(node)) {
        if (child.type === 'kept' && child.entry.mode === 'live') return child;
        const found = await find(child);
        if (found) return found;
      }
      return undefined;
    };
    const node = await find();
    const questions = await answeringYes(() => vscode.commands.executeCommand('keysmith.key.copy', node));
    assert.deepEqual(questions, ['Copy the LIVE key “our shop”?']);
    assert.equal(await vscode.env.clipboard.readText(), live.reveal());
  });

  it('are not copied for what looks like their row', async () => {
    await vscode.env.clipboard.writeText('a shopping list');
    const listed = await inside.vault.list();
    const entry = listed.ok ? listed.value.find(({ id }) => id === ownKeyId(live)) : undefined;
    const asking = vscode.commands.executeCommand('keysmith.key.copy', { type: 'kept', entry });
    const closed = async (): Promise<true | undefined> => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return await Promise.race([
        asking.then(() => true as const),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 50)),
      ]);
    };
    await eventually('the end of the question which key', closed);
    assert.equal(await vscode.env.clipboard.readText(), 'a shopping list');
  });

  it('are narrowed by the filter like the others, without waiting', async () => {
    inside.tree.filter = 'our shop';
    const narrowed = (await rows()).filter((row) => /^ *(our|own_|Secret key)/.test(row));
    inside.tree.filter = '';
    assert.deepEqual(narrowed, [kept[4]]);
    assert.ok((await rows()).includes(kept[2] ?? ''));
  });

  it('that cannot be read are kept', async () => {
    assert.equal(await inside.secrets.get(raw('own_broken')), '{"version":1,');
    assert.equal(await inside.secrets.get(raw('own_newer')), '{"version":9}');
  });
});
