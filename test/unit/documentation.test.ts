import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';

const root = join(import.meta.dirname, '../..');
const files = [
  '*.md',
  'docs/**/*.md',
  'src/**/*.md',
  'test/**/*.md',
  '.github/**/*.{md,yml}',
  'src/leaks/{cli,hook}/*.ts',
];
const pages = globSync(files, { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const rules = [
  ['a loop that may never end', /\b(?:until|while)\b[^\n]*\bdo\b[^\n]*\bsleep\b/],
  [
    'a program of this name that npm would fetch',
    /\b(?:npx|npm (?:exec|x)|pnpm dlx|yarn dlx|bunx)\s+(?!--no-install\b)(?:-\S+\s+)*keysmith\b/,
  ],
  [
    'a package of this name that npm would fetch',
    /\bnpm (?:i|install|add)\s+(?:-\S+\s+)*keysmith(?:@\S+)?(?=[\s`"']|$)/m,
  ],
  ['a key on a command line', /\b(?:STRIPE_\w*|[A-Z_]*KEY)=(?:<|"?[sr]k_)/],
] as const;

describe('what the documentation and the hooks tell to type', () => {
  it('is read', () => assert.ok(pages.length > 10));

  for (const [what, pattern] of rules) {
    it(`is not ${what}`, () =>
      assert.deepEqual(
        pages.filter(({ text }) => pattern.test(text)).map(({ file }) => file),
        [],
      ));
  }

  for (const [text, caught] of [
    ['until [ -s emulator.json ]; do sleep 0.1; done', true],
    ['npx keysmith scan', true],
    ['npx -y keysmith', true],
    ['npx --no-install keysmith scan', false],
    ['npm install --save-dev keysmith', true],
    ['npm install --save-dev ./keysmith-0.1.0.tgz', false],
    ['STRIPE_API_KEY=<the key> node server.js', true],
  ] as const)
    it(`${caught ? 'would catch' : 'lets through'}: ${text}`, () =>
      assert.equal(
        rules.some(([, pattern]) => pattern.test(text)),
        caught,
      ));
});
