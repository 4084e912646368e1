import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { liveSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually } from '../extension.ts';

describe('an untrusted workspace', () => {
  it('is what this suite runs in', () => assert.equal(vscode.workspace.isTrusted, false));

  it('has the leak guard', async () => {
    await activateKeysmith();
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: liveSecret() });
    await vscode.window.showTextDocument(document);
    await eventually('a finding', () => (vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined));
  });

  it('does not start the emulator, and throws nothing', async () => {
    const { session, tree } = await activateKeysmith();
    await vscode.commands.executeCommand('keysmith.emulator.start');
    assert.equal(session.state.kind, 'stopped');
    assert.deepEqual(await tree.getChildren(), []);
  });
});
