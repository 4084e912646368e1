import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Secret } from '../../../src/domain/secret.ts';
import { testSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually, type Inside } from '../extension.ts';

const token = testSecret(99);

/** The ids of language servers that this extension host has started. */
function servers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        const [, parent] = /\) \w (\d+) /.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? [];
        return (
          Number(parent) === process.pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('languageServer.js')
        );
      } catch {
        return false; // it has just ended
      }
    });
}

describe('the language server of the guard, as it comes and goes', () => {
  let inside: Inside;
  before(async () => {
    inside = await activateKeysmith();
  });
  const settings = vscode.workspace.getConfiguration();
  const set = (name: string, value: unknown): Thenable<void> =>
    settings.update(name, value, vscode.ConfigurationTarget.Global);
  afterEach(async () => {
    await set('keysmith.guard.enabled', undefined);
    await set('keysmith.guard.rules', undefined);
    const ids = await inside.vault.ids();
    if (ids.ok) for (const id of ids.value) if (id.startsWith('own_')) await inside.vault.forget(id);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const open = async (content: string): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content });
    await vscode.window.showTextDocument(document);
    return document;
  };
  const graves = ({ uri }: vscode.TextDocument): vscode.DiagnosticSeverity[] =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'Keysmith')
      .map(({ severity }) => severity);
  const graveOf = (document: vscode.TextDocument, severity: vscode.DiagnosticSeverity): Promise<true> =>
    eventually(`severity ${severity}`, () => (graves(document)[0] === severity ? true : undefined));
  async function hover(document: vscode.TextDocument): Promise<string> {
    const at = document.positionAt(document.getText().indexOf('_') + 20);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    return hovers
      .flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)))
      .join('\n');
  }

  const hoverNames = (document: vscode.TextDocument, name: string): Promise<true> =>
    eventually(`a hover that names ${name}`, async () => ((await hover(document)).includes(name) ? true : undefined));

  it('is started again when it crashes, with the rules as they are now and the keys that are known', async function () {
    if (platform() !== 'linux') this.skip(); // throws
    const label = { name: 'checkout worker', kind: 'secret', mode: 'sandbox' } as const;
    assert.ok((await inside.vault.store('own_restart', new Secret(token), label)).ok);
    const document = await open(`f('${token}')`);
    await graveOf(document, vscode.DiagnosticSeverity.Warning);
    await hoverNames(document, label.name);
    await set('keysmith.guard.rules', { 'test-secret-key': 'error' });
    await graveOf(document, vscode.DiagnosticSeverity.Error);
    const [server, ...others] = servers();
    assert.ok(server !== undefined && others.length === 0);
    process.kill(server, 'SIGKILL');
    await eventually('another server', () => servers().find((id) => id !== server));
    const next = await open(`g('${token}')`);
    await graveOf(next, vscode.DiagnosticSeverity.Error);
    await hoverNames(next, label.name);
  });

  it('answers what a person asks for while documents are not guarded, and flags nothing', async () => {
    await set('keysmith.guard.enabled', false);
    const document = await open(`f('${token}')`);
    await eventually('no server', () => (platform() !== 'linux' || servers().length === 0 ? true : undefined));
    await vscode.commands.executeCommand('keysmith.leaks.scan');
    assert.equal(platform() === 'linux' ? servers().length : 1, 1);
    assert.deepEqual(graves(document), []);
    assert.doesNotMatch(await hover(document), /Stripe/);
    await set('keysmith.guard.enabled', true);
    await graveOf(document, vscode.DiagnosticSeverity.Warning);
    assert.equal(platform() === 'linux' ? servers().length : 1, 1);
  });
});
