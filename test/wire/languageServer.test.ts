import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import {
  CancellationTokenSource,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DocumentDiagnosticRequest,
  PublishDiagnosticsNotification,
  type Range,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';
import { applyEdits } from '../../src/leaks/fixes/textEdit.ts';
import {
  guardMethods,
  type FixAnswer,
  type FoundLeak,
  type PasteAnswer,
  type PasteParams,
  type ScanAnswer,
} from '../../src/leaks/protocol.ts';
import { PlacedText } from '../../src/leaks/placedText.ts';
import { fakeToken, liveSecret, testSecret } from '../unit/fixtures.ts';
import { GuardClient } from './guardClient.ts';

const live = liveSecret(99);
const secretPart = live.slice(10, -6);

describe('keysmith lsp --stdio', () => {
  let client: GuardClient;
  const uri = 'untitled:one';
  before(async () => {
    client = await GuardClient.start();
  });
  after(() => client.stop());

  it('flags a live key as an error and a test key as a warning, without showing either', async () => {
    await client.open(uri, `live = "${live}"\ntest = "${testSecret()}"\n`);
    const found = await client.pull(uri);
    assert.deepEqual(
      found.map(({ severity, code, range }) => [severity, code, range.start]),
      [
        [1, 'live-secret-key', { line: 0, character: 8 }],
        [2, 'test-secret-key', { line: 1, character: 8 }],
      ],
    );
    for (const diagnostic of found) {
      assert.ok(!JSON.stringify(diagnostic).includes(secretPart));
      assert.match(diagnostic.codeDescription?.href ?? '', /^https:\/\/docs\.stripe\.com\//);
    }
  });

  it('says that nothing has changed where nothing has', async () => {
    const first = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    const again = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      previousResultId: first.resultId ?? '',
    });
    assert.equal(again.kind, 'unchanged');
  });

  it('tells in a hover what it is, whose, and where else it stands, and no token', async () => {
    await client.open('file:///work/other.js', `a("${live}"); b("${live}")`, 'javascript');
    await client.connection.sendNotification(guardMethods.known, [
      {
        fingerprint: fingerprintOf(live),
        keyId: 'mk_1',
        name: 'check*out*',
        where: 'emulator',
        status: 'active',
        lastUsed: '2026-01-02T03:04:05Z',
      },
    ]);
    const text = await client.hover(uri, 0, 12);
    assert.match(text, /Stripe LIVE secret key/);
    assert.match(text, /check\\\*out\\\*\*\*: a key of the emulator, active, last used 2026-01-02 03:04 UTC/);
    assert.match(text, /`work\/other\.js` \(2\)/);
    assert.ok(!text.includes(secretPart));
    assert.equal(await client.hover(uri, 0, 2), '');
  });

  it('follows edits', async () => {
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, text: '' }],
    });
    assert.deepEqual(
      (await client.pull(uri)).map(({ code, range }) => [code, range.start.line]),
      [['test-secret-key', 0]],
    );
  });

  it('forgets a document that is closed', async () => {
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    assert.deepEqual(await client.pull(uri), []);
  });

  it('reads a cell of a notebook, and a document that git has', async () => {
    for (const other of ['vscode-notebook-cell:/a/b.ipynb#W0', 'git:/a/b.js?x']) {
      await client.open(other, `k = "${live}"`);
      assert.equal((await client.pull(other)).length, 1);
    }
  });

  it('ends a request that is cancelled', async () => {
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest(
      DocumentDiagnosticRequest.type,
      { textDocument: { uri: 'git:/a/b.js?x' } },
      source.token,
    );
    source.cancel();
    const ended = await asked.then(
      ({ kind }) => kind,
      (error: { code: number }) => error.code,
    );
    assert.ok(ended === 'full' || ended === -32_800, String(ended));
  });

  it('answers for 500 documents', async () => {
    const uris = Array.from({ length: 500 }, (_, index) => `file:///many/${index}.js`);
    await Promise.all(uris.map((one, index) => client.open(one, `${'// line\n'.repeat(index)}k = "${live}"`)));
    const found = await Promise.all(uris.map((one) => client.pull(one)));
    assert.deepEqual(
      found.map((items) => items.map(({ range }) => range.start.line)),
      uris.map((_, index) => [index]),
    );
  });

  it('obeys settings as they change, and names those that mean nothing', async () => {
    await client.open('untitled:set', `"${testSecret()}"`);
    for (const [rules, expected] of [
      [{ 'test-secret-key': 'off' }, []],
      [{ 'test-secret-key': 'hint', 'no-such-rule': 'error' }, [4]],
      [{ 'test-secret-key': 'fatal' }, [2]],
      [{}, [2]],
    ] as const) {
      await client.connection.sendNotification(guardMethods.settings, { rules });
      assert.deepEqual(
        (await client.pull('untitled:set')).map(({ severity }) => severity),
        expected,
      );
    }
  });

  it('offers to move and to rotate only what can be, in a hover', async () => {
    await client.connection.sendNotification(guardMethods.settings, { vault: true, rules: {} });
    for (const [token, move, rotate] of [
      [live, true, true],
      [fakeToken('whsec', 32), true, false],
      [fakeToken('pk_live', 99), false, false],
    ] as const) {
      await client.open(`untitled:${token.slice(0, 5)}`, `k = "${token}"`);
      const text = await client.hover(`untitled:${token.slice(0, 5)}`, 0, 8);
      assert.deepEqual([text.includes('moveToVault'), text.includes('leak.rotate')], [move, rotate], text);
    }
  });

  it('flags the lines of an ignore file that mean nothing', async () => {
    await client.open('file:///work/.keysmithignore', 'dist/\nfingerprint:123 # no\n', 'ignore');
    const found = await client.pull('file:///work/.keysmithignore');
    assert.deepEqual(
      found.map(({ severity, range, message }) => [severity, range.start.line, message]),
      [[2, 1, 'This line excuses nothing: a fingerprint has 32 hexadecimal digits.']],
    );
  });

  it('flags the first thousand keys of a document, and says how many more there are', async () => {
    await client.open('untitled:many', `"${live}"\n`.repeat(1500));
    const found = await client.pull('untitled:many');
    assert.deepEqual([found.length, found[1000]?.range.start.line], [1001, 1000]);
    assert.match(JSON.stringify(found[1000]), /500 more keys/);
  });

  it('keeps up with a thousand keystrokes in a large document', async () => {
    const large = 'untitled:large';
    const line = `${'const value = compute(1, 2); '.repeat(3)}\n`;
    const middle = 30_000;
    await client.open(large, line.repeat(2 * middle), 'javascript');
    const typed = `"${live}" `;
    for (let key = 0; key < 1000; key += 1) {
      const at = { line: middle, character: key };
      await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: large, version: key + 2 },
        contentChanges: [{ range: { start: at, end: at }, text: typed[key % typed.length] ?? '' }],
      });
    }
    const found = await client.pull(large);
    const expected = Array.from({ length: Math.floor(1000 / typed.length) }, (_, index) => index * typed.length + 1);
    assert.deepEqual(
      found.map(({ range }) => [range.start.line, range.start.character]),
      expected.map((character) => [middle, character]),
    );
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: large } });
  });

  it('finds the leaks of a text before it is a document', async () => {
    const found = await client.connection.sendRequest<FoundLeak[]>(guardMethods.inspect, {
      text: `a\nk = "${live}"`,
      path: 'file:///a/b.js',
      language: 'javascript',
    });
    assert.deepEqual(
      found.map(({ rule, range }) => [rule, range.start]),
      [['live-secret-key', { line: 1, character: 5 }]],
    );
  });
});

it('the language server sends diagnostics to a client that does not pull them', async () => {
  const client = await GuardClient.start({ capabilities: {} });
  try {
    const sent = new Promise<number>((resolve) => {
      client.connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) =>
        resolve(diagnostics.length),
      );
    });
    await client.open('untitled:push', `"${live}"`);
    assert.equal(await sent, 1);
  } finally {
    await client.stop();
  }
});

describe('the language server in a folder', () => {
  let client: GuardClient;
  let folder = '';
  const whole: Range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-lsp-'));
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const start = async (settings: object = {}): Promise<void> => {
    client = await GuardClient.start({ folder: pathToFileURL(folder).href, settings });
  };

  it('offers an editor with a vault its commands first, by name and place, then to ignore', async () => {
    await start({ vault: true });
    await client.open(uriOf('a.js'), `f("${live}")`, 'javascript');
    const actions = await client.actions(uriOf('a.js'), whole);
    assert.deepEqual(
      actions.map(({ title, isPreferred = false }) => [title, isPreferred]),
      [
        ['Move to vault and use an environment variable', true],
        ['Rotate this key and replace it everywhere it occurs', false],
        ['Ignore on this line', false],
        ['Ignore in this file', false],
        ['Ignore this key everywhere (.keysmithignore)', false],
      ],
    );
    assert.deepEqual(
      actions.slice(0, 2).map(({ command }) => command?.command),
      ['keysmith.leak.moveToVault', 'keysmith.leak.rotate'],
    );
    assert.ok(!JSON.stringify(actions).includes(secretPart));
  });

  it('offers other editors the variable as an edit, with the files that it needs', async () => {
    await start();
    writeFileSync(join(folder, '.gitignore'), 'node_modules');
    await client.open(uriOf('a.py'), `k = "${live}"\n`);
    const [first] = await client.actions(uriOf('a.py'), whole);
    assert.equal(first?.title, 'Use the environment variable STRIPE_SECRET_KEY');
    const changes = first?.edit?.documentChanges ?? [];
    const edits = changes.filter((change): change is TextDocumentEdit => 'edits' in change);
    assert.deepEqual(
      edits.map(({ textDocument }) => textDocument.uri.split('/').at(-1)),
      ['a.py', '.env', '.env.example', '.gitignore'],
    );
    assert.deepEqual(
      edits.map(({ textDocument, edits: [edit] }) => [
        textDocument.uri.endsWith('/.env'),
        JSON.stringify(edit).includes(secretPart),
      ]),
      [
        [false, false],
        [true, true],
        [false, false],
        [false, false],
      ],
    );
  });

  it('plans the move of a key, with a name that is free', async () => {
    await start({ vault: true });
    writeFileSync(join(folder, '.env'), 'STRIPE_SECRET_KEY=other\n');
    await client.open(uriOf('a.js'), `f("${live}")`, 'javascript');
    const [{ range } = { range: whole }] = await client.pull(uriOf('a.js'));
    const place = { uri: uriOf('a.js'), range, fingerprint: fingerprintOf(live) };
    const answer = await client.connection.sendRequest<FixAnswer>(guardMethods.fix, {
      place,
      folder: pathToFileURL(folder).href,
    });
    assert.ok(answer.ok);
    assert.equal(answer.variable, 'STRIPE_SECRET_KEY_2');
    assert.deepEqual(
      answer.edits.map(({ newText }) => newText),
      ['process.env.STRIPE_SECRET_KEY_2'],
    );
    const env = answer.files.find((file) => file.uri.endsWith('/.env'));
    assert.equal(env?.text, `STRIPE_SECRET_KEY=other\nSTRIPE_SECRET_KEY_2=${live}\n`);
    const gone = await client.connection.sendRequest<FixAnswer>(guardMethods.fix, {
      place: { ...place, range: whole },
      folder: pathToFileURL(folder).href,
    });
    assert.deepEqual(gone, { ok: false, why: 'The key no longer stands there.' });
  });

  for (const [what, language, before, pasted, after] of [
    [
      'a line',
      'javascript',
      'a;\n§\nb;\n',
      `const k = '${live}';`,
      'a;\nconst k = process.env.STRIPE_SECRET_KEY;\nb;\n',
    ],
    ['a key between quotes', 'javascript', "f('§');\n", live, 'f(process.env.STRIPE_SECRET_KEY);\n'],
    [
      'a key in a longer literal',
      'javascript',
      'h("Bearer §");\n',
      live,
      'h(`Bearer ${process.env.STRIPE_SECRET_KEY}`);\n',
    ],
    [
      'a key that needs an import far above',
      'python',
      'import json\n\nk = "§"\n',
      live,
      'import os\nimport json\n\nk = os.environ["STRIPE_SECRET_KEY"]\n',
    ],
    ['over a selection', 'javascript', "f('§old§');\n", live, 'f(process.env.STRIPE_SECRET_KEY);\n'],
  ] as const) {
    it(`tells what a paste of ${what} becomes`, async () => {
      await start({ vault: true });
      const [head = '', selected = '', tail] = before.split('§');
      const old = before.replaceAll('§', '');
      const places = new PlacedText(old);
      const from = head.length;
      const to = tail === undefined ? from : from + selected.length;
      await client.open(uriOf('paste'), old, language);
      const answer = await client.connection.sendRequest<PasteAnswer | null>(guardMethods.paste, {
        uri: uriOf('paste'),
        pastes: [{ range: places.rangeAt(from, to), text: pasted }],
        folder: pathToFileURL(folder).href,
      } satisfies PasteParams);
      assert.ok(answer);
      const edits = answer.edits.map(({ range, newText }) => ({
        start: places.offsetAt(range.start),
        end: places.offsetAt(range.end),
        text: newText,
      }));
      assert.equal(applyEdits(old, edits), after);
    });
  }

  it('lets go what .keysmithignore excuses, as soon as it does', async () => {
    await start();
    await client.open(uriOf('a.js'), `f("${live}")`, 'javascript');
    await client.open(uriOf('gen/b.js'), `f("${live}")`, 'javascript');
    assert.equal((await client.pull(uriOf('a.js'))).length, 1);
    const changed = async (text: string): Promise<void> => {
      writeFileSync(join(folder, '.keysmithignore'), text);
      await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri: uriOf('.keysmithignore'), type: 2 }],
      });
    };
    await changed('gen/\n');
    assert.deepEqual(
      [(await client.pull(uriOf('a.js'))).length, (await client.pull(uriOf('gen/b.js'))).length],
      [1, 0],
    );
    await changed(`fingerprint:${fingerprintOf(live)}\n`);
    assert.deepEqual(
      [(await client.pull(uriOf('a.js'))).length, (await client.pull(uriOf('gen/b.js'))).length],
      [0, 0],
    );
  });

  it('looks through the folder on request, without its ignored files', async () => {
    await start();
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/a.js'), `\nf("${live}")`);
    writeFileSync(join(folder, '.env'), `K=${live}`);
    writeFileSync(join(folder, '.gitignore'), '.env\n');
    const answer = await client.connection.sendRequest<ScanAnswer>(guardMethods.scan, {
      roots: [pathToFileURL(folder).href],
      exclude: [],
      id: 1,
    });
    assert.deepEqual(
      answer.files.map((file) => [file.uri, file.leaks.map(({ rule, range }) => [rule, range.start.line])]),
      [[uriOf('src/a.js'), [['live-secret-key', 1]]]],
    );
    assert.ok(!JSON.stringify(answer).includes(secretPart));
  });
});
