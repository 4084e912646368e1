import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { liveSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually } from '../extension.ts';

describe('a window without a folder', () => {
  after(async () => (await activateKeysmith()).session.stop());

  it('is what this suite runs in', () => assert.equal(vscode.workspace.workspaceFolders, undefined));

  it('starts the emulator and lists keys', async () => {
    const { session, tree } = await activateKeysmith();
    await vscode.workspace.getConfiguration().update('keysmith.emulator.port', 0, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('keysmith.emulator.start');
    assert.equal(session.state.kind, 'running');
    assert.notEqual((await tree.getChildren()).length, 0);
  });

  it('has the leak guard', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: liveSecret() });
    await vscode.window.showTextDocument(document);
    await eventually('a finding', () => (vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined));
  });
});
