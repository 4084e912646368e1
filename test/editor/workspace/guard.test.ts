import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { liveSecret, testSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually } from '../extension.ts';

const found = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Keysmith');

const awaitCount = (document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> =>
  eventually(`${count} findings`, () => (found(document).length === count ? found(document) : undefined));

describe('the leak guard in the editor', () => {
  before(activateKeysmith);

  it('flags a live key as an error and a test key as a warning', async () => {
    const content = `const live = '${liveSecret()}';\nconst test = '${testSecret()}';\n`;
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content });
    await vscode.window.showTextDocument(document);
    const diagnostics = await awaitCount(document, 2);
    assert.deepEqual(
      diagnostics.map(({ severity, code, range }) => [
        severity,
        typeof code === 'object' ? code.value : code,
        range.start.line,
      ]),
      [
        [vscode.DiagnosticSeverity.Error, 'live-secret-key', 0],
        [vscode.DiagnosticSeverity.Warning, 'test-secret-key', 1],
      ],
    );
    for (const { message } of diagnostics) assert.doesNotMatch(message, /_[0-9A-Za-z]{20}/);
  });

  it('follows typing', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'key: ' });
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 5), liveSecret()));
    await awaitCount(document, 1);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 5, 0, 60)));
    await awaitCount(document, 0);
  });

  it('can be switched off and on again', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: testSecret() });
    await vscode.window.showTextDocument(document);
    await awaitCount(document, 1);
    const settings = vscode.workspace.getConfiguration();
    await settings.update('keysmith.guard.enabled', false, vscode.ConfigurationTarget.Global);
    await awaitCount(document, 0);
    await settings.update('keysmith.guard.enabled', undefined, vscode.ConfigurationTarget.Global);
    await awaitCount(document, 1);
  });
});
