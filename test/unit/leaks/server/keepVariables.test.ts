import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { keepVariables } from '../../../../src/leaks/server/keepVariables.ts';
import { liveSecret } from '../../fixtures.ts';

const key = liveSecret(99);
const variable = { name: 'STRIPE_SECRET_KEY', value: key };

describe('a key on its way into an environment file', () => {
  let [top, folder, home] = ['', '', ''];
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'keysmith-keep-')));
    [folder, home] = [join(top, 'shop'), join(top, 'home')];
    for (const one of [folder, home]) mkdirSync(one);
  });
  afterEach(() => rmSync(top, { recursive: true }));

  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'core.excludesFile=/dev/null', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  /** Everything below a folder that has the key in it. */
  const holders = (below: string): string[] =>
    readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.git/'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path, 'utf8').includes(key))
      .map((path) => path.slice(top.length + 1));
  /** What git itself says of a file that has the key. */
  function assertSafe(name = '.env'): void {
    assert.equal(git('ls-files', '--', name), '');
    assert.equal(git('check-ignore', '--', name).trim(), name);
    git('add', '-A');
    assert.ok(!git('diff', '--cached').includes(key));
  }
  const keep = (file = '.env') => keepVariables(folder, file, [variable]);

  it('changes no ignore file that is a link, which git does not follow', async () => {
    git('init', '-q');
    write('rules', '# ours\n');
    symlinkSync('rules', join(folder, '.gitignore'));
    const kept = await keep();
    assert.ok(!kept.ok && /\.gitignore is a link, which git does not follow/.test(kept.problem.why));
    assert.equal(read('rules'), '# ours\n');
    assert.deepEqual(holders(top), []);
  });
  async function refused(file?: string): Promise<{ readonly why: string; readonly tracked: boolean }> {
    const result = await keep(file);
    assert.ok(!result.ok);
    return result.problem;
  }

  it('is written, left out of git, and named in the example', async () => {
    git('init', '-q');
    assert.deepEqual(await keep(), { ok: true, value: [] });
    assert.equal(read('.env'), `STRIPE_SECRET_KEY=${key}\n`);
    assert.equal(read('.env.example'), 'STRIPE_SECRET_KEY=\n');
    assert.equal(statSync(join(folder, '.env')).mode & 0o777, 0o600);
    assertSafe();
  });

  it('is not written twice, and nothing else is', async () => {
    git('init', '-q');
    await keep();
    const before = ['.env', '.gitignore', '.env.example'].map((name) => lstatSync(join(folder, name)).ino);
    assert.ok((await keep()).ok);
    assert.deepEqual(
      ['.env', '.gitignore', '.env.example'].map((name) => lstatSync(join(folder, name)).ino),
      before,
    );
  });

  for (const [what, lines] of [
    ['an ignore file that takes it back', ['*', '!.env']],
    ['one without a last line end', ['node_modules', '!.env*'].join('\n').split('|')],
    ['CRLF', ['a\r', '!.env\r']],
  ] as const) {
    it(`is ignored beside ${what}`, async () => {
      git('init', '-q');
      write('.gitignore', lines.join('\n'));
      assert.ok((await keep()).ok);
      assertSafe();
    });
  }

  it('is ignored in a folder of a repository whose ignore file takes it back', async () => {
    git('init', '-q');
    write('.gitignore', '*.log\n!app/.env\n');
    mkdirSync(join(folder, 'app'));
    assert.ok((await keepVariables(join(folder, 'app'), '.env', [variable])).ok);
    assertSafe('app/.env');
  });

  it('leaves an ignore file alone that names it', async () => {
    git('init', '-q');
    write('.git/info/exclude', '.env\n');
    assert.ok((await keep()).ok);
    assert.ok(!existsSync(join(folder, '.gitignore')));
    assertSafe();
  });

  it('lets the modes of the other files be, and closes that of the key', async () => {
    write('.gitignore', 'a\n');
    write('.env', 'A=1\n');
    chmodSync(join(folder, '.gitignore'), 0o664);
    chmodSync(join(folder, '.env'), 0o644);
    assert.ok((await keep()).ok);
    const modes = ['.gitignore', '.env'].map((name) => statSync(join(folder, name)).mode & 0o777);
    assert.deepEqual(modes, [0o664, 0o600]);
  });

  describe('goes into no file that git tracks', () => {
    beforeEach(() => git('init', '-q'));

    for (const name of ['.env', '.env.staging']) {
      it(`such as ${name}`, async () => {
        write(name, 'A=1\n');
        git('add', name);
        assert.deepEqual(await refused(name), {
          why: `git tracks ${name}: a key in it would be committed.`,
          tracked: true,
        });
        assert.deepEqual(holders(top), []);
        assert.equal(git('status', '--porcelain'), `A  ${name}\n`);
      });
    }

    it('also where an ignore file names it', async () => {
      write('.gitignore', '.env\n');
      write('.env', '');
      git('add', '-f', '.env');
      assert.equal((await refused()).tracked, true);
    });

    it('also where a link leads to it', async () => {
      write('config/env', '');
      git('add', 'config/env');
      symlinkSync('config/env', join(folder, '.env'));
      assert.equal((await refused()).tracked, true);
    });

    it('nor where nobody can tell', async () => {
      write('.git/index', 'spoiled');
      assert.match((await refused()).why, /cannot be read/);
      assert.deepEqual(holders(top), []);
    });
  });

  describe('does not leave the folder', () => {
    for (const name of ['.env', '.gitignore', '.env.example']) {
      for (const [what, target] of [
        ['a file of the user', () => join(home, '.bashrc')],
        ['a file that is not there', () => join(home, 'new')],
        ['a folder', () => home],
        ['a device', () => '/dev/zero'],
        ['itself', () => join(folder, name)],
      ] as const) {
        it(`by ${name} that leads to ${what}`, async () => {
          writeFileSync(join(home, '.bashrc'), 'alias a=b\n');
          symlinkSync(target(), join(folder, name));
          const result = await keep();
          if (name === '.env.example') {
            assert.ok(result.ok);
            assert.match(result.value.join(), /^\.env\.example (?:leads out of|is not).*left as it is\.$/);
          } else {
            assert.ok(!result.ok);
            assert.match(result.problem.why, /No key is written there\.$/);
            assert.ok(!existsSync(join(folder, '.env')) || lstatSync(join(folder, '.env')).isSymbolicLink());
          }
          assert.equal(readFileSync(join(home, '.bashrc'), 'utf8'), 'alias a=b\n');
          assert.deepEqual(readdirSync(home), ['.bashrc']);
          assert.ok(holders(top).every((path) => path === 'shop/.env'));
        });
      }
    }

    it('by a folder in it that is a link', async () => {
      symlinkSync(home, join(folder, 'config'));
      assert.match((await refused('config/.env')).why, /leads out of the folder/);
      assert.deepEqual(readdirSync(home), []);
    });

    it('by a pipe that nobody writes to', async () => {
      execFileSync('mkfifo', [join(folder, '.env')]);
      assert.match((await refused()).why, /not a regular file/);
    });
  });

  it('follows a link that stays in the folder, and is ignored where it goes', async () => {
    git('init', '-q');
    write('config/env', 'A=1\n');
    write('config/.gitignore', '!*\n');
    symlinkSync('config/env', join(folder, '.env'));
    assert.ok((await keep()).ok);
    assert.equal(read('config/env'), `A=1\nSTRIPE_SECRET_KEY=${key}\n`);
    assert.ok(lstatSync(join(folder, '.env')).isSymbolicLink());
    assertSafe('config/env');
  });

  it('works in a folder that is opened by a link', async () => {
    symlinkSync(folder, join(top, 'link'));
    assert.ok((await keepVariables(join(top, 'link'), '.env', [variable])).ok);
    assert.deepEqual(holders(folder), ['shop/.env']);
  });

  it('never goes elsewhere, however often its file becomes a link and a file again', async () => {
    writeFileSync(join(home, '.bashrc'), 'alias a=b\n');
    // Another program, so that it acts between any two steps of ours.
    const script = `const { renameSync, symlinkSync, writeFileSync } = require('node:fs');
      const [, env, target] = process.argv;
      for (;;) {
        symlinkSync(target, env + '.link');
        renameSync(env + '.link', env);
        writeFileSync(env + '.file', 'A=1\\n');
        renameSync(env + '.file', env);
        console.log();
      }`;
    const swapper = spawn(process.execPath, ['-e', script, join(folder, '.env'), join(home, '.bashrc')]);
    try {
      await once(swapper.stdout, 'data');
      const outcomes = new Set<boolean>();
      for (let round = 0; round < 100; round += 1) outcomes.add((await keep()).ok);
      assert.ok(outcomes.has(false));
    } finally {
      swapper.kill('SIGKILL');
    }
    assert.equal(readFileSync(join(home, '.bashrc'), 'utf8'), 'alias a=b\n');
    assert.deepEqual(readdirSync(home), ['.bashrc']);
  });

  for (const [what, text, why] of [
    ['another value', 'STRIPE_SECRET_KEY=mine\n', /another value, which is not overwritten/],
    ['UTF-16', Buffer.from('A=1\n', 'utf16le').toString('latin1'), /no text in UTF-8/],
  ] as const) {
    it(`changes nothing where the file has ${what}`, async () => {
      write('.env', text);
      assert.match((await refused()).why, why);
      assert.deepEqual(readdirSync(folder), ['.env']);
      assert.equal(read('.env'), text);
    });
  }

  it('takes back what was done where the file cannot be written', async () => {
    git('init', '-q');
    write('.gitignore', 'a\n');
    // A name that is too long for a draft beside it.
    const name = `.env.${'x'.repeat(248)}`;
    assert.match((await refused(name)).why, /^The key was not written to/);
    assert.equal(read('.gitignore'), 'a\n');
    assert.deepEqual(readdirSync(folder).toSorted(), ['.git', '.gitignore']);
  });
});
