import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parse } from 'dotenv';
import { readVariables, setVariable } from '../../../../src/leaks/fixes/envFile.ts';
import { liveSecret } from '../../fixtures.ts';

const key = liveSecret(99);
const name = 'STRIPE_SECRET_KEY';

/** Files as people have them; all but the last few are read alike by every reader. */
const files: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['others', 'A=1\nB=2\n'],
  ['no last line end', 'A=1\nB=2'],
  ['CRLF', 'A=1\r\nB=2\r\n'],
  ['CRLF without a last one', 'A=1\r\nB=2'],
  ['quotes', 'A="one two"\nB=\'three # four\'\n'],
  ['comments', '# A=0\nA=1\n\n  # the end\n'],
  ['exports', 'export A=1\nexport B="2"\n'],
  ['its name without a value', `A=1\n${name}=\nB=2\n`],
  ['its name with an empty value', `A=1\n${name}=""\nB=2\n`],
  ['its name exported without a value', `export A=1\nexport ${name}=\n`],
  ['its name in a comment', `# ${name}=something\nA=1\n`],
  ['a longer name', `${name}_OLD=1\nMY_${name}=2\n`],
  ['a value over lines', 'A="one\ntwo"\nB=3\n'],
  ['a value over lines that looks like the name', `A="one\nC=2"\nB=3\n`],
  ['a quote in a value', "A=it's\nB=2\n"],
  ['a quote that has no end', 'A="one\nB=2\n'],
  ['a byte-order mark', '\uFEFFA=1\n'],
];

interface Reader {
  readonly who: string;
  /** Undefined where the reader is not there. */
  readonly read: (file: string, text: string) => Record<string, string> | undefined;
  /** Which files it reads in a way of its own, before and after. */
  readonly not: readonly string[];
}

/** Prints what a program finds in its environment, as the parent can read it. */
const printEnvironment = 'process.stdout.write(JSON.stringify(process.env))';
const quietly = { encoding: 'utf8', env: { PATH: process.env['PATH'] } } as const;

const readers: readonly Reader[] = [
  { who: 'dotenv', read: (_, text) => parse(text), not: [] },
  {
    who: 'node --env-file',
    read: (file) => JSON.parse(execFileSync(process.execPath, [`--env-file=${file}`, '-e', printEnvironment], quietly)),
    // It takes the word for a part of a name that has no value.
    not: ['its name exported without a value'],
  },
  {
    who: 'python-dotenv',
    read(file) {
      const script = 'import json, sys, dotenv; print(json.dumps(dotenv.dotenv_values(sys.argv[1])))';
      for (const python of ['python3', '/usr/bin/python3']) {
        const { status, stdout } = spawnSync(python, ['-c', script, file], { encoding: 'utf8' });
        if (status === 0) return JSON.parse(stdout);
      }
      return undefined;
    },
    not: [],
  },
  {
    who: 'a shell',
    read: (file) =>
      JSON.parse(
        execFileSync(
          'sh',
          ['-c', `set -a; . "$1"; exec "$2" -e '${printEnvironment}'`, 'sh', file, process.execPath],
          quietly,
        ),
      ),
    // It takes carriage returns into values, a mark for a part of a command, and an odd quote for the begin of a long text.
    not: ['CRLF', 'CRLF without a last one', 'a byte-order mark', 'a quote in a value', 'a quote that has no end'],
  },
];

describe('an environment file with a key, as programs read it', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-env-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const { who, read, not } of readers) {
    describe(who, () => {
      for (const [what, text] of files.filter(([one]) => !not.includes(one))) {
        it(`finds the key beside ${what}, and all else as before`, function () {
          const file = join(folder, '.env');
          const found = (content: string) => {
            writeFileSync(file, content);
            return read(file, content);
          };
          const old = found(text);
          if (!old) this.skip();
          const now = found(setVariable(text, name, key));
          assert.ok(now);
          assert.equal(now[name], key);
          for (const [other, value] of Object.entries(old)) if (other !== name) assert.equal(now[other], value, other);
        });
      }
    });
  }

  for (const [what, text] of files) {
    it(`is told by us beside ${what}, and not written twice`, () => {
      const now = setVariable(text, name, key);
      assert.equal(readVariables(now).get(name), key);
      assert.equal(setVariable(now, name, key), now);
    });
  }
});
