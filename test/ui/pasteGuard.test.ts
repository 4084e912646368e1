import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { liveSecret } from '../unit/fixtures.ts';
import { eventually } from './eventually.ts';
import { asked, cancel } from './keyPerson.ts';
import { openWorkbench, type Opened } from './opened.ts';

const live = liveSecret(99);
const other = liveSecret(34);
const variable = 'STRIPE_SECRET_KEY';

interface Row {
  readonly what: string;
  readonly name: string;
  /** `|` is where the cursor goes; between `‹` and `›` stands what is selected. */
  readonly before: string;
  readonly pasted?: string;
  readonly after: string;
  /** Cursors below the first. */
  readonly more?: number;
}

const rows: readonly Row[] = [
  { what: 'in JavaScript', name: 'a.js', before: "f('|');\n", after: `f(process.env.${variable});\n` },
  { what: 'in Python', name: 'a.py', before: 'k = "|"\n', after: `import os\nk = os.environ["${variable}"]\n` },
  { what: 'in Ruby', name: 'a.rb', before: "k = '|'\n", after: `k = ENV.fetch("${variable}")\n` },
  { what: 'in PHP', name: 'a.php', before: '<?php\n$k = "|";\n', after: `<?php\n$k = getenv('${variable}');\n` },
  {
    what: 'in Go',
    name: 'a.go',
    before: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("|") }\n',
    after: `package main\n\nimport "fmt"\nimport "os"\n\nfunc main() { fmt.Println(os.Getenv("${variable}")) }\n`,
  },
  {
    what: 'in Java',
    name: 'A.java',
    before: 'class A { String k = "|"; }\n',
    after: `class A { String k = System.getenv("${variable}"); }\n`,
  },
  {
    what: 'in a shell',
    name: 'a.sh',
    before: 'curl -u "|:" https://x\n',
    after: `curl -u "\${${variable}}:" https://x\n`,
  },
];

const others: readonly Row[] = [
  { what: 'without quotes', name: 'bare.js', before: 'const k = |;\n', after: `const k = process.env.${variable};\n` },
  {
    what: 'without quotes, where it needs an import',
    name: 'bare.py',
    before: 'x = 1\nk = |\n',
    after: `import os\nx = 1\nk = os.environ["${variable}"]\n`,
  },
  { what: 'over a selection', name: 'over.js', before: "f('‹old›');\n", after: `f(process.env.${variable});\n` },
  { what: 'over a literal', name: 'literal.js', before: "f(‹'old'›);\n", after: `f(process.env.${variable});\n` },
  {
    what: 'in a longer literal',
    name: 'part.js',
    before: 'h("Bearer |");\n',
    after: `h(\`Bearer \${process.env.${variable}}\`);\n`,
  },
  {
    what: 'at two cursors, with one import for both',
    name: 'two.py',
    before: 'f("|")\ng("")\n',
    more: 1,
    after: `import os\nf(os.environ["${variable}"])\ng(os.environ["${variable}"])\n`,
  },
  {
    what: 'as a line of an environment file',
    name: 'line.js',
    before: "f('|');\n",
    pasted: `${variable}=${live}`,
    after: `f(\`${variable}=\${process.env.${variable}}\`);\n`,
  },
  {
    what: 'in a block of code',
    name: 'block.js',
    before: 'a();\n|\nb();\n',
    pasted: `const stripe = new Stripe(\n  '${live}',\n);`,
    after: `a();\nconst stripe = new Stripe(\n  process.env.${variable},\n);\nb();\n`,
  },
  { what: 'into an example', name: 'web.env.example', before: `${variable}=|\n`, after: `${variable}=\n` },
];

describe('a key that is pasted by keyboard', () => {
  let opened: Opened;
  const all = [...rows, ...others];
  const extra = ['both.js', 'linked.js', 'tracked.js'];
  before(async () => {
    opened = await openWorkbench({
      prepare: async (folder) => {
        execFileSync('git', ['init', '-q'], { cwd: folder });
        for (const { name, before: text } of all) await writeFile(join(folder, name), text.replaceAll(/[|‹›]/g, ''));
        for (const name of extra) await writeFile(join(folder, name), "f('');\n");
        await writeFile(join(folder, 'flagged.js'), `f('${live}');\n`);
      },
    });
    // A window guards pastes once its extension and the language server run: they do where something is flagged.
    await opened.driver.openFile('flagged.js');
    await opened.driver.page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
  });
  after(() => opened[Symbol.asyncDispose]());
  afterEach(async () => {
    await opened.driver.page.keyboard.press('Escape'); // the choice of how to paste
    await opened.driver.clearNotifications();
    for (const name of ['.env', '.env.example', '.gitignore'])
      await rm(join(opened.folder, name), { force: true, recursive: true });
  });

  const read = (name: string): Promise<string> => readFile(join(opened.folder, name), 'utf8').catch(() => '');
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: opened.folder, encoding: 'utf8' });
  /** What the editor has, as it would be saved. */
  async function saved(name: string, accept: (text: string) => boolean): Promise<string> {
    const { page } = opened.driver;
    return eventually(
      `${name} as it is saved`,
      async () => {
        await page.keyboard.press('ControlOrMeta+s');
        return read(name);
      },
      accept,
    );
  }
  async function place({ name, before: text, more = 0 }: Pick<Row, 'name' | 'before' | 'more'>): Promise<void> {
    const { driver } = opened;
    const { page } = driver;
    await driver.openFile(name);
    const start = text.search(/[|‹]/);
    const lines = text.slice(0, start).split('\n');
    await page.keyboard.press('ControlOrMeta+g');
    await driver.quickInput.type(`:${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const selected = /‹(.*)›/.exec(text)?.[1]?.length ?? 0;
    for (let count = 0; count < selected; count += 1) await page.keyboard.press('Shift+ArrowRight');
    for (let count = 0; count < more; count += 1) await driver.runCommand('Add Cursor Below');
  }
  async function paste(text: string): Promise<void> {
    const { page } = opened.driver;
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await page.keyboard.press('ControlOrMeta+v');
  }
  async function assertKept(token = live, name = variable): Promise<void> {
    const line = `${name}=${token}\n`;
    await eventually(
      'The variable',
      () => read('.env'),
      (text) => text.includes(line),
    );
    assert.equal(git('check-ignore', '.env').trim(), '.env');
    assert.equal(git('ls-files', '.env'), '');
  }

  for (const row of all) {
    const quotes = rows.includes(row) ? ' between quotes' : '';
    it(`${row.what}${quotes} becomes what reads it, and comes back with one undo`, async () => {
      const { page } = opened.driver;
      await place(row);
      await paste(row.pasted ?? live);
      assert.equal(await saved(row.name, (text) => text === row.after), row.after);
      await assertKept();
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+z');
      const before = row.before.replaceAll(/[|‹›]/g, '');
      assert.equal(await saved(row.name, (text) => text === before), before);
      assert.match(await read('.env'), new RegExp(`^${variable}=${live}$`, 'm'));
    });
  }

  it('is kept by the vault', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Show What Is Stored');
    const { items } = await asked(driver, 'What Is Stored');
    assert.ok(items.some(({ description }) => description.includes(live.slice(-4))));
    await cancel(driver);
  });

  it('with another one becomes two variables', async () => {
    await place({ name: 'both.js', before: "‹f('');›\n" });
    await paste(`f('${live}');\ng('${other}');`);
    const after = `f(process.env.${variable});\ng(process.env.${variable}_2);\n`;
    assert.equal(await saved('both.js', (text) => text === after), after);
    await assertKept();
    await assertKept(other, `${variable}_2`);
  });

  it('is pasted as it is where git tracks the environment file, which gets nothing', async () => {
    await writeFile(join(opened.folder, '.env'), 'A=1\n');
    git('add', '-f', '.env');
    try {
      await place({ name: 'tracked.js', before: "f('|');\n" });
      await paste(live);
      await saved('tracked.js', (text) => text === `f('${live}');\n`);
      assert.equal(await read('.env'), 'A=1\n');
    } finally {
      git('rm', '-q', '--cached', '.env');
    }
  });

  it('is pasted as it is where the environment file is a folder', async () => {
    await mkdir(join(opened.folder, '.env'));
    await place({ name: 'linked.js', before: "f('|');\n" });
    await paste(live);
    await saved('linked.js', (text) => text === `f('${live}');\n`);
    assert.equal(await read('.gitignore'), '');
  });
});
