import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  RegistrationRequest,
  type ClientCapabilities,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { GuardClient } from './guardClient.ts';

const live = liveSecret(99);
const text = `k = "${live}"\n`;
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe('what ignore files excuse in documents', () => {
  let client: GuardClient;
  let folder = '';
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const pathOf = (name: string): string => new URL(uriOf(name)).pathname;
  const start = async (capabilities: ClientCapabilities = {}): Promise<void> => {
    client = await GuardClient.start({
      folder: pathToFileURL(folder).href,
      capabilities: { ...capabilities, textDocument: { diagnostic: {} } },
    });
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith lsp-')); // a blank in the path is written as %20
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const leaksIn = async (uri: string): Promise<number> => {
    await client.open(uri, text);
    return (await client.pull(uri)).length;
  };

  const documents = {
    'a file': (name: string) => uriOf(name),
    "a notebook's cell": (name: string) => `vscode-notebook-cell:${pathOf(name)}#W0sZmlsZQ`,
    'what git has': (name: string) => `git:${pathOf(name)}?%7B%22ref%22%3A%22~%22%7D`,
    'a file that is not saved yet': (name: string) => `untitled:${pathOf(name)}`,
  };
  for (const [what, make] of Object.entries(documents)) {
    it(`is ${what}: by its key, and by its path`, async () => {
      await start();
      writeFileSync(join(folder, '.keysmithignore'), `fingerprint:${fingerprintOf(live)}\n`);
      mkdirSync(join(folder, 'gen'));
      assert.equal(await leaksIn(make('a.ipynb')), 0);
      writeFileSync(join(folder, '.keysmithignore'), 'gen/\n');
      await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri: uriOf('.keysmithignore'), type: 2 }],
      });
      assert.deepEqual([await leaksIn(make('b.ipynb')), await leaksIn(make('gen/b.ipynb'))], [1, 0]);
    });
  }

  it('is nothing in documents that have no file', async () => {
    await start();
    writeFileSync(join(folder, '.keysmithignore'), '*\n');
    assert.deepEqual(
      [await leaksIn('untitled:Untitled-1'), await leaksIn('http://host/a.js'), await leaksIn('no uri')],
      [1, 1, 1],
    );
  });

  it('is an environment file that git ignores, and not what git has of it, nor one that git tracks', async () => {
    await start();
    const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
    git('init', '-q');
    writeFileSync(join(folder, '.env.tracked'), '');
    git('add', '.env.tracked');
    writeFileSync(join(folder, '.gitignore'), '.env*\n');
    assert.deepEqual(
      [
        await leaksIn(uriOf('.env')),
        await leaksIn(documents['what git has']('.env')),
        await leaksIn(uriOf('.env.tracked')),
      ],
      [0, 1, 1],
    );
  });

  it('ends at the root of a repository', async () => {
    await start();
    writeFileSync(join(folder, '.keysmithignore'), '*.js\n');
    mkdirSync(join(folder, 'inner'));
    execFileSync('git', ['init', '-q'], { cwd: join(folder, 'inner') });
    assert.deepEqual([await leaksIn(uriOf('a.js')), await leaksIn(uriOf('inner/a.js'))], [0, 1]);
  });

  it('is followed where the client can tell of changes', async () => {
    await start({ workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } });
    const watched = await new Promise<unknown[]>((resolve) => {
      client.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
        resolve(registrations.map(({ method, registerOptions }) => [method, registerOptions]));
      });
    });
    assert.deepEqual(watched, [
      [
        'workspace/didChangeWatchedFiles',
        { watchers: [{ globPattern: '**/{.keysmithignore,.gitignore,keysmith.json}' }] },
      ],
    ]);
  });

  it('is written into the folder that a document or its notebook is in, as folders come and go', async () => {
    await start({ workspace: { workspaceFolders: true } });
    const ignoreFiles = async (uri: string): Promise<string[]> => {
      await client.open(uri, text);
      const action = (await client.actions(uri, whole)).find(({ title }) => title.includes('.keysmithignore'));
      return (action?.edit?.documentChanges ?? [])
        .filter((change): change is TextDocumentEdit => 'edits' in change)
        .map(({ textDocument }) => textDocument.uri);
    };
    const cell = documents["a notebook's cell"]('deep/er/a.ipynb');
    assert.deepEqual(await ignoreFiles(cell), [uriOf('.keysmithignore')]);
    const deep = { uri: uriOf('deep'), name: 'deep' };
    for (const [event, expected] of [
      [{ added: [deep], removed: [] }, uriOf('deep/.keysmithignore')],
      [{ added: [], removed: [deep] }, uriOf('.keysmithignore')],
    ] as const) {
      await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
        event: { added: [...event.added], removed: [...event.removed] },
      });
      assert.deepEqual(await ignoreFiles(cell), [expected]);
      assert.deepEqual(await ignoreFiles(uriOf('deep/b.js')), [expected]);
      assert.deepEqual(await ignoreFiles(uriOf('deeper/b.js')), [uriOf('.keysmithignore')]);
    }
  });
});
