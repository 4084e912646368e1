import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { gitEnvironment } from '../../src/leaks/git/gitEnvironment.ts';
import { runGit, spawnGit } from '../../src/leaks/git/git.ts';
import { findGit } from '../../src/leaks/git/gitProgram.ts';
import { Canary } from './canary.ts';
import { asConfiguration, calls, everyKey } from './gitKeys.ts';

const source = join(import.meta.dirname, '../../src');

/** A repository in which git has every reason to run something: attributes, a signed commit, an object that is missing, a submodule. */
class Trap {
  readonly folder = mkdtempSync(join(tmpdir(), 'keysmith-trap-'));
  readonly missing = '1'.repeat(40);
  readonly #config: string;
  /** An object is missing, which git would fetch: that takes it as long as all the rest. */
  readonly #lost: boolean;

  constructor(canary: Canary, lost: boolean) {
    this.#lost = lost;
    this.git('init', '-q', '-b', 'main');
    writeFileSync(join(this.folder, '.gitattributes'), '* filter=evil diff=evil merge=evil\n');
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(this.folder, name), `${name}\n`.repeat(50));
    this.git('add', '.');
    this.git('commit', '-qm', 'first');
    const tree = this.git('write-tree').stdout.trim();
    const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n wsBcBAABCAAQ\n -----END PGP SIGNATURE-----\n';
    const who = 'A U Thor <a@example.com> 1700000000 +0000';
    const signed = `tree ${tree}\nauthor ${who}\ncommitter ${who}\n${signature}\nsigned\n`;
    const commit = this.git('hash-object', '-t', 'commit', '-w', '--stdin', signed).stdout.trim();
    this.git('update-ref', 'HEAD', commit);
    this.git('tag', '-a', '-m', 'told', 'v1');
    this.git('notes', 'add', '-m', 'a note');
    writeFileSync(join(this.folder, 'c.txt'), 'a.txt\n'.repeat(51));
    this.git('add', 'c.txt');
    this.git('rm', '-q', '--cached', 'a.txt');
    if (lost) {
      this.git('update-index', '--add', '--cacheinfo', `100644,${this.missing},lost.txt`);
      this.git('update-index', '--skip-worktree', 'lost.txt');
    }
    this.git('update-index', '--add', '--cacheinfo', `160000,${commit},module`);
    writeFileSync(
      join(this.folder, '.gitmodules'),
      '[submodule "module"]\n\tpath = module\n\turl = --upload-pack=evil\n',
    );
    const hooks = join(this.folder, '.git/hooks');
    mkdirSync(hooks, { recursive: true });
    for (const hook of [
      'pre-commit',
      'post-index-change',
      'fsmonitor-watchman',
      'reference-transaction',
      'post-checkout',
    ]) {
      rmSync(join(hooks, hook), { force: true });
      symlinkSync(canary.program, join(hooks, hook));
    }
    this.#config = [
      '[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tpartialClone = origin\n',
      '[remote "origin"]\n\tpromisor = true\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n',
    ].join('');
    this.plant('');
  }

  /** @param more what stands in its configuration beside what makes it one */
  plant(more: string, url = this.folder): void {
    writeFileSync(join(this.folder, '.git/config'), `${this.#config}\turl = ${url}\n${more}`);
  }

  /** As anybody calls it. */
  git(...args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
    const takesInput = args[0] === 'hash-object';
    return spawnSync('git', ['-C', this.folder, ...(takesInput ? args.slice(0, -1) : args)], {
      encoding: 'utf8',
      input: takesInput ? args.at(-1) : '',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        ...Object.fromEntries(
          ['AUTHOR', 'COMMITTER'].flatMap((one) => [
            [`GIT_${one}_NAME`, 'A'],
            [`GIT_${one}_EMAIL`, 'a@example.com'],
          ]),
        ),
      },
    });
  }

  /** Everything that Keysmith has git do. */
  async everything(): Promise<void> {
    await Promise.all(
      calls.map(async (args) => {
        const asksForHooks = args.includes('hooks') || args[0] === 'config';
        if (args[0] !== 'cat-file') {
          await runGit(this.folder, args, { asksForHooks });
          return;
        }
        const child = spawnGit(this.folder, args);
        child.stdout?.resume();
        child.stderr?.resume();
        child.stdin?.end(`${this.#lost ? `${this.missing}\n` : ''}HEAD\nHEAD:a.txt\n`);
        await new Promise((resolve) => child.once('close', resolve));
      }),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const fetching = /^(?:core\.(?:ssh|git|ask)|credential|fetch|protocol|remote|ssh|transfer|url)/i;
const elsewhere =
  /^(?:advice|add|am|apply|blame|branch|browser|checkout|clean|clone|color|column|completion|difftool|fastimport|format|fsck|git|gui|help|http|imap|init|instaweb|interactive|maintenance|man|merge|mergetool|notes|pull|push|rebase|receive|repack|rerere|revert|sendemail|sequence|showbranch|splitindex|stash|status|svn|tag|tar|trace2|uploadarchive|uploadpack|user|versionsort|web|worktree)[.\w]*\./i;

describe('git, as Keysmith calls it, in a repository that names programs', function () {
  if (process.platform === 'win32') return; // the programs are shell scripts

  let canary: Canary;
  let trap: Trap;
  let incomplete: Trap;
  before(() => {
    canary = new Canary();
    trap = new Trap(canary, false);
    incomplete = new Trap(canary, true);
  });
  beforeEach(() => {
    trap.plant('');
    incomplete.plant('');
    canary.forget();
  });
  after(() => {
    trap.remove();
    incomplete.remove();
    canary.remove();
  });

  it('is called for nothing that this table does not have', () => {
    const called = new Set(
      globSync('**/*.ts', { cwd: source }).flatMap((file) =>
        [
          ...readFileSync(join(source, file), 'utf8').matchAll(
            /(?:run|spawn)Git\([^[\]]*\[\s*(?:'-c',\s*'[^']+',\s*)*'(?<command>[\w-]+)'/g,
          ),
        ].map((match) => match.groups?.['command'] ?? ''),
      ),
    );
    const known = new Set(calls.map(([command = '']) => command));
    assert.deepEqual(
      [...called].filter((command) => !known.has(command)),
      [],
    );
    assert.ok(called.size > 3);
  });

  it('is spawned in one place only', () => {
    const places = globSync('**/*.ts', { cwd: source }).filter((file) =>
      /(?:spawn|execFile|exec)(?:Sync)?\(\s*['"`]git\b/.test(readFileSync(join(source, file), 'utf8')),
    );
    assert.deepEqual(places, []);
  });

  describe('the traps work: anybody else runs the program by', () => {
    for (const [key, args] of [
      ['core.fsmonitor', ['status']],
      ['core.pager', ['--paginate', 'log']],
      ['core.sshCommand', ['fetch', 'ssh://example.com/x']],
      ['diff.external', ['diff', 'HEAD']],
      ['diff.evil.textconv', ['log', '-p']],
      ['diff.evil.command', ['diff', 'HEAD']],
      ['filter.evil.clean', ['add', '--renormalize', '.']],
      ['filter.evil.process', ['add', '--renormalize', '.']],
      ['remote.origin.uploadpack', ['cat-file', '-e', '1'.repeat(40)]],
      ['alias.evil', ['evil']],
      ['log.showSignature', ['log']],
    ] as const) {
      it(key, () => {
        const [value, more] =
          key === 'log.showSignature'
            ? ['true', asConfiguration('gpg.program', canary.program)]
            : [key === 'alias.evil' ? `!${canary.program}` : canary.program, ''];
        const where = key.startsWith('remote.') ? incomplete : trap;
        where.plant(asConfiguration(key, value) + more);
        // Without a terminal git pages nothing, so that the pager is not run even where it is asked for.
        if (key === 'core.pager') return;
        where.git(...args);
        assert.notDeepEqual(canary.ran, []);
      });
    }
  });

  it('runs none of them, whatever key of all that git knows names it', async () => {
    const keys = everyKey();
    assert.ok(keys.length > 600, String(keys.length));
    const ran: string[] = [];
    // What nothing here reads is planted section by section; of the others each key alone, for one that is wrong hides the rest.
    const others = keys.filter((key) => elsewhere.test(key));
    const sections = Map.groupBy(others, (key) => key.split('.')[0] ?? '');
    const groups = [...sections.values(), ...keys.filter((key) => !elsewhere.test(key)).map((key) => [key])];
    for (const group of groups) {
      for (const value of [canary.program, `!${canary.program}`]) {
        if (value.startsWith('!') && !group.some((key) => /^(?:alias|credential|submodule)\./.test(key))) continue;
        // What stands here may be of use where something is fetched.
        const where = group.some((key) => fetching.test(key)) ? incomplete : trap;
        where.plant(group.map((key) => asConfiguration(key, value)).join(''));
        await where.everything();
        if (canary.ran.length > 0) ran.push(`${group.join(' ')}: ${canary.ran.join(', ')}`);
        canary.forget();
      }
    }
    assert.deepEqual(ran, []);
  });

  it('runs none of them where they are named together, with what makes git use them', async () => {
    const programs = everyKey().filter((key) =>
      /command|program|cmd|path|helper|textconv|clean|smudge|process|driver|external|editor|pager|upload|receive|askpass|vcs|proxy|fsmonitor/i.test(
        key,
      ),
    );
    const typed = /^(?:core\.(?:worktree|packed|quote)|include|pack\.|http\.|gc\.|fsck|receive\.|advice|color|trace2)/i;
    incomplete.plant(
      [
        ...programs.filter((key) => !typed.test(key)).map((key) => asConfiguration(key, canary.program)),
        asConfiguration('log.showSignature', 'true'),
        asConfiguration('gpg.program', canary.program),
        asConfiguration('diff.submodule', 'log'),
        asConfiguration('fetch.recurseSubmodules', 'true'),
        asConfiguration('core.untrackedCache', 'true'),
      ].join(''),
    );
    await incomplete.everything();
    assert.deepEqual(canary.ran, []);
  });

  for (const [what, url] of [
    ['a path', '/tmp/nowhere.git'],
    ['ext', 'ext::sh -c %CANARY'],
    ['a helper', 'evil::x'],
    ['an option', '--upload-pack=%CANARY'],
    ['ssh', 'ssh://-oProxyCommand=%CANARY/x'],
    ['scp', '-oProxyCommand=%CANARY:x'],
    ['file', 'file:///tmp'],
    ['a bundle', '/tmp/x.bundle'],
  ] as const) {
    it(`fetches nothing that is missing: ${what}`, async () => {
      const more = ['uploadpack', 'receivepack', 'vcs'].map((key) =>
        asConfiguration(`remote.origin.${key}`, canary.program),
      );
      for (const added of ['', ...more]) {
        incomplete.plant(
          added + asConfiguration('core.sshCommand', canary.program),
          url.replace('%CANARY', canary.program),
        );
        await incomplete.everything();
      }
      assert.deepEqual(canary.ran, []);
    });
  }

  it('takes no program, configuration or trace from its environment', async () => {
    const evil = Object.fromEntries(
      [
        'GIT_EXTERNAL_DIFF',
        'GIT_SSH',
        'GIT_SSH_COMMAND',
        'GIT_ASKPASS',
        'SSH_ASKPASS',
        'GIT_PAGER',
        'PAGER',
        'GIT_EDITOR',
        'EDITOR',
        'VISUAL',
        'GIT_SEQUENCE_EDITOR',
        'GIT_PROXY_COMMAND',
        'GIT_TRACE',
        'GIT_TRACE2',
        'GIT_TRACE2_EVENT',
        'GIT_EXEC_PATH',
        'GIT_TEMPLATE_DIR',
        'GIT_CONFIG',
        'GIT_CONFIG_PARAMETERS',
        'GIT_TRACE_SETUP',
        'GIT_REDIRECT_STDOUT',
        'GIT_MERGETOOL_GUI',
      ].map((name) => [name, canary.program]),
    );
    const count = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.fsmonitor', GIT_CONFIG_VALUE_0: canary.program };
    const inherited = { PATH: process.env['PATH'], GIT_INDEX_FILE: 'index', ...evil, ...count };
    const given = gitEnvironment(inherited, trap.folder);
    assert.deepEqual(
      Object.entries(given).filter(([, value]) => value === canary.program),
      [],
    );
    assert.equal(given['GIT_INDEX_FILE'], 'index');
    assert.deepEqual(
      Object.keys(given).filter((name) => name.startsWith('GIT_CONFIG')),
      [],
    );
  });

  it('is not a program of the folder, nor of the current one', () => {
    const bin = join(trap.folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'git'), '#!/bin/sh\n');
    chmodSync(join(bin, 'git'), 0o755);
    const own = process.env['PATH'] ?? '';
    const real = findGit(own, trap.folder);
    for (const before of [bin, '', '.', 'bin', './node_modules/.bin', `${trap.folder}/x/../node_modules/.bin`])
      assert.equal(findGit(`${before}:${own}`, trap.folder), real);
    assert.equal(findGit(`${bin}:.:`, trap.folder), undefined);
    assert.ok(gitEnvironment({ PATH: `${bin}:.:${own}` }, trap.folder)['PATH']?.startsWith('/'));
  });

  it('says so where it is not installed', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      const answer = await runGit(trap.folder, ['rev-parse']);
      assert.match(answer.ok ? '' : answer.problem, /^git was not found/);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('is ended where it waits for a pipe into which nobody writes', async () => {
    spawnSync('mkfifo', [join(trap.folder, 'pipe')]);
    trap.plant(asConfiguration('include.path', join(trap.folder, 'pipe')));
    const answer = await runGit(trap.folder, ['rev-parse', '--show-toplevel'], { silenceMs: 400 });
    assert.deepEqual(answer, { ok: false, problem: 'git rev-parse did not end, and was stopped' });
  });
});
