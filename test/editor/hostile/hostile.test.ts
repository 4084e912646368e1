import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { paying, unopened, type HostileWorkspace } from '../../hostile/repositories.ts';
import { activateKeysmith, eventually } from '../extension.ts';

const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const { canary, repositories } = JSON.parse(readFileSync(join(root, 'hostile.json'), 'utf8')) as HostileWorkspace;

const leaksIn = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source?.startsWith('Keysmith'));

async function open(...path: string[]): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(join(root, ...path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

describe('a folder of repositories that try to harm', () => {
  afterEach(async () => {
    assert.ok(!existsSync(canary), `something was run: ${existsSync(canary) ? readFileSync(canary, 'utf8') : ''}`);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is not trusted, and weakens nothing by its settings', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await activateKeysmith();
    const settings = vscode.workspace.getConfiguration('keysmith');
    assert.deepEqual(
      ['guard.enabled', 'guard.rules', 'clipboard.clearAfterSeconds', 'reveal.hideAfterSeconds', 'emulator.port'].map(
        (name) => settings.get(name),
      ),
      [true, {}, 60, 30, 12_181],
    );
  });

  for (const { name, folder, environment } of repositories) {
    it(`cannot hide a key from the guard, nor run anything: ${name}`, async () => {
      const beside = environment && (await open(folder, environment.folder, '.env'));
      const { uri } = await open(folder, paying);
      const [leak] = await eventually('a finding', () => (leaksIn(uri).length > 0 ? leaksIn(uri) : undefined));
      assert.equal(leak?.severity, vscode.DiagnosticSeverity.Error);
      await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, leak.range.start);
      await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, leak.range);
      if (beside && environment.told)
        await eventually('a finding', () => (leaksIn(beside.uri).length > 0 ? true : undefined));
      else if (beside) assert.deepEqual(leaksIn(beside.uri), []);
    });
  }

  it('is looked through to its end, whatever its settings hide', async () => {
    await vscode.commands.executeCommand('keysmith.leaks.scan');
    const missed = repositories.filter(
      ({ folder }) => leaksIn(vscode.Uri.file(join(root, folder, unopened))).length === 0,
    );
    assert.deepEqual(
      missed.map(({ name }) => name),
      [],
    );
  });
});
