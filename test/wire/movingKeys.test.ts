import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DidOpenTextDocumentNotification } from 'vscode-languageserver/node';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';
import {
  guardMethods,
  type ExcuseAnswer,
  type FixAnswer,
  type KeepAnswer,
  type KeepOutAnswer,
  type LeakPlace,
  type PasteAnswer,
  type ReplaceAnswer,
} from '../../src/leaks/protocol.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { GuardClient } from './guardClient.ts';

const live = liveSecret(99);
const fresh = liveSecret(34);
const variable = 'STRIPE_SECRET_KEY';

/** The language server as a program, on folders that a stranger has made. Git itself judges what is left. */
describe('keys that the language server moves', () => {
  let client: GuardClient;
  let [top, folder, home] = ['', '', ''];
  beforeEach(async () => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'keysmith-moving-')));
    [folder, home] = [join(top, 'shop'), join(top, 'home')];
    for (const one of [folder, home]) mkdirSync(one);
    git('init', '-q');
    client = await GuardClient.start({ folder: pathToFileURL(folder).href, settings: { vault: true } });
  });
  afterEach(async () => {
    await client.stop();
    rmSync(top, { recursive: true });
  });

  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'core.excludesFile=/dev/null', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const folderUri = (): string => pathToFileURL(folder).href;
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const ask = <T>(method: string, params: object): Promise<T> => client.connection.sendRequest<T>(method, params);
  /** Opens a text with one key as a document, and tells where the key is. */
  async function placeIn(name: string, text: string, language = 'javascript'): Promise<LeakPlace> {
    write(name, text);
    await client.open(uriOf(name), text, language);
    const [leak] = await client.pull(uriOf(name));
    assert.ok(leak);
    return { uri: uriOf(name), range: leak.range, fingerprint: fingerprintOf(live) };
  }
  const fix = (place: LeakPlace, file?: string): Promise<FixAnswer> =>
    ask(guardMethods.fix, { place, folder: folderUri(), ...(file === undefined ? {} : { file }) });
  const keep = (file: string): Promise<KeepAnswer> =>
    ask(guardMethods.keep, { folder: folderUri(), file, variables: [{ name: variable, value: live }], example: true });
  const keepOut = (name: string, untrack: boolean): Promise<KeepOutAnswer> =>
    ask(guardMethods.keepOut, { uri: uriOf(name), folder: folderUri(), untrack });

  it('are planned for no file that git tracks, but for one that would do', async () => {
    write('.env', 'A=1\n');
    git('add', '-f', '.env');
    const place = await placeIn('a.js', `f("${live}");\n`);
    const answer = await fix(place);
    assert.deepEqual(answer, {
      ok: false,
      why: 'git tracks .env: a key in it would be committed.',
      tracked: { file: '.env', instead: '.env.local' },
    });
    const other = await fix(place, '.env.local');
    assert.ok(other.ok);
    assert.equal(other.file, '.env.local');
    assert.deepEqual(await keep('.env.local'), { ok: true, notes: [] });
    git('add', '-A');
    assert.equal(git('ls-files', '.env.local'), '');
    assert.equal(git('check-ignore', '.env.local').trim(), '.env.local');
  });

  it('have git run for nothing in a workspace that is not trusted', async () => {
    write('.env', 'A=1\n');
    git('add', '-f', '.env');
    await client.connection.sendNotification(guardMethods.settings, { vault: true, trusted: false });
    const why = 'git is not run in a workspace that is not trusted. Trust the workspace first.';
    assert.deepEqual(await keepOut('.env', true), { ok: false, why });
    assert.equal(git('ls-files', '.env').trim(), '.env');
    const hook = { action: 'install', folder: folderUri(), file: process.execPath };
    assert.deepEqual(await ask(guardMethods.hook, hook), { ok: false, message: why });
    assert.ok(!existsSync(join(folder, '.git/hooks/pre-commit')));
  });

  it('are kept in the file that a framework reads where git tracks the other one', async () => {
    for (const name of ['.env', 'next.config.js']) write(name, '');
    git('add', '-f', '.env');
    const answer = await fix(await placeIn('a.js', `f("${live}");\n`));
    assert.ok(answer.ok);
    assert.equal(answer.file, '.env.local');
  });

  it('wait for git to let go of a file, which stays', async () => {
    write('.env', 'A=1\n');
    git('add', '-f', '.env');
    git('commit', '-qm', 'a');
    assert.deepEqual(await keepOut('.env', false), {
      ok: false,
      why: 'git tracks .env: a key in it would be committed.',
      tracked: { file: '.env' },
    });
    assert.deepEqual(await keepOut('.env', true), { ok: true });
    assert.equal(read('.env'), 'A=1\n');
    assert.equal(git('status', '--porcelain'), 'D  .env\n?? .gitignore\n');
    assert.equal(git('check-ignore', '.env').trim(), '.env');
    assert.ok((await fix(await placeIn('a.js', `f("${live}");\n`), '.env')).ok);
  });

  it('run no program of the repository when git lets go of a file', async () => {
    write('.env', 'A=1\n');
    write('.gitattributes', '* filter=evil diff=evil\n');
    git('add', '-f', '.env');
    const evil = `touch ${join(home, 'ran')}; cat`;
    for (const name of ['filter.evil.clean', 'filter.evil.smudge', 'core.fsmonitor', 'diff.evil.command'])
      git('config', name, evil);
    write('.git/hooks/post-index-change', `#!/bin/sh\n${evil}\n`);
    execFileSync('chmod', ['+x', join(folder, '.git/hooks/post-index-change')]);
    write('.env', 'A=2\n');
    assert.deepEqual(await keepOut('.env', true), { ok: true });
    assert.ok(!existsSync(join(home, 'ran')));
  });

  it('are offered to stay in an environment file that git shall ignore', async () => {
    const place = await placeIn('.env.staging', `${variable}=${live}\n`, 'dotenv');
    const titles = (await client.actions(place.uri, place.range)).map(({ title }) => title);
    assert.ok(
      titles.includes('Keep this file out of git (.gitignore)') && !titles.some((title) => title.startsWith('Move')),
    );
    assert.deepEqual(await keepOut('.env.staging', false), { ok: true });
    assert.equal(git('check-ignore', '.env.staging').trim(), '.env.staging');
    assert.equal(read('.gitignore'), '.env.staging\n');
    assert.equal(read('.env.staging'), `${variable}=${live}\n`);
  });

  it('leave an example with its name, and no value', async () => {
    for (const [name, text, after] of [
      ['.env.example', `A=1\n${variable}="${live}" # yours\n`, `A=1\n${variable}= # yours\n`],
      ['app.env.sample', `export ${variable}=${live}\n`, `export ${variable}=\n`],
    ] as const) {
      const answer = await fix(await placeIn(name, text, 'dotenv'));
      assert.ok(answer.ok);
      assert.deepEqual([answer.variable, answer.file, answer.example], [variable, '.env', false]);
      const [edit] = answer.edits;
      assert.ok(edit && answer.edits.length === 1);
      const lines = text.split('\n');
      const { start, end } = edit.range;
      const line = lines[start.line] ?? '';
      lines[start.line] = line.slice(0, start.character) + edit.newText + line.slice(end.character);
      assert.equal(lines.join('\n'), after);
    }
  });

  it('are not moved out of a text that leads out of the folder', async () => {
    writeFileSync(join(home, 'pay.js'), `f("${live}");\n`);
    symlinkSync(join(home, 'pay.js'), join(folder, 'pay.js'));
    symlinkSync(home, join(folder, 'linked'));
    for (const name of ['pay.js', 'linked/pay.js']) {
      const uri = uriOf(name);
      await client.open(uri, `f("${live}");\n`, 'javascript');
      const [leak] = await client.pull(uri);
      assert.ok(leak);
      const answer = await fix({ uri, range: leak.range, fingerprint: fingerprintOf(live) });
      assert.deepEqual(answer, { ok: false, why: 'pay.js leads out of the folder: it is not changed.' });
    }
  });

  it('are told to wait where an environment file is not saved', async () => {
    write('.env', 'A=1\n');
    await client.open(uriOf('.env'), 'A=1\nB=2\n', 'dotenv');
    const answer = await fix(await placeIn('a.js', `f("${live}");\n`));
    assert.deepEqual(answer, { ok: false, why: 'Save .env first: it has changes that are not saved.' });
  });

  it('are not taken for unsaved where only line ends and a mark differ', async () => {
    write('.env', '\uFEFFA=1\r\n');
    await client.open(uriOf('.env'), 'A=1\n', 'dotenv');
    assert.ok((await fix(await placeIn('a.js', `f("${live}");\n`))).ok);
  });

  it('are replaced in an environment file, and only there, and only where git has it not', async () => {
    const replace = (name: string, replacement?: string): Promise<ReplaceAnswer> =>
      ask(guardMethods.replace, {
        uri: uriOf(name),
        folder: folderUri(),
        fingerprint: fingerprintOf(live),
        ...(replacement === undefined ? {} : { replacement }),
      });
    write('.env', `\uFEFFA=1\r\n${variable}='${live}'\r\n# ${live}\r\n`);
    assert.deepEqual(await replace('.env'), { ok: true, places: 2 });
    assert.ok(read('.env').includes(live));
    assert.deepEqual(await replace('.env', fresh), { ok: true, places: 2 });
    assert.equal(read('.env'), `\uFEFFA=1\r\n${variable}='${fresh}'\r\n# ${fresh}\r\n`);
    assert.equal(statSync(join(folder, '.env')).mode & 0o777, 0o600);
    assert.equal(git('check-ignore', '.env').trim(), '.env');
    assert.deepEqual(await replace('.env', fresh), { ok: true, places: 0 });

    write('.env.staging', `K=${live}\n`);
    git('add', '-f', '.env.staging');
    const tracked = {
      ok: false,
      why: 'git tracks .env.staging: a key in it would be committed.',
      tracked: { file: '.env.staging' },
    };
    assert.deepEqual(await replace('.env.staging'), tracked);
    assert.deepEqual(await replace('.env.staging', fresh), tracked);
    assert.equal(read('.env.staging'), `K=${live}\n`);

    writeFileSync(join(home, '.bashrc'), `export K=${live}\n`);
    symlinkSync(join(home, '.bashrc'), join(folder, 'a.env'));
    symlinkSync('/dev/zero', join(folder, 'b.env'));
    assert.deepEqual(await replace('a.env', fresh), { ok: false, why: 'a.env leads out of the folder.' });
    assert.deepEqual(await replace('b.env', fresh), { ok: false, why: 'b.env leads out of the folder.' });
    assert.equal(readFileSync(join(home, '.bashrc'), 'utf8'), `export K=${live}\n`);
  });

  it('are excused in a file of the folder only', async () => {
    const excuse = (): Promise<ExcuseAnswer> =>
      ask(guardMethods.excuse, { folder: folderUri(), fingerprint: fingerprintOf(live), reason: 'why' });
    writeFileSync(join(home, '.profile'), 'a\n');
    symlinkSync(join(home, '.profile'), join(folder, '.keysmithignore'));
    assert.deepEqual(await excuse(), {
      ok: false,
      why: '.keysmithignore leads out of the folder. The key is not ignored.',
    });
    assert.equal(readFileSync(join(home, '.profile'), 'utf8'), 'a\n');
    rmSync(join(folder, '.keysmithignore'));
    assert.deepEqual(await excuse(), { ok: true });
    assert.equal(read('.keysmithignore'), `fingerprint:${fingerprintOf(live)} # why\n`);
  });

  it('are written one after the other, however many ask at once', async () => {
    const values = Array.from({ length: 12 }, (_, index) => ({ name: `K_${index}`, value: `v${index}` }));
    const answers = await Promise.all(
      values.map((one) =>
        ask<KeepAnswer>(guardMethods.keep, { folder: folderUri(), file: '.env', variables: [one], example: true }),
      ),
    );
    assert.ok(answers.every(({ ok }) => ok));
    assert.equal(read('.env').split('\n').length, 13);
    assert.equal(read('.env.example').split('\n').length, 13);
  });

  it('are not pasted where the environment file may not have them', async () => {
    const empty = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };
    const paste = (): Promise<PasteAnswer | null> =>
      ask(guardMethods.paste, { uri: uriOf('a.js'), folder: folderUri(), pastes: [{ range: empty, text: live }] });
    await client.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: uriOf('a.js'), languageId: 'javascript', version: 1, text: "f('');\n" },
    });
    assert.ok(await paste());
    symlinkSync(join(home, '.bashrc'), join(folder, '.env'));
    assert.equal(await paste(), null);
    rmSync(join(folder, '.env'));
    write('.env', '');
    git('add', '-f', '.env');
    assert.equal(await paste(), null);
  });
});
