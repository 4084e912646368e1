import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { fixesHere } from '../../src/leaks/fixes/fixes.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import { compilers, runners, type Compiler, type Program, type Runner } from './places/compilers.ts';
import { csharpRows } from './places/csharp.ts';
import { fixAll, key, withKey } from './places/fixRow.ts';
import { goRows } from './places/go.ts';
import { javaRows } from './places/java.ts';
import { elementRows, javascriptRows, moduleRows } from './places/javascript.ts';
import { kotlinRows } from './places/kotlin.ts';
import { phpRows } from './places/php.ts';
import { powershellRows } from './places/powershell.ts';
import { pythonRows } from './places/python.ts';
import type { PlaceRow } from './places/row.ts';
import { rubyRows } from './places/ruby.ts';
import { rustRows } from './places/rust.ts';
import { bashRows, shellRows } from './places/shell.ts';
import { terraformRows } from './places/terraform.ts';
import { tsxRows, typescriptRows } from './places/typescript.ts';
import { yamlRows } from './places/yaml.ts';

interface Subject {
  readonly what: string;
  readonly language: string;
  readonly extension: string;
  readonly rows: readonly PlaceRow[];
  readonly compiler?: Compiler;
  /** Runs the programs; they must print the same as before. */
  readonly runner?: Runner;
}

const subjects: readonly Subject[] = [
  { what: 'JavaScript', language: 'javascript', extension: 'cjs', rows: javascriptRows, runner: runners.node },
  {
    what: 'JavaScript as modules',
    language: 'javascript',
    extension: 'mjs',
    rows: [...javascriptRows, ...moduleRows],
    compiler: compilers.module,
  },
  {
    what: 'JavaScript with elements',
    language: 'javascriptreact',
    extension: 'jsx',
    rows: elementRows,
    compiler: compilers.element,
  },
  { what: 'TypeScript', language: 'typescript', extension: 'ts', rows: typescriptRows, compiler: compilers.typescript },
  {
    what: 'TypeScript with elements',
    language: 'typescriptreact',
    extension: 'tsx',
    rows: tsxRows,
    compiler: compilers.tsx,
  },
  { what: 'Python', language: 'python', extension: 'py', rows: pythonRows, runner: runners.python },
  { what: 'Ruby', language: 'ruby', extension: 'rb', rows: rubyRows, runner: runners.ruby },
  { what: 'PHP', language: 'php', extension: 'php', rows: phpRows, runner: runners.php },
  { what: 'shell', language: 'shellscript', extension: 'sh', rows: shellRows, runner: runners.dash },
  { what: 'bash', language: 'shellscript', extension: 'sh', rows: [...shellRows, ...bashRows], runner: runners.bash },
  { what: 'Go', language: 'go', extension: 'go', rows: goRows, compiler: compilers.go },
  { what: 'Java', language: 'java', extension: 'java', rows: javaRows, compiler: compilers.java },
  { what: 'Kotlin', language: 'kotlin', extension: 'kt', rows: kotlinRows, compiler: compilers.kotlin },
  { what: 'Rust', language: 'rust', extension: 'rs', rows: rustRows, compiler: compilers.rust },
  { what: 'C#', language: 'csharp', extension: 'cs', rows: csharpRows, compiler: compilers.csharp },
  { what: 'Terraform', language: 'terraform', extension: 'tf', rows: terraformRows, compiler: compilers.terraform },
  { what: 'PowerShell', language: 'powershell', extension: 'ps1', rows: powershellRows },
];

const fixes = fixesHere();

function skip(test: Mocha.Context, why: string): void {
  console.log(`      ${why}`);
  test.skip();
}

/** Whether a fix leaves code that compiles, place by place, by the language's own compiler. */
describe('a fix compiles or is not offered', () => {
  let folder: Awaited<ReturnType<typeof throwawayFolder>>;
  before(async () => {
    folder = await throwawayFolder();
  });
  after(async () => await folder[Symbol.asyncDispose]());

  for (const { what, language, extension, rows, compiler, runner } of subjects) {
    describe(what, () => {
      const fixed = new Map<number, string>();

      for (const [row, [place, offered, source]] of rows.entries()) {
        it(`${offered ? 'replaces' : 'leaves'} ${place}`, async () => {
          const text = withKey(source, row);
          assert.ok(text.includes(key) || /‹/.test(source), 'the row has a key');
          const result = await fixAll(fixes, text, language, `r${row}.${extension}`);
          if (!offered) return assert.ok(result.why, `it was offered: ${result.text}`);
          assert.equal(result.why, undefined, text);
          assert.ok(!result.text.includes(key));
          fixed.set(row, result.text);
        });
      }

      const own = (): string => join(folder.path, what.replaceAll(/\W/g, '_'));
      const original = (row: number, number: number): string => withKey(rows[row]?.[2] ?? '', number);

      if (compiler) {
        it('compiles, as it did before', function () {
          this.timeout(120_000);
          const programs = [...fixed].flatMap(([row, text]): Program[] => [
            { name: `before${row}`, text: original(row, 1000 + row) },
            { name: `after${row}`, text },
          ]);
          const faults = compiler(own(), programs);
          if (!faults) return skip(this, `NOT COMPILED: ${what}. Its compiler is not installed`);
          assert.deepEqual(faults, []);
        });
      }

      if (runner) {
        it('does what it did before, where the variable is set', function () {
          this.timeout(120_000);
          const programs = [...fixed].flatMap(([row, text]): Program[] => [
            { name: `before${row}.${extension}`, text: original(row, row) },
            { name: `after${row}.${extension}`, text },
          ]);
          const prints = runner(own(), programs);
          if (!prints) return skip(this, `NOT RUN: ${what}. There is nothing to run it with`);
          for (const [row, text] of fixed) {
            const expected: string = prints.get(`before${row}.${extension}`) ?? '';
            assert.ok(expected !== '' && !expected.startsWith('ended with'), `${rows[row]?.[0]}: ${expected}`);
            assert.equal(prints.get(`after${row}.${extension}`), expected, `${rows[row]?.[0]}:\n${text}`);
          }
        });
      }

      if (!runner && !compiler) {
        it('is not compiled', function () {
          skip(this, `NOT COMPILED: ${what}. Debian has no compiler of it; its grammar is the judge`);
        });
      }
    });
  }

  describe('YAML', () => {
    for (const [place, path, offered, source] of yamlRows) {
      it(`${offered ? 'replaces' : 'leaves'} ${place}`, async () => {
        const result = await fixAll(fixes, withKey(source), 'yaml', path);
        assert.equal(result.why === undefined, offered, result.why ?? result.text);
      });
    }
  });

  for (const [language, file, source] of [
    ['dart', 'a.dart', `const key = '§';`],
    ['swift', 'a.swift', `let key = "§"`],
    ['lua', 'a.lua', `key = "§"`],
    ['perl', 'a.pl', `my $key = '§';`],
    ['elixir', 'a.exs', `config :stripe, key: "§"`],
    ['scala', 'a.scala', `val key = "§"`],
    ['vue', 'a.vue', `<script>const key = '§'</script>`],
    ['svelte', 'a.svelte', `<script>const key = '§'</script>`],
    ['html', 'a.html', `<script>const key = '§'</script>`],
    ['mdx', 'a.mdx', `export const key = '§'`],
    ['json', 'a.json', `{"key": "§"}`],
    ['jsonc', 'a.jsonc', `{"key": "§"} // a`],
    ['toml', 'a.toml', `key = "§"`],
    ['ini', 'a.ini', `key = §`],
    ['sql', 'a.sql', `select '§';`],
    ['plaintext', 'a.tfvars', `key = "§"`],
    ['typescript', 'a.d.ts', `export const key: string = '§';`],
  ] as const) {
    it(`is not offered in ${file}`, async () => {
      assert.ok((await fixAll(fixes, withKey(source), language, file)).why);
    });
  }
});
