import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { liveSecret } from '../unit/fixtures.ts';
import { GuardClient } from './guardClient.ts';

const live = liveSecret(99);
const whole = { start: { line: 0, character: 0 }, end: { line: 999_999, character: 0 } };

const isEdit = (change: object): change is TextDocumentEdit => 'edits' in change;

/** What an action makes of a document, judged by the protocol's own library. */
function applied(action: CodeAction | undefined, uri: string, text: string): string {
  const edits = (action?.edit?.documentChanges ?? [])
    .filter(isEdit)
    .filter(({ textDocument }) => textDocument.uri === uri)
    .flatMap(({ edits: some }) => some as TextEdit[]);
  return TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), edits);
}

describe('fixes of the language server in texts as they are', () => {
  let client: GuardClient;
  let folder = '';
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-lsp-'));
    client = await GuardClient.start({ folder: pathToFileURL(folder).href });
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const fixed = async (text: string, title: RegExp): Promise<string> => {
    await client.open(uriOf('a.py'), text);
    const action = (await client.actions(uriOf('a.py'), whole)).find((one) => title.test(one.title));
    return applied(action, uriOf('a.py'), text);
  };

  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    const text = ['x = 1', `k = "${live}"`, ''].join(end);

    it(`keep the line ends of a document with ${name}, where they add lines`, async () => {
      const expected = ['import os', 'x = 1', 'k = os.environ["STRIPE_SECRET_KEY"]', ''].join(end);
      assert.equal(await fixed(text, /^Use the environment variable/), expected);
    });

    it(`keep those of an environment file with ${name} that is open and not saved`, async () => {
      const env = ['A=1', 'B=2', ''].join(end);
      await client.open(uriOf('.env'), env, 'dotenv');
      await client.open(uriOf('a.py'), text);
      const action = (await client.actions(uriOf('a.py'), whole)).find((one) => one.title.startsWith('Use'));
      const expected = ['A=1', 'B=2', `STRIPE_SECRET_KEY=${live}`, ''].join(end);
      assert.equal(applied(action, uriOf('.env'), env), expected);
    });

    it(`excuse a line and a file with ${name}`, async () => {
      assert.match(await fixed(text, /on this line/), /^x = 1\r?\nk = "[^"]+" {1,2}# keysmith:ignore[^\r\n]*\r?\n$/);
      const file = await fixed(text, /in this file/);
      assert.match(file, /^# keysmith:ignore-file/);
      assert.equal(file.split(end).length, 4);
    });
  }

  it('are of the key that is meant, in a document with a thousand', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `f(${index}, "${live}")`);
    await client.open(uriOf('a.py'), lines.join('\n'));
    const at = { line: 700, character: 30 };
    const actions = await client.actions(uriOf('a.py'), { start: at, end: at });
    const found = actions.filter(({ title }) => title.startsWith('Use'));
    assert.equal(found.length, 1);
    const result = applied(found[0], uriOf('a.py'), lines.join('\n')).split('\n');
    assert.equal(result[701], 'f(700, os.environ["STRIPE_SECRET_KEY"])');
    assert.deepEqual(
      result.filter((line) => !line.includes(live)),
      ['import os', result[701]],
    );
  });

  it('are offered for ten of the thousand keys that are selected', async () => {
    await client.open(uriOf('a.py'), `k = "${live}"\n`.repeat(1000));
    const actions = await client.actions(uriOf('a.py'), whole);
    const lines = actions.flatMap(({ diagnostics = [] }) => diagnostics.map(({ range }) => range.start.line));
    assert.deepEqual([...new Set(lines)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('read the environment file on the disk where it is not open', async () => {
    writeFileSync(join(folder, '.env'), `STRIPE_KEY=${live}\r\n`);
    assert.match(await fixed(`k = "${live}"\n`, /^Use/), /environ\["STRIPE_KEY"\]/);
  });

  for (const [where, open] of [
    ['on the disk', false],
    ['in the editor', true],
  ] as const) {
    it(`declare a variable of Terraform once, where another file ${where} declares it`, async () => {
      const declaration = 'variable "stripe_secret_key" {\n  type = string\n}\n';
      if (open) await client.open(uriOf('variables.tf'), declaration, 'terraform');
      writeFileSync(join(folder, 'variables.tf'), open ? '' : declaration);
      const text = `locals {\n  key = "${live}"\n}\n`;
      await client.open(uriOf('main.tf'), text, 'terraform');
      const action = (await client.actions(uriOf('main.tf'), whole)).find(({ title }) => title.startsWith('Use'));
      assert.equal(applied(action, uriOf('main.tf'), text), 'locals {\n  key = var.stripe_secret_key\n}\n');
    });
  }

  const titlesIn = async (uri: string, text: string, language: string): Promise<string[]> => {
    await client.open(uri, text, language);
    return (await client.actions(uri, whole)).map(({ title }) => title);
  };

  describe('in a cell of a notebook', () => {
    const cell = (): string => `vscode-notebook-cell:${new URL(uriOf('deep/a.ipynb')).pathname}#W1sZmlsZQ`;

    it('are all there, and know the lines that are for the notebook', async () => {
      const text = `%pip install stripe\n!ls\nk = "${live}"\n`;
      await client.open(cell(), text, 'python');
      const actions = await client.actions(cell(), whole);
      const result = applied(
        actions.find(({ title }) => title.startsWith('Use')),
        cell(),
        text,
      );
      assert.equal(result, '%pip install stripe\n!ls\nimport os\nk = os.environ["STRIPE_SECRET_KEY"]\n');
      const files = actions[0]?.edit?.documentChanges?.filter(isEdit).map(({ textDocument }) => textDocument.uri);
      assert.ok(files?.includes(uriOf('.env')), 'the file of the folder, not of the notebook');
      assert.ok(actions.some(({ title }) => title === 'Ignore on this line'));
    });

    it('leave a cell of another language', async () => {
      const titles = await titlesIn(cell(), `%%bash\nk="${live}"\n`, 'python');
      assert.ok(!titles.some((title) => title.startsWith('Use')));
    });

    it('are the commands of an editor with a vault', async () => {
      await client.stop();
      client = await GuardClient.start({ folder: pathToFileURL(folder).href, settings: { vault: true } });
      const titles = await titlesIn(cell(), `k = "${live}"\n`, 'python');
      assert.match(titles[0] ?? '', /^Move to vault/);
      assert.match(titles[1] ?? '', /^Rotate/);
    });
  });

  describe('of an editor with a vault', () => {
    beforeEach(async () => {
      await client.stop();
      client = await GuardClient.start({ folder: pathToFileURL(folder).href, settings: { vault: true } });
    });

    for (const [place, name, language, text, moves, excuses] of [
      ['a value', 'a.py', 'python', `k = "${live}"\n`, true, true],
      ['a docstring', 'a.py', 'python', `"""\nTakes ${live}.\n"""\n`, false, false],
      ['a constant of Go', 'a.go', 'go', `package p\n\nconst k = "${live}"\n`, true, true],
      ['a tag of Go', 'a.go', 'go', `package p\n\ntype T struct {\n\tA string \`${live}\`\n}\n`, false, true],
      ['a quoted heredoc', 'a.sh', 'shellscript', `cat <<'E'\n${live}\nE\n`, false, false],
      ['the text of an element', 'a.jsx', 'javascriptreact', `a = <A>\n  ${live}\n</A>;\n`, true, true],
      ['the page of a program', 'a.php', 'php', `<p>${live}</p>\n`, false, false],
      ['a file that nobody expands', 'a.yaml', 'yaml', `k: ${live}\n`, false, true],
      ['a language that is not known', 'a.lua', 'lua', `k = "${live}"\n`, false, true],
    ] as const) {
      it(`${moves ? 'move' : 'do not move'} ${place}, ${excuses ? 'and' : 'nor'} ignore its line, and rotate`, async () => {
        const titles = await titlesIn(uriOf(name), text, language);
        assert.equal(
          titles.some((title) => title.startsWith('Move to vault')),
          moves,
        );
        assert.equal(titles.includes('Ignore on this line'), excuses);
        assert.ok(titles.some((title) => title.startsWith('Rotate')));
        assert.ok(titles.some((title) => title.startsWith('Ignore this key everywhere')));
        const line = text.split('\n').findIndex((one) => one.includes(live));
        const column = text.split('\n')[line]?.indexOf(live) ?? 0;
        const hover = await client.hover(uriOf(name), line, column + 5);
        assert.equal(/Move to vault/.test(hover), moves, 'the hover says the same');
      });
    }

    it('outlive a file that is too much for a parser', async () => {
      const deep = `${'`${'.repeat(200_000)}"${live}"`;
      const titles = await titlesIn(uriOf('deep.js'), deep, 'javascript');
      assert.ok(!titles.some((title) => title.startsWith('Move to vault')));
      assert.ok(
        (await titlesIn(uriOf('a.js'), `f("${live}");\n`, 'javascript')).some((title) => title.startsWith('Move')),
      );
    });
  });
});
