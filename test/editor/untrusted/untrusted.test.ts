import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { liveSecret, testSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually } from '../extension.ts';
import { moveToVault } from '../leakPerson.ts';

describe('an untrusted workspace', () => {
  it('is what this suite runs in', () => assert.equal(vscode.workspace.isTrusted, false));

  it('has the leak guard', async () => {
    await activateKeysmith();
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: liveSecret() });
    await vscode.window.showTextDocument(document);
    await eventually('a finding', () => (vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined));
  });

  it('lets keysmith.json take nothing away, but add', async () => {
    await activateKeysmith();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const file = join(folder, 'keysmith.json');
    const rules = { 'test-secret-key': 'off', 'live-publishable-key': 'error' };
    writeFileSync(file, JSON.stringify({ keysmith: 1, rules }));
    const publishable = ['pk', 'live', liveSecret(99).split('_')[2]].join('_');
    writeFileSync(join(folder, 'policy.py'), `a = "${testSecret()}"\nb = "${publishable}"\n`);
    const saved = await vscode.workspace.openTextDocument(join(folder, 'policy.py'));
    await vscode.window.showTextDocument(saved);
    const severities = (): string =>
      vscode.languages
        .getDiagnostics(saved.uri)
        .map(({ severity }) => vscode.DiagnosticSeverity[severity])
        .join();
    await eventually('both', () => (severities() === 'Warning,Error' ? true : undefined));
    rmSync(file);
    rmSync(join(folder, 'policy.py'));
  });

  it('ends a leak by the fix, without the emulator', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const at = (name: string): string => join(folder, name);
    const old = ['.env', '.env.example', '.gitignore'].map(
      (name) => [name, existsSync(at(name)) ? readFileSync(at(name), 'utf8') : undefined] as const,
    );
    writeFileSync(at('leak.py'), `k = "${liveSecret(99)}"\n`);
    const document = await vscode.workspace.openTextDocument(at('leak.py'));
    await vscode.window.showTextDocument(document);
    await moveToVault(document);
    assert.match(document.getText(), /os\.environ\["STRIPE_SECRET_KEY"\]/);
    assert.ok(readFileSync(at('.env'), 'utf8').includes(liveSecret(99)));
    const { session, vault } = await activateKeysmith();
    assert.equal(session.state.kind, 'stopped');
    const ids = await vault.ids();
    for (const id of ids.ok ? ids.value : []) await vault.forget(id);
    rmSync(at('leak.py'));
    for (const [name, text] of old)
      if (text === undefined) rmSync(at(name), { force: true });
      else writeFileSync(at(name), text);
  });

  it('does not start the emulator, and throws nothing', async () => {
    const { session, tree } = await activateKeysmith();
    await vscode.commands.executeCommand('keysmith.emulator.start');
    assert.equal(session.state.kind, 'stopped');
    assert.deepEqual(await tree.getChildren(), []);
  });
});
