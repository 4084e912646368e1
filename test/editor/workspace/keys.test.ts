import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { KeyNode, KeyTreeNode } from '../../../src/ui/tree/nodes.ts';
import { parseToken } from '../../../src/domain/token.ts';
import { answeringYes } from '../answering.ts';
import { activateKeysmith, eventually, type Inside } from '../extension.ts';

describe('keys in the editor', () => {
  let inside: Inside;
  let origin = '';

  before(async () => {
    inside = await activateKeysmith();
    await vscode.workspace.getConfiguration().update('keysmith.emulator.port', 0, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('keysmith.emulator.start');
    assert.ok(inside.session.state.kind === 'running', inside.session.state.kind);
    origin = inside.session.state.origin;
  });
  after(() => inside.session.stop());

  async function rows(node?: KeyTreeNode, depth = 0): Promise<string[]> {
    const lines = await Promise.all(
      (await inside.tree.getChildren(node)).map(async (child) => {
        const { label, description, iconPath } = await inside.tree.getTreeItem(child);
        assert.ok(iconPath instanceof vscode.ThemeIcon);
        const text = `${'  '.repeat(depth)}${typeof label === 'string' ? label : ''} | ${String(description ?? '')} | ${iconPath.id}`;
        return [text, ...(await rows(child, depth + 1))];
      }),
    );
    return lines.flat();
  }

  async function keyNode(kind: string, mode: string): Promise<KeyNode> {
    const find = async (node?: KeyTreeNode): Promise<KeyNode | undefined> => {
      if (node?.type === 'key') return node.key.kind === kind && node.key.mode === mode ? node : undefined;
      for (const child of await inside.tree.getChildren(node)) {
        const found = await find(child);
        if (found) return found;
      }
      return undefined;
    };
    const found = await find();
    assert.ok(found);
    return found;
  }

  const statusWith = async (token: string): Promise<number> =>
    (await fetch(`${origin}/v1/balance`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('shows the rows of an organization and its accounts', async () => {
    const shown = (await rows()).map((row) => row.replaceAll(/…[0-9A-Za-z]{4}/g, '…####'));
    assert.deepEqual(shown.slice(0, 15), [
      'Example organization | org_6SD3oI0eSQemPzdmaGLJ5j6 | organization',
      '  Organization keys | 2 | key',
      '    Organization key | sk_org_test_…#### · never used | organization',
      '    Organization key | LIVE · sk_org_live_…#### · never used | organization',
      '  Platform | acct_1R3fqDP6919yCiFv | account',
      '    Sandbox |  | beaker',
      '      Standard keys | 2 | key',
      '        Publishable key | pk_test_…#### | globe',
      '        Secret key | sk_test_…#### · never used | key',
      '      Restricted keys | none | shield',
      '    LIVE |  | broadcast',
      '      Standard keys | 2 | key',
      '        Publishable key | LIVE · pk_live_…#### | globe',
      '        Secret key | LIVE · sk_live_…#### · never used | key',
      '      Restricted keys | none | shield',
    ]);
    assert.equal(shown[15], '    Connected account | acct_1032D82eZvKYlo2C | plug');
  });

  it('puts no token into a row or a tooltip', async () => {
    const node = await keyNode('secret', 'sandbox');
    const item = await inside.tree.getTreeItem(node);
    const { tooltip } = await inside.tree.resolveTreeItem(item, node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /sk\\?_test/);
    assert.doesNotMatch(JSON.stringify([item, tooltip.value]), /[sr]k_(?:test|live)_[0-9A-Za-z]{5}/);
  });

  it('copies the sandbox secret: exactly the key that the emulator accepts', async () => {
    await vscode.env.clipboard.writeText('before');
    await vscode.commands.executeCommand('keysmith.key.copy', await keyNode('secret', 'sandbox'));
    const token = await vscode.env.clipboard.readText();
    assert.deepEqual([parseToken(token)?.kind, parseToken(token)?.mode], ['secret', 'sandbox']);
    assert.equal(await statusWith(token), 200);
    assert.equal(await statusWith(`${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`), 401);
  });

  it('reveals the sandbox secret in a box that Enter copies from and closes', async () => {
    await vscode.env.clipboard.writeText('before');
    const revealed = vscode.commands.executeCommand('keysmith.key.reveal', await keyNode('secret', 'sandbox'));
    await eventually('the row says so', async () =>
      (await rows()).some((row) => row.includes('revealed')) ? true : undefined,
    );
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await revealed;
    assert.equal(await statusWith(await vscode.env.clipboard.readText()), 200);
    assert.ok(!(await rows()).some((row) => row.includes('revealed')));
  });

  it('hides a revealed secret by command', async () => {
    const revealed = vscode.commands.executeCommand('keysmith.key.reveal', await keyNode('secret', 'sandbox'));
    await eventually('the row says so', async () =>
      (await rows()).some((row) => row.includes('revealed')) ? true : undefined,
    );
    await vscode.commands.executeCommand('keysmith.key.hide');
    await revealed;
  });

  it('copies a publishable key whole', async () => {
    await vscode.commands.executeCommand('keysmith.key.copy', await keyNode('publishable', 'live'));
    assert.equal(parseToken(await vscode.env.clipboard.readText())?.kind, 'publishable');
  });

  it('copies a secret from the vault without asking the service', async () => {
    const node = await keyNode('secret', 'live');
    const { state } = inside.session;
    assert.ok(state.kind === 'running');
    const revealed = await state.service.reveal(node.key.id);
    assert.ok(revealed.ok);
    await inside.vault.store(node.key.id, revealed.value.secret, node.key);
    const questions = await answeringYes(() => vscode.commands.executeCommand('keysmith.key.copy', node));
    assert.deepEqual(questions, ['Copy the LIVE key “Secret key”?']);
    assert.equal(await statusWith(await vscode.env.clipboard.readText()), 200);
    await inside.vault.forget(node.key.id);
  });

  it('keeps row ids over a refresh', async () => {
    const before = await keyNode('secret', 'sandbox');
    inside.tree.refresh();
    const after = await keyNode('secret', 'sandbox');
    assert.equal((await inside.tree.getTreeItem(after)).id, (await inside.tree.getTreeItem(before)).id);
  });

  it('starts again without harm when it runs', async () => {
    await vscode.commands.executeCommand('keysmith.emulator.start');
    assert.ok(inside.session.state.kind === 'running' && inside.session.state.origin === origin);
  });

  it('shows no rows, and throws nothing, when the emulator has gone', async () => {
    await vscode.commands.executeCommand('keysmith.emulator.stop');
    assert.deepEqual(await inside.tree.getChildren(), []);
    await vscode.commands.executeCommand('keysmith.key.copy', undefined);
    await vscode.commands.executeCommand('keysmith.refresh');
  });
});
