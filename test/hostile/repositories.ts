import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fakeToken, liveSecret } from '../unit/fixtures.ts';
import { asConfiguration } from './gitKeys.ts';

/** A key in a folder beside the repository: whoever tells of it has read what is none of their business. */
export const outsideKey = fakeToken('sk_live', 61);
/** The file that every repository has, with the key in it: nothing that a repository brings may hide it. */
export const paying = 'pay.py';
/** Another one, which no test opens: only a scan of the folder finds it. */
export const unopened = 'unopened.py';

/** Where a repository is made. */
export class Site {
  readonly root: string;
  /** A folder beside it. */
  readonly outside: string;
  readonly canary: string;

  constructor(root: string, outside: string, canary: string) {
    this.root = root;
    this.outside = outside;
    this.canary = canary;
    mkdirSync(root, { recursive: true });
    mkdirSync(outside, { recursive: true });
    for (const file of [paying, unopened]) this.write(file, `key = "${liveSecret()}"\n`);
    writeFileSync(join(outside, 'rules'), `${paying}\n*\n`);
    writeFileSync(join(outside, 'secret'), `STRIPE=${outsideKey}\n`);
  }

  at(name: string): string {
    return join(this.root, name);
  }

  write(name: string, text: string | Buffer): void {
    mkdirSync(dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), text);
  }

  link(name: string, to: string): void {
    rmSync(this.at(name), { recursive: true, force: true });
    mkdirSync(dirname(this.at(name)), { recursive: true });
    symlinkSync(to, this.at(name));
  }

  pipe(name: string): void {
    rmSync(this.at(name), { recursive: true, force: true });
    execFileSync('mkfifo', [this.at(name)]);
  }

  /** A file of 5 GB that takes no room on the disk. */
  huge(name: string): void {
    this.write(name, '');
    truncateSync(this.at(name), 5 * 1024 ** 3);
  }

  socket(name: string): void {
    // Its file stays when whoever listened is gone.
    const script = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script, this.at(name)]);
  }

  git(...args: readonly string[]): string {
    return this.gitIn('.', ...args);
  }

  gitIn(folder: string, ...args: readonly string[]): string {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgSign=false'];
    return execFileSync('git', ['-C', this.at(folder), ...identity, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    });
  }

  /** A repository with everything in it committed. */
  commit(folder = '.'): void {
    this.gitIn(folder, 'init', '-q', '-b', 'main');
    this.gitIn(folder, 'add', '-A');
    this.gitIn(folder, 'commit', '-q', '-m', 'all');
  }

  configure(folder: string, ...entries: readonly (readonly [string, string])[]): void {
    const file = join(folder, '.git/config');
    const head = '[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tpartialClone = origin\n';
    this.write(file, head + entries.map(([key, value]) => asConfiguration(key, value)).join(''));
  }

  /** A folder's repository, which lacks an object that git would fetch by a program. */
  withPromise(folder: string): void {
    this.gitIn(folder, 'update-index', '--add', '--cacheinfo', `100644,${'1'.repeat(40)},.gitignore`);
    this.gitIn(folder, 'update-index', '--skip-worktree', '.gitignore');
    rmSync(join(this.at(folder), '.gitignore'), { force: true });
    this.configure(
      folder,
      ['remote.origin.url', this.outside],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.uploadpack', this.canary],
    );
  }
}

/** A repository that tries to harm. */
export interface Hostile {
  readonly name: string;
  readonly make: (site: Site) => void;
  /** What git is asked about it, beside the scan of its files. */
  readonly git?: 'staged' | 'history' | 'both';
  /** What the scan must say beside the key. */
  readonly says?: RegExp;
  /** The command line reads nothing, and says why: what is set there may make rules graver. */
  readonly refused?: RegExp;
  /** Whether the guard tells of a key in an environment file in this folder; where that is not given it is not asked. */
  readonly environment?: { readonly folder: string; readonly told: boolean };
  /** So large or deep that an editor's own watchers are busy with it. */
  readonly tooMuchForEditors?: true;
}

const programs = (site: Site): readonly (readonly [string, string])[] =>
  [
    'core.fsmonitor',
    'core.sshCommand',
    'core.pager',
    'core.askPass',
    'core.editor',
    'core.gitProxy',
    'core.alternateRefsCommand',
    'diff.external',
    'diff.evil.command',
    'diff.evil.textconv',
    'filter.evil.clean',
    'filter.evil.smudge',
    'filter.evil.process',
    'merge.evil.driver',
    'gpg.program',
    'credential.helper',
    'sequence.editor',
    'uploadpack.packObjectsHook',
    'interactive.diffFilter',
    'pager.log',
    'pager.diff',
    'alias.log',
    'alias.diff',
    'alias.rev-parse',
    'submodule.module.update',
    'trailer.x.command',
  ].map((key) => [key, site.canary]);

const keyed = `STRIPE_SECRET_KEY=${liveSecret(40)}\n`;
const ignored = '.env\n';

export const repositories: readonly Hostile[] = [
  {
    name: 'a bare repository that a plain clone brings',
    make(site) {
      site.write('docs/.gitignore', ignored);
      site.commit('docs');
      site.withPromise('docs');
      for (const one of readdirSync(site.at('docs/.git')))
        renameSync(site.at(`docs/.git/${one}`), site.at(`docs/${one}`));
      rmSync(site.at('docs/.git'), { recursive: true });
      site.write(
        'docs/config',
        `[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\tpromisor = true\n\turl = ${site.outside}\n\tuploadpack = ${site.canary}\n`,
      );
      site.write('docs/refs/keep', '');
      site.write('docs/.env', keyed);
      site.commit();
    },
    git: 'both',
    environment: { folder: 'docs', told: true },
  },
  {
    name: 'a repository inside it, with every program in its configuration',
    make(site) {
      site.write('sub/.gitattributes', '* filter=evil diff=evil merge=evil\n');
      site.write('sub/.gitignore', ignored);
      site.write('sub/.env', keyed);
      site.commit('sub');
      site.configure('sub', ...programs(site));
    },
    environment: { folder: 'sub', told: false },
  },
  {
    name: 'an object that is promised by a program',
    make(site) {
      site.commit();
      site.withPromise('.');
    },
    git: 'both',
  },
  {
    name: 'programs for everything, hooks among them',
    make(site) {
      site.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
      site.commit();
      site.write('more.py', 'nothing\n');
      site.git('add', 'more.py');
      for (const hook of [
        'pre-commit',
        'post-index-change',
        'post-checkout',
        'reference-transaction',
        'fsmonitor-watchman',
      ])
        site.link(`.git/hooks/${hook}`, site.canary);
      site.configure('.', ...programs(site), ['log.showSignature', 'true']);
    },
    git: 'both',
  },
  {
    name: 'a signed commit, and a program that looks at signatures',
    make(site) {
      site.commit();
      const tree = site.git('write-tree').trim();
      const who = 'A <a@example.com> 1700000000 +0000';
      const body = `tree ${tree}\nauthor ${who}\ncommitter ${who}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nsigned\n`;
      site.write('.git/signed', body);
      site.git('update-ref', 'HEAD', site.git('hash-object', '-t', 'commit', '-w', '.git/signed').trim());
      site.configure('.', ['log.showSignature', 'true'], ['gpg.program', site.canary]);
    },
    git: 'history',
  },
  {
    name: 'a submodule whose address is an option',
    make(site) {
      site.commit();
      site.write(
        '.gitmodules',
        `[submodule "m"]\n\tpath = m\n\turl = --upload-pack=${site.canary}\n\tupdate = !${site.canary}\n`,
      );
      const head = site.git('rev-parse', 'HEAD').trim();
      site.git('update-index', '--add', '--cacheinfo', `160000,${head},m`);
      site.configure('.', ['submodule.m.update', `!${site.canary}`], ['diff.submodule', 'log']);
    },
    git: 'both',
  },
  {
    name: 'configuration that includes a device',
    make(site) {
      site.commit();
      site.configure(
        '.',
        ['include.path', '/dev/zero'],
        ['mailmap.file', '/dev/zero'],
        ['diff.orderFile', '/dev/zero'],
      );
    },
    git: 'both',
  },
  {
    name: 'files of git that are read to the end: attributes, excludes, order, names',
    make(site) {
      site.commit();
      site.configure(
        '.',
        ...['core.attributesFile', 'core.excludesFile', 'diff.orderFile', 'mailmap.file', 'commit.template'].map(
          (key) => [key, '/dev/zero'] as const,
        ),
      );
    },
    git: 'both',
  },
  {
    name: 'a work tree that is elsewhere',
    make(site) {
      site.commit();
      site.configure('.', ['core.worktree', site.outside]);
      writeFileSync(join(site.outside, '.keysmithignore'), '*\n');
    },
  },
  {
    name: 'a format of repositories that does not exist yet',
    make(site) {
      site.commit();
      site.write('.git/config', '[core]\n\trepositoryformatversion = 99\n[extensions]\n\tevil = true\n');
    },
    git: 'both',
  },
  ...ignoreFiles('.gitignore'),
  ...ignoreFiles('.keysmithignore'),
  ...['.env', '.env.example', 'keysmith.json'].flatMap((name) => noSmallFile(name)),
  {
    name: 'a file that git has, and that is a link out of the folder by now',
    make(site) {
      site.write('.gitignore', '.env\nbuild/\n');
      site.write('.env', keyed);
      site.write('build/secret', 'x');
      site.commit();
      site.git('add', '-f', '.env', 'build/secret');
      site.link('.env', join(site.outside, 'secret'));
      site.link('build', site.outside);
    },
  },
  {
    name: 'names that speak to terminals, to code hosts and to shells',
    make(site) {
      const names = [
        'new\nline.py',
        '\u001B[2J\u001B[31mred.py',
        '::error file=x::all is well.py',
        '--upload-pack=evil.py',
        '$(touch ran).py',
        '`touch ran`.py',
        "'; touch ran; '.py",
        '\u202Eyp.gnorw.py',
        '\r::warning::x.py',
        '\u0007\u009B1m.py',
        '[x](command:evil).py',
        '  ::stop-commands::x',
        'a ##[add-mask]b.py',
        '##vso[task.complete]x.py',
        '-rf',
        ' ',
        '\u2028.py',
        '%0A::error::x.py',
        'a'.repeat(252).concat('.py'),
      ];
      for (const name of names) site.write(name, `key = "${liveSecret()}"\n`);
      const raw = Buffer.concat([Buffer.from(`${site.root}/`), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('.py')]);
      writeFileSync(raw, `key = "${liveSecret()}"\n`);
      site.commit();
    },
    git: 'both',
    says: /its name is not UTF-8/,
  },
  {
    name: 'a thousand folders, one in the other',
    make(site) {
      const script =
        'import os\nfor i in range(1000):\n os.mkdir("deep"); os.chdir("deep")\nopen("pay.py","w").write("x")\n';
      execFileSync('python3', ['-c', script], { cwd: site.root });
    },
    tooMuchForEditors: true,
  },
  {
    name: 'ten thousand empty folders',
    make(site) {
      for (let one = 0; one < 10_000; one += 1) mkdirSync(site.at(`many/${one % 100}/${one}`), { recursive: true });
    },
    tooMuchForEditors: true,
  },
  {
    name: 'links in circles',
    make(site) {
      site.link('a/b/up', '../..');
      site.link('loop', 'loop');
      site.link('one', 'two');
      site.link('two', 'one');
      site.link('out', '/');
    },
  },
  {
    name: 'a .gitmodules without an end',
    make(site) {
      site.commit();
      site.huge('.gitmodules');
    },
    git: 'both',
  },
  ...['/dev/zero', '/dev/tty', 'OUTSIDE', '//host/share'].map((to): Hostile => ({
    name: `a file .git that names ${to}`,
    make(site) {
      site.write('.git', `gitdir: ${to.replace('OUTSIDE', join(site.outside, 'repo'))}\n`);
      plantOutside(site);
      site.write('.gitignore', ignored);
      site.write('.env', keyed);
    },
    git: 'both',
  })),
  { name: 'a .git that is a device', make: (site) => site.link('.git', '/dev/zero'), git: 'both' },
  {
    name: 'a .git that is a link out of the folder',
    make(site) {
      plantOutside(site);
      site.link('.git', join(site.outside, 'repo'));
    },
  },
  {
    name: 'an empty .git that hides the repository around it',
    make(site) {
      site.write('inner/.env', keyed);
      site.write('inner/.gitignore', '');
      site.commit();
      site.write('inner/.gitignore', ignored);
      mkdirSync(site.at('inner/.git'));
    },
    environment: { folder: 'inner', told: true },
  },
  {
    name: 'a common folder that is elsewhere',
    make(site) {
      site.commit();
      plantOutside(site);
      site.write('.git/commondir', `${join(site.outside, 'repo')}\n`);
    },
  },
  ...(['link', 'pipe', 'huge'] as const).flatMap((kind): Hostile[] =>
    ['.git/info/exclude', '.git/index', '.git/HEAD', '.git/packed-refs', '.git/objects/info/alternates'].map(
      (name) => ({
        name: `${name} is a ${kind}`,
        make(site) {
          site.write('.gitignore', ignored);
          site.write('.env', keyed);
          site.commit();
          mkdirSync(dirname(site.at(name)), { recursive: true });
          rmSync(site.at(name), { force: true });
          if (kind === 'link') site.link(name, '/dev/zero');
          else if (kind === 'pipe') site.pipe(name);
          else site.huge(name);
        },
        ...(name === '.git/index'
          ? { environment: { folder: '.', told: true }, says: /which files git has is not known/ }
          : {}),
      }),
    ),
  ),
  {
    name: 'objects that are elsewhere',
    make(site) {
      site.commit();
      site.write('.git/objects/info/alternates', `${site.outside}\n/dev/zero\n//host/share\n${'x'.repeat(100_000)}\n`);
    },
    git: 'both',
  },
  {
    name: 'an index that is damaged',
    make(site) {
      site.write('.gitignore', ignored);
      site.commit();
      site.write('.env', keyed);
      site.write(
        '.git/index',
        Buffer.concat([Buffer.from('DIRC\0\0\0\u0002\u00ff\u00ff\u00ff\u00ff', 'latin1'), Buffer.alloc(100_000, 0xee)]),
      );
    },
    environment: { folder: '.', told: true },
    says: /which files git has is not known/,
    git: 'staged',
  },
  {
    name: 'patterns that take for ever',
    make(site) {
      const lines = [
        `${'*a'.repeat(100)}b`,
        `${'**/a/'.repeat(100)}b`,
        `${'?*'.repeat(100)}b`,
        `${'[a-z]*'.repeat(60)}1`,
      ];
      for (const file of ['.gitignore', '.keysmithignore']) site.write(file, lines.join('\n').concat('\n').repeat(100));
      for (let one = 0; one < 200; one += 1) site.write(`${'a'.repeat(200)}/${'a'.repeat(240)}${one}`, '');
    },
  },
  {
    name: 'a hundred thousand patterns',
    make(site) {
      const lines = Array.from({ length: 100_000 }, (_, index) => `*x${index}*y`);
      for (const file of ['.gitignore', '.keysmithignore']) site.write(file, lines.slice(0, 70_000).join('\n'));
      for (let one = 0; one < 500; one += 1) site.write(`many/${one}.py`, '');
    },
    says: /patterns are not applied/,
  },
];

/** What a file that is read as a whole can be beside a small file. */
function noSmallFile(name: string): Hostile[] {
  const kinds: readonly Hostile[] = [
    { name: `${name} is a device`, make: (site) => site.link(name, '/dev/zero') },
    { name: `${name} is a pipe`, make: (site) => site.pipe(name) },
    { name: `${name} is 5 GB`, make: (site) => site.huge(name) },
    { name: `${name} leads out of the folder`, make: (site) => site.link(name, join(site.outside, 'secret')) },
    { name: `${name} is a folder`, make: (site) => site.write(`${name}/x`, '') },
  ];
  return kinds.map((kind) => (name === 'keysmith.json' ? { ...kind, refused: /keysmith\.json/ } : kind));
}

/** What an ignore file can be that is none. */
function ignoreFiles(name: '.gitignore' | '.keysmithignore'): Hostile[] {
  const nothingElse = (site: Site): void => void site.git('init', '-q');
  const kinds: readonly (readonly [string, (site: Site) => void, RegExp?])[] = [
    ['is a device', (site) => site.link(name, '/dev/zero'), /is a link/],
    ['is a pipe', (site) => site.pipe(name), /not a regular file/],
    ['is a socket', (site) => site.socket(name), /not a regular file/],
    ['is a folder', (site) => site.write(`${name}/x`, '*'), /not a regular file/],
    ['is a link to itself', (site) => site.link(name, name), /is a link/],
    ['leads out of the folder', (site) => site.link(name, join(site.outside, 'rules')), /is a link/],
    ['is 5 GB', (site) => site.huge(name), /too large/],
    ['has a million lines', (site) => site.write(name, 'x*y\n'.repeat(1_000_000)), /too large/],
    [
      'is no text',
      (site) => site.write(name, Buffer.from([0xff, 0xfe, 0, 0, 0x80, 0x0a, 0xc3, 0x28, 0x0a, 0x5b, 0x0a])),
    ],
  ];
  return kinds.map(([what, make, says]) => ({
    name: `${name} ${what}`,
    make(site) {
      nothingElse(site);
      make(site);
    },
    ...(says ? { says } : {}),
  }));
}

/** A repository beside the folder, whose excludes would hide everything in it. */
function plantOutside(site: Site): void {
  const repo = join(site.outside, 'repo');
  for (const folder of ['objects', 'refs', 'info']) mkdirSync(join(repo, folder), { recursive: true });
  writeFileSync(join(repo, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(repo, 'config'), '[core]\n\trepositoryformatversion = 0\n');
  writeFileSync(join(repo, 'info/exclude'), '*\n');
}

/** A folder for repositories, each in a folder of its own below `at`. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'keysmith-hostile-'));

/** What the editor's tests are told of the folder that is open: `hostile.json` in it. */
export interface HostileWorkspace {
  /** The file that exists once a repository had its program run. */
  readonly canary: string;
  readonly repositories: readonly {
    readonly name: string;
    readonly folder: string;
    readonly environment: Hostile['environment'] | undefined;
  }[];
}
