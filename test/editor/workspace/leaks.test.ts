import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { fingerprintOf } from '../../../src/domain/fingerprint.ts';
import { liveSecret, testSecret } from '../../unit/fixtures.ts';
import { activateKeysmith, eventually, type Inside } from '../extension.ts';
import { applyAction, fixesOf, problemsOf } from '../leakPerson.ts';

const live = liveSecret(99);
const secretPart = live.slice(10, -6);

describe('leaks in the editor', () => {
  let inside: Inside;
  let folder = '';
  before(async () => {
    inside = await activateKeysmith();
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    assert.ok(folder);
  });

  const made = new Set<string>();
  const path = (name: string): string => join(folder, name);
  function write(name: string, text: string): vscode.Uri {
    mkdirSync(join(path(name), '..'), { recursive: true });
    writeFileSync(path(name), text);
    made.add(name);
    return vscode.Uri.file(path(name));
  }
  const read = (name: string): string => readFileSync(path(name), 'utf8');
  const extra = ['.env', '.env.example', '.gitignore', '.keysmithignore'];
  const before2 = new Map<string, string | undefined>();
  before(() => {
    for (const name of extra) before2.set(name, existsSync(path(name)) ? read(name) : undefined);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of made) rmSync(path(name), { force: true });
    made.clear();
    for (const [name, text] of before2) {
      if (text === undefined) rmSync(path(name), { force: true });
      else writeFileSync(path(name), text);
    }
    const ids = await inside.vault.ids();
    if (ids.ok) for (const id of ids.value) if (id.startsWith('own_')) await inside.vault.forget(id);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(write(name, text));
    await vscode.window.showTextDocument(document);
    await eventually('a finding', () => (problemsOf(document.uri).length > 0 ? true : undefined));
    return document;
  }
  async function choose(document: vscode.TextDocument, title: string): Promise<void> {
    const action = (await fixesOf(document)).find((one) => one.title.startsWith(title));
    assert.ok(action, title);
    await applyAction(action);
  }

  it('offers the fixes in their order, the move first, and no token in any', async () => {
    const actions = await fixesOf(await open('a.js', `f('${live}');\n`));
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Move to vault and use an environment variable',
        'Rotate this key and replace it everywhere it occurs',
        'Ignore on this line',
        'Ignore in this file',
        'Ignore this key everywhere (.keysmithignore)',
      ],
    );
    assert.ok(!JSON.stringify(actions).includes(secretPart));
  });

  for (const [name, before_, after_] of [
    ['move.js', "f('§');\n", 'f(process.env.STRIPE_SECRET_KEY);\n'],
    [
      'move.ts',
      'export const h = `Bearer §`;\n',
      [
        "export const h = `Bearer ${requireEnv('STRIPE_SECRET_KEY')}`;",
        '',
        'function requireEnv(name: string): string {',
        '  const value = process.env[name];',
        "  if (value === undefined || value === '') throw new Error(`${name} is not set`);",
        '  return value;',
        '}',
        '',
      ].join('\n'),
    ],
    ['move.py', 'k = "§"\n', 'import os\nk = os.environ["STRIPE_SECRET_KEY"]\n'],
    ['move.rb', "k = '§'\n", 'k = ENV.fetch("STRIPE_SECRET_KEY")\n'],
    ['move.php', '<?php\n$k = "§";\n', "<?php\n$k = getenv('STRIPE_SECRET_KEY');\n"],
    [
      'move.go',
      'package main\n\nimport "fmt"\n\nvar k = "§"\n',
      'package main\n\nimport "fmt"\nimport "os"\n\nvar k = os.Getenv("STRIPE_SECRET_KEY")\n',
    ],
    ['Move.java', 'String k = "§";\n', 'String k = System.getenv("STRIPE_SECRET_KEY");\n'],
    ['Move.cs', 'var k = "§";\n', 'var k = System.Environment.GetEnvironmentVariable("STRIPE_SECRET_KEY");\n'],
    ['move.sh', 'curl -u "§:" https://x\n', 'curl -u "${STRIPE_SECRET_KEY}:" https://x\n'],
    [
      'compose.yml',
      'services:\n  a:\n    environment:\n      KEY: §\n',
      'services:\n  a:\n    environment:\n      KEY: ${STRIPE_SECRET_KEY}\n',
    ],
    [
      'move.rs',
      'let k = "§";\n',
      'let k: &str = &std::env::var("STRIPE_SECRET_KEY").expect("STRIPE_SECRET_KEY is not set");\n',
    ],
    ['Move.kt', 'val k = "§"\n', 'val k = System.getenv("STRIPE_SECRET_KEY")\n'],
  ] as const) {
    it(`moves a key to the vault and reads the variable: ${name}`, async () => {
      const document = await open(name, before_.replace('§', live));
      await choose(document, 'Move to vault');
      assert.equal(document.getText(), after_);
      assert.match(read('.env'), new RegExp(`^STRIPE_SECRET_KEY=${live}$`, 'm'));
      assert.match(read('.env.example'), /^STRIPE_SECRET_KEY=$/m);
      assert.match(read('.gitignore'), /^\.env$/m);
      const kept = await inside.vault.read(`own_${fingerprintOf(live).slice(0, 16)}`);
      assert.ok(kept.ok);
      assert.equal(kept.value.secret.reveal(), live);
      await eventually('no finding', () => (problemsOf(document.uri).length === 0 ? true : undefined));
    });
  }

  it('takes the text back with one undo', async () => {
    const text = `f('${live}');\n`;
    const document = await open('undo.js', text);
    await choose(document, 'Move to vault');
    assert.notEqual(document.getText(), text);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('ignores on a line, in a file, and everywhere', async () => {
    const document = await open('ignore.py', `k = "${live}"\n`);
    await choose(document, 'Ignore on this line');
    assert.equal(document.getText(), `k = "${live}" # keysmith:ignore it is no secret\n`);
    await eventually('no finding', () => (problemsOf(document.uri).length === 0 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.files.revert');

    const other = await open('ignore2.py', `#!/usr/bin/python3\nk = "${live}"\n`);
    await choose(other, 'Ignore in this file');
    assert.match(other.getText(), /^#!\/usr\/bin\/python3\n# keysmith:ignore-file /);
    await vscode.commands.executeCommand('workbench.action.files.revert');

    const third = await open('ignore3.py', `k = "${live}"\n`);
    await choose(third, 'Ignore this key everywhere');
    const text = read('.keysmithignore');
    assert.match(text, new RegExp(`^fingerprint:${fingerprintOf(live)} # ignored on \\d{4}-\\d\\d-\\d\\d$`, 'm'));
    assert.ok(!text.includes(secretPart));
    await eventually('no finding', () => (problemsOf(third.uri).length === 0 ? true : undefined));
  });

  it('tells in a hover what is known of a key, without its token', async () => {
    const document = await open('hover.js', `f('${live}');\n`);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 10),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    assert.match(text, /Stripe LIVE secret key/);
    assert.match(text, /command:keysmith\.leak\.moveToVault/);
    assert.ok(!text.includes(secretPart));
  });

  it('finds a key in a cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, `k = "${live}"`, 'python');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    const [only] = notebook.getCells();
    assert.ok(only);
    await eventually('a finding in the cell', () => (problemsOf(only.document.uri).length === 1 ? true : undefined));
    const titles = (await fixesOf(only.document)).map(({ title }) => title);
    assert.equal(titles[0], 'Move to vault and use an environment variable');
    assert.ok(titles.includes('Ignore on this line'));
  });

  it('obeys the severities that are set', async () => {
    const document = await open('weight.js', `f('${testSecret()}');\n`);
    const settings = vscode.workspace.getConfiguration();
    await settings.update('keysmith.guard.rules', { 'test-secret-key': 'error' }, vscode.ConfigurationTarget.Global);
    await eventually('an error', () =>
      problemsOf(document.uri).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error) ? true : undefined,
    );
    await settings.update('keysmith.guard.rules', { 'test-secret-key': 'off' }, vscode.ConfigurationTarget.Global);
    await eventually('nothing', () => (problemsOf(document.uri).length === 0 ? true : undefined));
    await settings.update('keysmith.guard.rules', undefined, vscode.ConfigurationTarget.Global);
    await eventually('a warning', () => (problemsOf(document.uri).length === 1 ? true : undefined));
  });

  it("obeys keysmith.json, unless the user's settings say otherwise", async () => {
    const document = await open('policy.js', `f('${testSecret()}');\n`);
    const severity = (): vscode.DiagnosticSeverity | undefined => problemsOf(document.uri)[0]?.severity;
    write('keysmith.json', '{"keysmith":1,"rules":{"test-secret-key":"error"}}');
    await eventually('an error', () => (severity() === vscode.DiagnosticSeverity.Error ? true : undefined));
    const settings = vscode.workspace.getConfiguration();
    await settings.update(
      'keysmith.guard.rules',
      { 'test-secret-key': 'information' },
      vscode.ConfigurationTarget.Global,
    );
    await eventually('information', () => (severity() === vscode.DiagnosticSeverity.Information ? true : undefined));
    await settings.update('keysmith.guard.rules', undefined, vscode.ConfigurationTarget.Global);
    await eventually('an error', () => (severity() === vscode.DiagnosticSeverity.Error ? true : undefined));
  });

  it('looks through the workspace, and shows what it finds among the problems', async () => {
    const uri = write('deep/er/scanned.txt', `here ${live}\n`);
    await vscode.commands.executeCommand('keysmith.leaks.scan');
    const [problem] = await eventually('a problem', () => (problemsOf(uri).length > 0 ? problemsOf(uri) : undefined));
    assert.deepEqual([problem?.range.start.line, problem?.range.start.character], [0, 5]);
  });
});
