import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { fixesHere } from '../../../../src/leaks/fixes/fixes.ts';
import { applyEdits } from '../../../../src/leaks/fixes/textEdit.ts';
import { liveSecret } from '../../fixtures.ts';

/** Stands for the token in the tables: none is written down. */
const mark = '§';
const [head, tail] = [liveSecret(99).slice(0, 8), liveSecret(99).slice(8)];

const fixes = fixesHere();

async function fixed(language: string, before: string, path = ''): Promise<string> {
  const text = before.replaceAll(mark, liveSecret(99)).replace('‹', head).replace('›', tail);
  const [leak] = findLeaks(text);
  assert.ok(leak, 'the table has a leak');
  const planned = await fixes.variable({ ...leak, text, language, path, variable: 'STRIPE_KEY' });
  const result = planned.ok ? applyEdits(text, planned.value) : `refused: ${planned.problem}`;
  assert.ok(!result.includes(tail.slice(0, 30)), 'the token is gone');
  return result;
}

/** What TypeScript gets at its end, for a variable may be absent. */
const helper = [
  'function requireEnv(name: string): string {',
  '  const value = process.env[name];',
  "  if (value === undefined || value === '') throw new Error(`${name} is not set`);",
  '  return value;',
  '}',
  '',
].join('\n');

const rows: readonly (readonly [language: string, what: string, before: string, after: string])[] = [
  ['javascript', 'a literal', `f('§');`, `f(process.env.STRIPE_KEY);`],
  ['javascript', 'a double-quoted literal', `const k = "§";`, `const k = process.env.STRIPE_KEY;`],
  ['javascript', 'a template', 'const k = `§`;', 'const k = process.env.STRIPE_KEY;'],
  ['javascript', 'a part of a template', 'h = `Bearer §`;', 'h = `Bearer ${process.env.STRIPE_KEY}`;'],
  ['javascript', 'a part of a literal', `h = 'Bearer §';`, 'h = `Bearer ${process.env.STRIPE_KEY}`;'],
  [
    'javascript',
    'a part with quotes and backticks',
    `h = "say \\"\`x\` §\\" \${y}";`,
    'h = `say "\\`x\\` ${process.env.STRIPE_KEY}" \\${y}`;',
  ],
  [
    'javascript',
    'an address',
    `u = "https://§:@api.stripe.com";`,
    'u = `https://${process.env.STRIPE_KEY}:@api.stripe.com`;',
  ],
  ['javascript', 'joined literals', `k = "‹" + '›';`, 'k = process.env.STRIPE_KEY;'],
  [
    'javascript',
    'a literal in a template',
    'k = `‹${"›"}`;',
    'refused: The key is a part of a longer text here. Replace it by hand.',
  ],
  ['javascript', 'the second literal of a line', `f('a', '§', 'b');`, `f('a', process.env.STRIPE_KEY, 'b');`],
  [
    'typescriptreact',
    'an object',
    `const o = { key: '§' as const };`,
    'refused: The key is a type here, and exists only for the compiler. Replace it by hand.',
  ],
  ['javascript', 'CRLF', `a;\r\nf('§');\r\nb;`, `a;\r\nf(process.env.STRIPE_KEY);\r\nb;`],
  [
    'typescript',
    'CRLF and a check',
    `export {};\r\nf('§');\r\nb;`,
    `export {};\r\nf(requireEnv('STRIPE_KEY'));\r\nb;\r\n\r\n${helper.replaceAll('\n', '\r\n')}`,
  ],
  ['typescript', 'a script', `f('§');`, `f(process.env['STRIPE_KEY']!);`],
  ['python', 'a literal', `stripe.api_key = "§"\n`, `import os\nstripe.api_key = os.environ["STRIPE_KEY"]\n`],
  ['python', 'with the import there', `import os\nk = '§'\n`, `import os\nk = os.environ["STRIPE_KEY"]\n`],
  [
    'python',
    'with the import among others',
    `import sys, os\nk = '§'\n`,
    `import sys, os\nk = os.environ["STRIPE_KEY"]\n`,
  ],
  [
    'python',
    'with an import of another name',
    `import os.path\nk = '§'\n`,
    `import os\nimport os.path\nk = os.environ["STRIPE_KEY"]\n`,
  ],
  [
    'python',
    'behind a docstring',
    `#!/usr/bin/env python3\n"""Pays.\n\nMore."""\nfrom __future__ import annotations\nimport json\nk = '§'\n`,
    `#!/usr/bin/env python3\n"""Pays.\n\nMore."""\nfrom __future__ import annotations\nimport os\nimport json\nk = os.environ["STRIPE_KEY"]\n`,
  ],
  [
    'python',
    'a part of a literal',
    `import os\nh = {"A": "Bearer §"}\n`,
    `import os\nh = {"A": "Bearer " + os.environ["STRIPE_KEY"]}\n`,
  ],
  [
    'python',
    'a part of an f-string',
    `import os\nh = f"{x} § {y}"\n`,
    `import os\nh = f"{x} " + os.environ["STRIPE_KEY"] + f" {y}"\n`,
  ],
  [
    'python',
    'adjacent literals with prefixes',
    `import os\nk = f"‹" rb'›'\n`,
    `import os\nk = os.environ["STRIPE_KEY"]\n`,
  ],
  ['python', 'adjacent literals', `import os\nk = ("‹"\n     "›")\n`, `import os\nk = (os.environ["STRIPE_KEY"])\n`],
  ['ruby', 'a literal', `Stripe.api_key = '§'`, `Stripe.api_key = ENV.fetch("STRIPE_KEY")`],
  ['ruby', 'a part of a double-quoted literal', `h = "Bearer §"`, `h = "Bearer #{ENV.fetch('STRIPE_KEY')}"`],
  ['ruby', 'a part of a single-quoted literal', `h = 'Bearer §'`, `h = 'Bearer ' + ENV.fetch("STRIPE_KEY")`],
  ['php', 'a literal', `<?php\nsetApiKey("§");`, `<?php\nsetApiKey(getenv('STRIPE_KEY'));`],
  ['php', 'a part of a literal', `<?php\n$h = 'Bearer §';`, `<?php\n$h = 'Bearer ' . getenv('STRIPE_KEY');`],
  ['php', 'joined literals', `<?php\n$k = '‹' . '›';`, `<?php\n$k = getenv('STRIPE_KEY');`],
  [
    'go',
    'with a block of imports',
    `package main\n\nimport (\n\t"fmt"\n)\n\nvar k = "§"\n`,
    `package main\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nvar k = os.Getenv("STRIPE_KEY")\n`,
  ],
  [
    'go',
    'with one import',
    `package main\n\nimport "fmt"\n\nvar k = "§"\n`,
    `package main\n\nimport "fmt"\nimport "os"\n\nvar k = os.Getenv("STRIPE_KEY")\n`,
  ],
  [
    'go',
    'without an import',
    `package main\nvar k = "§"\n`,
    `package main\n\nimport "os"\nvar k = os.Getenv("STRIPE_KEY")\n`,
  ],
  [
    'go',
    'with the import there',
    `package main\nimport "os"\nvar k = "§"\n`,
    `package main\nimport "os"\nvar k = os.Getenv("STRIPE_KEY")\n`,
  ],
  [
    'go',
    'a part of a literal',
    `import "os"\nh := "Bearer §"`,
    `import "os"\nh := "Bearer " + os.Getenv("STRIPE_KEY")`,
  ],
  ['java', 'a literal', `Stripe.apiKey = "§";`, `Stripe.apiKey = System.getenv("STRIPE_KEY");`],
  ['java', 'a part of a literal', `h = "Bearer §!";`, `h = "Bearer " + System.getenv("STRIPE_KEY") + "!";`],
  ['kotlin', 'a raw literal', `val k = """§"""`, `val k = System.getenv("STRIPE_KEY")`],
  [
    'csharp',
    'a verbatim literal',
    `ApiKey = @"§";`,
    `ApiKey = System.Environment.GetEnvironmentVariable("STRIPE_KEY");`,
  ],
  [
    'csharp',
    'a part of a literal',
    `h = "Bearer §";`,
    `h = "Bearer " + System.Environment.GetEnvironmentVariable("STRIPE_KEY");`,
  ],
  [
    'rust',
    'a raw literal',
    `Client::new(r#"§"#);`,
    `Client::new(&std::env::var("STRIPE_KEY").expect("STRIPE_KEY is not set"));`,
  ],
  [
    'rust',
    'a part of a literal',
    `h("Bearer §");`,
    'refused: The key is a part of a longer text here. Replace it by hand.',
  ],
  [
    'elixir',
    'a literal',
    `api_key: "§"`,
    'refused: Keysmith does not know this language well enough to change it. Read the variable by hand.',
  ],
  [
    'elixir',
    'a part of a literal',
    `h = "Bearer §"`,
    'refused: Keysmith does not know this language well enough to change it. Read the variable by hand.',
  ],
  [
    'swift',
    'a literal',
    `let k = "§"`,
    'refused: Keysmith does not know this language well enough to change it. Read the variable by hand.',
  ],
  [
    'dart',
    'a literal',
    `const k = '§';`,
    'refused: Keysmith does not know this language well enough to change it. Read the variable by hand.',
  ],
  [
    'lua',
    'a part of a literal',
    `h = "Bearer §"`,
    'refused: Keysmith does not know this language well enough to change it. Read the variable by hand.',
  ],
  [
    'perl',
    'a literal',
    `my $k = '§';`,
    'refused: Keysmith does not know this language well enough to change it. Read the variable by hand.',
  ],
  ['shellscript', 'an argument', `curl -u §: https://x`, 'curl -u ${STRIPE_KEY}: https://x'],
  [
    'shellscript',
    'in double quotes',
    `curl -H "Authorization: Bearer §"`,
    'curl -H "Authorization: Bearer ${STRIPE_KEY}"',
  ],
  ['shellscript', 'a single-quoted literal', `K='§'`, `K="\${STRIPE_KEY}"`],
  [
    'shellscript',
    'a part of a single-quoted literal',
    `curl -H 'Authorization: Bearer §'`,
    `curl -H 'Authorization: Bearer '"\${STRIPE_KEY}"''`,
  ],
  ['powershell', 'a literal', `$k = '§'`, `$k = $env:STRIPE_KEY`],
  ['powershell', 'a part of a literal', `$h = "Bearer §"`, '$h = "Bearer ${env:STRIPE_KEY}"'],
  [
    'yaml',
    'a value',
    `key: §\n`,
    'refused: Nothing puts variables into this file. Let the program that reads it take the variable instead.',
  ],
  ['dockercompose', 'an environment list', `  - KEY=§\n`, '  - KEY=${STRIPE_KEY}\n'],
  [
    'terraform',
    'a literal',
    `locals {\n  api_key = "§"\n}\n`,
    `locals {\n  api_key = var.stripe_key\n}\n\nvariable "stripe_key" {\n  type      = string\n  sensitive = true\n}\n`,
  ],
  [
    'terraform',
    'a part of a literal, with the variable there',
    `variable "stripe_key" {}\nlocals {\n  h = "Bearer §"\n}\n`,
    `variable "stripe_key" {}\nlocals {\n  h = "Bearer \${var.stripe_key}"\n}\n`,
  ],
  ['http', 'a header', `Authorization: Bearer §\n`, `Authorization: Bearer {{$dotenv STRIPE_KEY}}\n`],
  [
    'properties',
    'a value that nobody expands',
    `stripe.key=§\n`,
    'refused: This kind of file cannot read a variable. Let the program read it instead.',
  ],
  [
    'json',
    'a value',
    `{"key": "§"}`,
    'refused: This kind of file cannot read a variable. Let the program read it instead.',
  ],
  ['dotenv', 'a value', `KEY=§`, 'refused: This file is where environment variables belong. Keep it out of git.'],
  [
    'dockerfile',
    'a value',
    `ENV KEY=§`,
    'refused: What an image is built with stays in it. Pass the variable when the container starts.',
  ],
  ['javascript', 'a comment', `// key §`, 'refused: The key stands in a comment. Delete it there.'],
];

describe('planVariable', () => {
  for (const [language, what, before, after] of rows) {
    it(`${language}: ${what}`, async () => assert.equal(await fixed(language, before), after));
  }

  it('goes by the name of a file where the editor knows no language', async () =>
    assert.equal(await fixed('plaintext', `f('§')`, 'src/pay.mjs'), 'f(process.env.STRIPE_KEY)'));

  it('refuses a key in base64', async () => {
    const text = `"${Buffer.from(liveSecret(99)).toString('base64')}"`;
    const [leak] = findLeaks(text);
    assert.ok(leak);
    const planned = await fixes.variable({ ...leak, text, language: 'javascript', path: '', variable: 'K' });
    assert.ok(!planned.ok && /encoded/.test(planned.problem));
  });

  describe('leaves code that its language takes', () => {
    const checks: readonly (readonly [language: string, command: readonly [string, ...string[]], extension: string])[] =
      [
        ['javascript', [process.execPath, '--check'], 'js'],
        ['python', ['python3', '-m', 'py_compile'], 'py'],
        ['shellscript', ['bash', '-n'], 'sh'],
        ['ruby', ['ruby', '-c'], 'rb'],
        ['php', ['php', '-l'], 'php'],
      ];
    for (const [language, [command, ...args], extension] of checks) {
      it(language, async function () {
        if (spawnSync(command, ['--version']).error) {
          console.log(`      SKIPPED: there is no ${command}`);
          this.skip();
        }
        const folder = mkdtempSync(join(tmpdir(), 'keysmith-fix-'));
        try {
          for (const [id, what, before, after] of rows) {
            if (id !== language || after.startsWith('refused')) continue;
            const file = join(folder, `fixed.${extension}`);
            writeFileSync(file, await fixed(id, before));
            const { status, stderr } = spawnSync(command, [...args, file], { encoding: 'utf8' });
            assert.equal(status, 0, `${what}: ${stderr}`);
          }
        } finally {
          rmSync(folder, { recursive: true });
        }
      }).timeout(30_000);
    }
  });
});
