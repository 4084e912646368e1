import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { withoutIgnored } from '../../../../src/leaks/detect/markers.ts';
import {
  addToExample,
  addToGitignore,
  environmentFilesFor,
  readVariables,
  setVariable,
} from '../../../../src/leaks/fixes/envFile.ts';
import { fixesHere } from '../../../../src/leaks/fixes/fixes.ts';
import { applyEdits } from '../../../../src/leaks/fixes/textEdit.ts';
import { suggestVariable } from '../../../../src/leaks/fixes/variableName.ts';
import { liveSecret } from '../../fixtures.ts';

describe('an environment file', () => {
  it('is read in all its spellings', () => {
    const text = `\uFEFF# comment\r\nA=1\r\nexport B = "two words"\r\nC: 'x'\r\nD=plain # comment\r\nE=\r\n`;
    assert.deepEqual(Object.fromEntries(readVariables(text)), { A: '1', B: 'two words', C: 'x', D: 'plain', E: '' });
  });

  for (const [what, before, after] of [
    ['nothing', '', 'K=v\n'],
    ['others', 'A=1\n', 'A=1\nK=v\n'],
    ['others without a last line end', 'A=1', 'A=1\nK=v\n'],
    ['CRLF', 'A=1\r\n', 'A=1\r\nK=v\r\n'],
    ['the same', 'K="v"\n', 'K="v"\n'],
  ] as const) {
    it(`takes a variable beside ${what}`, () => assert.equal(setVariable(before, 'K', 'v'), after));
  }

  it('has an example with the name alone', () => {
    assert.equal(addToExample('A=\n', 'K'), 'A=\nK=\n');
    assert.equal(addToExample('K=\n', 'K'), 'K=\n');
  });

  for (const [before, after] of [
    ['', '.env\n'],
    ['node_modules', 'node_modules\n.env\n'],
    ['.env\n', '.env\n'],
    ['.env*\n', '.env*\n'],
    ['*\n!.env\n', '*\n!.env\n.env\n'],
    ['# .env\r\n', '# .env\r\n.env\r\n'],
  ] as const) {
    it(`is kept out of git beside ${JSON.stringify(before)}`, () =>
      assert.equal(addToGitignore(before, '.env'), after));
  }

  for (const [names, chosen] of [
    [[], '.env'],
    [['.env', 'package.json'], '.env'],
    [['.env', '.env.local'], '.env.local'],
    [['next.config.mjs'], '.env.local'],
    [['vite.config.ts', '.env'], '.env'],
  ] as const) {
    it(`is ${chosen} beside ${names.join(', ') || 'nothing'}`, () =>
      assert.equal(environmentFilesFor(names)[0], chosen));
  }
});

describe('suggestVariable', () => {
  const taken = new Map([['STRIPE_SECRET_KEY', 'another']]);
  for (const [what, kind, before, held, expected] of [
    ['the usual name', 'secret', 'const key = "', new Map(), 'STRIPE_SECRET_KEY'],
    ['the usual name of a webhook secret', 'webhook', '', new Map(), 'STRIPE_WEBHOOK_SECRET'],
    ['a name with a number where the usual one is taken', 'secret', '', taken, 'STRIPE_SECRET_KEY_2'],
    [
      'the usual name where browsers could read the given one',
      'secret',
      'NEXT_PUBLIC_STRIPE_KEY: "',
      new Map(),
      'STRIPE_SECRET_KEY',
    ],
    [
      'no name that browsers can read, though it holds the value',
      'secret',
      '',
      new Map([['VITE_KEY', 'value']]),
      'STRIPE_SECRET_KEY',
    ],
    ['the name that holds the value', 'secret', '', new Map([['PAY_KEY', 'value']]), 'PAY_KEY'],
    ['the name it is given to', 'secret', 'a\nconst PAY_API_KEY = "', new Map(), 'PAY_API_KEY'],
    ['the name it has in YAML', 'secret', '  STRIPE_API_KEY: ', new Map(), 'STRIPE_API_KEY'],
  ] as const) {
    it(`takes ${what}`, () => assert.equal(suggestVariable(kind, before, held, 'value'), expected));
  }
});

describe('an excuse', () => {
  const key = liveSecret();
  const fixes = fixesHere();
  for (const [language, before, after] of [
    ['javascript', `f("${key}");\nb`, `f("${key}"); // keysmith:ignore old\nb`],
    ['python', `k = "${key}"\r\nb`, `k = "${key}" # keysmith:ignore old\r\nb`],
    ['sql', `x '${key}';`, `x '${key}'; -- keysmith:ignore old`],
    ['html', `<b>${key}</b>`, `<b>${key}</b> <!-- keysmith:ignore old -->`],
    ['css', `/* ${key} */`, `/* ${key} */ /* keysmith:ignore old */`],
    ['dotenv', `A=1\nK=${key}\n`, `A=1\n# keysmith:ignore old\nK=${key}\n`],
    ['properties', `k=${key}\r\n`, `# keysmith:ignore old\r\nk=${key}\r\n`],
    ['shellscript', `  f ${key} \\\n  g`, `  # keysmith:ignore old\n  f ${key} \\\n  g`],
    ['bat', `set K=${key}`, `REM keysmith:ignore old\nset K=${key}`],
    ['javascriptreact', `a = <A>\n  ${key}\n</A>;`, `a = <A>\n  ${key}{/* keysmith:ignore old */}\n</A>;`],
    ['vue', `<script>\nf("${key}");\n</script>`, `<script>\nf("${key}"); // keysmith:ignore old\n</script>`],
    ['yaml', `a: ${key}\nb: 1\n`, `a: ${key} # keysmith:ignore old\nb: 1\n`],
    ['markdown', `Use ${key}.`, `<!-- keysmith:ignore old -->\nUse ${key}.`],
  ] as const) {
    it(`in ${language} is one that counts`, async () => {
      const [leak] = findLeaks(before);
      assert.ok(leak);
      const planned = await fixes.ignoreLine({ ...leak, text: before, language, path: '', reason: ' old ' });
      assert.ok(planned.ok);
      const text = applyEdits(before, planned.value);
      assert.equal(text, after);
      assert.deepEqual(withoutIgnored(text, findLeaks(text)), []);
    });
  }

  for (const [language, before, after] of [
    [
      'python',
      `#!/usr/bin/python3\n# -*- coding: utf-8 -*-\nk = "${key}"`,
      `#!/usr/bin/python3\n# -*- coding: utf-8 -*-\n# keysmith:ignore-file\nk = "${key}"`,
    ],
    ['php', `<?php\nf("${key}");`, `<?php\n// keysmith:ignore-file\nf("${key}");`],
    ['html', `<!doctype html>\n${key}`, `<!doctype html>\n<!-- keysmith:ignore-file -->\n${key}`],
    ['typescript', `f("${key}");`, `// keysmith:ignore-file\nf("${key}");`],
  ] as const) {
    it(`for a whole ${language} file stands where it may, and counts`, async () => {
      const planned = await fixes.ignoreFile({ text: before, language, path: '', reason: '' });
      assert.ok(planned.ok);
      const text = applyEdits(before, planned.value);
      assert.equal(text, after);
      assert.deepEqual(withoutIgnored(text, findLeaks(text)), []);
    });
  }

  for (const [where, language, before] of [
    ['in the middle of a command', 'shellscript', `f \\\n  ${key} \\\n  g\n`],
    ['in a heredoc', 'shellscript', `cat <<E\n${key}\nE\n`],
    ['in a template', 'javascript', `f(\`a\n${key}\nb\`);\n`],
    ['in the text of an element', 'javascriptreact', `a = <A>\n  ${key}\n  b\n</A>;\n`],
    ['in a docstring', 'python', `def f():\n  """a\n  ${key}\n  """\n`],
    ['in the page around a program', 'php', `<p>${key}</p>\n<?php f();\n`],
    ['behind the end of a program', 'php', `<?php f("${key}"); ?>\n<p>a</p>\n`],
    ['in a block of text', 'yaml', `a: |\n  ${key}\n  b\n`],
    ['in a tag', 'html', `<a\n  b="${key}"\n  c>d</a>\n`],
    ['in a style', 'vue', `<style>\na { b: "${key}" }\n</style>\n`],
    ['in a block of code', 'markdown', `\`\`\`\n${key}\n\`\`\`\n`],
    ['in a long text without a grammar', 'toml', `a = """\n${key}\n"""\n`],
  ] as const) {
    it(`is not offered ${where}`, async () => {
      const [leak] = findLeaks(before);
      assert.ok(leak);
      const planned = await fixes.ignoreLine({ ...leak, text: before, language, path: '', reason: 'old' });
      assert.ok(!planned.ok, planned.ok ? applyEdits(before, planned.value) : '');
    });
  }

  it('cannot be written into JSON', async () => {
    const place = { text: key, start: 0, end: key.length, language: 'json', path: '', reason: '' };
    assert.ok(!(await fixes.ignoreLine(place)).ok);
    assert.ok(!(await fixes.ignoreFile({ ...place, path: 'a.json' })).ok);
  });
});
