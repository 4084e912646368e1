import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { explainLoadingOf, type Loading, type LoadingFacts } from '../../../../src/leaks/fixes/loading.ts';
import { applyEdits } from '../../../../src/leaks/fixes/textEdit.ts';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function loading(
  over: Partial<Omit<LoadingFacts, 'manifests'>> & { readonly manifests?: Record<string, string> },
): Loading {
  const { manifests = {}, ...rest } = over;
  return explainLoadingOf({
    language: 'javascript',
    path: 'server.js',
    text: 'f(process.env.K);\n',
    file: '.env',
    manifests: new Map(Object.entries(manifests)),
    ...rest,
  });
}

describe('how a variable gets loaded', () => {
  for (const [what, facts, expected] of [
    ['by Next.js', { manifests: { 'package.json': json({ dependencies: { next: '1' } }) } }, /^Next\.js loads \.env/],
    [
      'by Next.js from another file',
      { file: '.env.local', manifests: { 'package.json': json({ dependencies: { next: '1' } }) } },
      /^Next\.js loads \.env\.local/,
    ],
    ['by Bun', { manifests: { 'bun.lock': '' } }, /^Bun loads/],
    ['by dotenv in the text', { text: "require('dotenv').config();\n" }, /^dotenv, which this file uses/],
    [
      'by a script',
      { manifests: { 'package.json': json({ scripts: { dev: 'node --env-file=.env a.js' } }) } },
      /^The script “dev” of package\.json loads/,
    ],
    ['by Docker Compose itself', { path: 'compose.yml', language: 'dockercompose' }, /^Docker Compose reads \.env/],
    [
      'by a service of Docker Compose',
      { manifests: { 'compose.yaml': 'services:\n  a:\n    env_file: .env\n' } },
      /^compose\.yaml hands/,
    ],
    [
      'by a service with a list',
      { manifests: { 'docker-compose.yml': 'services:\n  a:\n    env_file:\n      - other.env\n      - ./.env\n' } },
      /^docker-compose\.yml hands/,
    ],
    ['by Python itself', { language: 'python', text: 'load_dotenv()\n' }, /^This file loads/],
    [
      'by Flask',
      { language: 'python', text: '', manifests: { 'requirements.txt': 'flask\npython-dotenv==1\n' } },
      /^flask run loads/,
    ],
    ['by Rails', { language: 'ruby', text: '', manifests: { Gemfile: "gem 'dotenv-rails'\n" } }, /^dotenv-rails loads/],
    [
      'by Laravel',
      { language: 'php', text: '', manifests: { 'composer.json': '{"require":{"laravel/framework":"1"}}' } },
      /^Laravel/,
    ],
  ] as const) {
    it(`is told: ${what}, and nothing is offered`, () => {
      const { message, offer } = loading(facts);
      assert.match(message, expected);
      assert.equal(offer, undefined);
    });
  }

  for (const [what, facts, text] of [
    ['Node', {}, 'node --env-file=.env server.js'],
    ['Node in a folder', { path: 'apps/my-shop/start.mjs' }, 'node --env-file=.env apps/my-shop/start.mjs'],
    ['Node, of a name with a command in it', { path: 'a;touch b;.js' }, 'node --env-file=.env'],
    ['Node, of a name with a line in it', { path: 'a\ntouch b\n.js' }, 'node --env-file=.env'],
    ['Node, of a name that is run', { path: '$(touch b).js' }, 'node --env-file=.env'],
    ['Node, of a name that is an option', { path: '-r=b.js' }, 'node --env-file=.env'],
    [
      'another file of Docker Compose',
      { path: 'compose.yml', language: 'dockercompose', file: '.env.local' },
      'docker compose --env-file .env.local up',
    ],
    ['any other program', { language: 'java', path: 'A.java' }, 'set -a; . ./.env; set +a'],
  ] as const) {
    it(`is a command for ${what}`, () => {
      const { offer } = loading(facts);
      assert.ok(offer?.kind === 'copy');
      assert.equal(offer.text, text);
    });
  }

  it('says nothing of what a broken manifest would say', () => {
    for (const text of ['', '{', '[]', 'null', '{"scripts":7,"dependencies":[]}', '{"scripts":{"a":7}}'])
      assert.match(loading({ manifests: { 'package.json': text } }).message, /^Nothing here loads \.env yet\./);
  });

  it('is found out in texts that are made to take long', () => {
    const blank = '\n'.repeat(500_000);
    const comments = '/* */ */'.repeat(100_000);
    const list = `env_file:${'\n  - \n'.repeat(100_000)}`;
    const manifests = { 'package.json': json({ dependencies: { dotenv: '1' } }), 'compose.yml': list };
    for (const text of [blank, comments, `from${' '.repeat(500_000)}`, '#!'.repeat(200_000)])
      for (const language of ['javascript', 'python', 'ruby', 'shellscript'])
        assert.match(loading({ text, language, manifests }).message, /^Nothing here loads/);
  });

  describe('by what is offered, as the program itself says', () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'keysmith-load-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    const run = (program: string, ...words: string[]): string =>
      execFileSync(program, words, {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      }).trim();
    /** Does what is offered, in the document or the manifest. */
    function take({ offer }: Loading, name: string, text: string, manifest: string): void {
      assert.ok(offer && offer.kind !== 'copy');
      if (offer.kind === 'document') write(name, applyEdits(text, [offer.edit]));
      else write(offer.name, applyEdits(manifest, offer.edits));
    }

    const print = "console.log(process.env.K ?? 'nothing');\n";
    for (const [what, name, text, manifest, file] of [
      [
        'dotenv, in CommonJS',
        'a.js',
        `#!/usr/bin/env node\n'use strict';\n// pays\n${print}`,
        { dependencies: { dotenv: '1' } },
        '.env',
      ],
      ['dotenv, in a module', 'a.mjs', `// pays\n${print}`, { dependencies: { dotenv: '1' } }, '.env'],
      ['dotenv, in a package of modules', 'a.js', print, { type: 'module', devDependencies: { dotenv: '1' } }, '.env'],
      ['dotenv, from another file', 'a.js', print, { dependencies: { dotenv: '1' } }, '.env.local'],
      ['dotenv, from another file, in a module', 'a.mjs', print, { dependencies: { dotenv: '1' } }, '.env.local'],
      ['a script', 'a.js', print, { scripts: { test: 'x', start: 'node a.js "b c"' } }, '.env'],
      [
        'a script of an older Node',
        'a.js',
        print,
        { engines: { node: '>=20' }, scripts: { start: 'node a.js' } },
        '.env',
      ],
      [
        'a script with a step before it',
        'a.js',
        print,
        { scripts: { start: 'echo begin && node a.js' } },
        '.env.local',
      ],
    ] as const) {
      it(what, () => {
        const packageText = json({ name: 'p', ...manifest });
        write('package.json', packageText);
        write(name, text);
        symlinkSync(join(import.meta.dirname, '../../../../node_modules'), join(folder, 'node_modules'));
        write(file, 'K=here\n');
        const [program, ...words] = 'scripts' in manifest ? ['npm', 'start', '--silent'] : [process.execPath, name];
        assert.match(run(program ?? '', ...words), /nothing$/);
        take(loading({ path: name, text, file, manifests: { 'package.json': packageText } }), name, text, packageText);
        assert.match(run(program ?? '', ...words), /here$/);
      });
    }

    for (const [what, text, file] of [
      ['python-dotenv', '"""Pays."""\nfrom __future__ import annotations\nimport os\nprint(os.environ["K"])\n', '.env'],
      ['python-dotenv, from another file', '#!/usr/bin/env python3\nimport os\nprint(os.environ["K"])\n', '.env.local'],
    ] as const) {
      it(what, function () {
        if (spawnSync('python3', ['-c', 'import dotenv']).status !== 0) this.skip();
        write('a.py', text);
        write(file, 'K=here\n');
        assert.throws(() => run('python3', 'a.py'), /KeyError/);
        const manifests = { 'pyproject.toml': 'dependencies = ["python-dotenv"]\n' };
        take(loading({ language: 'python', path: 'a.py', text, file, manifests }), 'a.py', text, '');
        assert.equal(run('python3', 'a.py'), 'here');
      });
    }

    it('a shell that has read it', () => {
      write('.env', 'K=here\n');
      const { offer } = loading({ language: 'java', path: 'A.java' });
      assert.ok(offer?.kind === 'copy');
      assert.equal(run('sh', '-c', `${offer.text}; printenv K`), 'here');
    });
  });
});
