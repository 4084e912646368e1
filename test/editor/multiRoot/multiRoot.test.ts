import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { liveSecret, testSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually } from '../extension.ts';
import { moveToVault, problemsOf } from '../leakPerson.ts';

describe('a workspace of two folders', () => {
  const folders = (): string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const second = (name: string): string => join(folders()[1] ?? '', name);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is what this suite runs in', () => assert.equal(folders().length, 2));

  it('puts the variable of a leak into the environment file of its own folder', async () => {
    await activateKeysmith();
    writeFileSync(second('pay.js'), `f('${liveSecret(99)}');\n`);
    const document = await vscode.workspace.openTextDocument(second('pay.js'));
    await vscode.window.showTextDocument(document);
    await moveToVault(document);
    assert.equal(document.getText(), 'f(process.env.STRIPE_SECRET_KEY);\n');
    assert.ok(readFileSync(second('.env'), 'utf8').includes(liveSecret(99)));
    assert.match(readFileSync(second('.gitignore'), 'utf8'), /^\.env$/m);
    const first = join(folders()[0] ?? '', '.env');
    assert.ok(!existsSync(first) || !readFileSync(first, 'utf8').includes(liveSecret(99)));
    for (const name of ['.env', '.env.example', '.gitignore', 'pay.js']) rmSync(second(name), { force: true });
  });

  it('is looked through as one', async () => {
    const files = folders().map((folder) => join(folder, 'leaking.py'));
    for (const file of files) writeFileSync(file, `k = "${testSecret()}"\n`);
    await vscode.commands.executeCommand('keysmith.leaks.scan');
    for (const file of files)
      await eventually(`a finding in ${file}`, () => (problemsOf(vscode.Uri.file(file)).length > 0 ? true : undefined));
    for (const file of files) rmSync(file);
  });
});
