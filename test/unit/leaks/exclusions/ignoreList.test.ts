import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { IgnoreList } from '../../../../src/leaks/exclusions/ignoreList.ts';

/** The judge is git: what it says of a path under the same rules. */
describe('an ignore file', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'keysmith-ignore-'));
    spawnSync('git', ['init', '-q', root]);
    spawnSync('git', ['-C', root, 'config', 'core.ignorecase', 'false']);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  function gitIgnores(text: string, paths: readonly string[]): string[] {
    writeFileSync(join(root, '.gitignore'), text);
    const options = ['-c', 'core.excludesFile=/dev/null', '-c', 'core.quotePath=false'];
    const input = `${paths.join('\0')}\0`;
    const asked = spawnSync('git', ['-C', root, ...options, 'check-ignore', '--no-index', '-z', '--stdin'], {
      input,
      encoding: 'utf8',
    });
    assert.ok(asked.status === 0 || asked.status === 1, asked.stderr);
    return asked.stdout.split('\0').slice(0, -1);
  }
  function same(text: string, paths: readonly string[]): void {
    const list = new IgnoreList(text);
    assert.deepEqual(
      paths.filter((path) => list.ignores(path)),
      gitIgnores(text, paths),
      JSON.stringify(text),
    );
  }

  const paths = [
    'a',
    'b',
    'ab',
    'a.js',
    'a b',
    'a ',
    '#a',
    '!a',
    'a]',
    '[a]',
    'a*',
    'a?',
    'a\\',
    '.env',
    '.env.local',
    'aXb',
    'a-b',
    'A',
    'a/b',
    'a/a',
    'b/a',
    'a/b/c',
    'a/x/b',
    'a/x/y/b',
    'x/a/b',
    'x/y/a',
    'x/y/a.js',
    'b/.env',
    'x/a/y/b/z',
    'foo/bar',
    'foo/a/bar',
  ];
  for (const text of [
    'a',
    '/a',
    'a/',
    '/a/',
    'a/b',
    '/a/b',
    'a/*',
    'a/**',
    '**/a',
    '**/a/b',
    'a/**/b',
    '**',
    '*',
    '/*',
    '/**',
    '**/',
    'a**',
    '**a',
    '*.js',
    '/*.js',
    'x/*.js',
    '?',
    'a?',
    '[ab]',
    '[!a]',
    '[^a]',
    '[a-z]',
    '[]a]',
    'a[]]',
    '[a',
    'a[',
    '[!]a]',
    '[[:alpha:]]',
    '[[:upper:]]',
    '[[:nope:]]',
    'a\\*',
    'a\\?',
    '\\#a',
    '\\!a',
    '#a',
    '!a',
    'a\\',
    'a\\\\',
    'a ',
    'a\\ ',
    'a  ',
    '\\a',
    'a[*]',
    'a[?]',
    '*\n!a',
    '*\n!*/\n!a.js',
    'a/\n!a/b',
    'a/*\n!a/b',
    '.env*\n!.env.local',
    '\uFEFFa',
    'a\r\nb\r\n',
    '\n\n  \na',
    '/',
    '//',
    '!',
    '!/',
    '***/a',
    'a/***',
    'x/**/**/b',
    '**/**',
    'a//b',
    '/x/**/b/',
    'x/*/b',
    '*/b',
    'x/?/a',
    '[x]/y/a',
    'x/[y]/a',
    '[-a]',
    '[a-]',
    '[a\\]]',
  ] as const) {
    it(`says what git says: ${JSON.stringify(text)}`, () => same(text, paths));
  }

  it('says what git says of any lines', () => {
    const random = dice(7);
    const words = ['a', 'b', 'ab', '*', '?', '**', '/', '/', '[ab]', '[!a]', '\\*', '.', '*a', 'a*'];
    const names = ['a', 'b', 'ab', 'aab', 'a.b', '*', 'ba'];
    const tried = Array.from({ length: 60 }, () => pick(names, 1 + random(4), random).join('/'));
    for (let round = 0; round < 80; round += 1) {
      const lines = Array.from({ length: 1 + random(4) }, () => {
        const line = pick(words, 1 + random(5), random).join('');
        // Next to something else in its part of a path, git takes two stars for one kind or the other, as its versions have it.
        return `${random(4) === 0 ? '!' : ''}${line.replaceAll(/\*{2,}(?=[^/])|(?<=[^/])\*{2,}/g, '*')}${random(4) === 0 ? '/' : ''}`;
      });
      same(lines.join('\n'), tried);
    }
  });

  for (const [what, text, path] of [
    ['many stars', `${'*a'.repeat(60)}b`, 'a'.repeat(255)],
    ['many stars over folders', `${'**/a/'.repeat(60)}b`, 'a/'.repeat(1000)],
    ['stars in a path', `${`${'*a'.repeat(20)}/`.repeat(12)}b`, `${'a'.repeat(250)}/`.repeat(14)],
    ['question marks and stars', `${'?*'.repeat(100)}b`, 'a'.repeat(255)],
    ['a class that is not closed', '['.repeat(4000), 'a'.repeat(255)],
  ] as const) {
    it(`comes to an end with ${what}`, () => assert.equal(new IgnoreList(text).ignores(path), false));
  }

  it('applies a hundred thousand names, and says how many globs it does not apply', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `name${index}`);
    const list = new IgnoreList(names.join('\n'));
    assert.deepEqual([list.dropped, list.ignores('x/name99999'), list.ignores('x/name100000')], [0, true, false]);
    const globs = new IgnoreList(names.map((name) => `*${name}`).join('\n'));
    assert.equal(globs.dropped + globs.size, 100_000);
    assert.ok(globs.dropped > 0 && globs.ignores('xname1') && !globs.ignores('xname99999'));
  });
});

/** The same numbers each time, below a limit. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

const pick = (from: readonly string[], count: number, random: (limit: number) => number): string[] =>
  Array.from({ length: count }, () => from[random(from.length)] ?? '');
