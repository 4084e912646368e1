import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const rows = page
  .slice(page.indexOf('## What is promised'), page.indexOf('## What is not promised'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:promise|-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** The file and the titles of its tests that a cell names: `path` "title", "title". */
function references(cell: string): { readonly file: string; readonly titles: readonly string[] }[] {
  return [...cell.matchAll(/`(?<file>[^`]+)`(?<titles>(?:,? "[^"]+")+)/g)].map(({ groups }) => ({
    file: groups?.['file'] ?? '',
    titles: [...(groups?.['titles'] ?? '').matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  }));
}

/** The titles of a file's tests, as they are written there. */
const titlesOf = (text: string): string[] =>
  [...text.matchAll(/\b(?:it|describe)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  );

describe('SECURITY.md', () => {
  it('promises at least thirty things', () => assert.ok(rows.length >= 30, String(rows.length)));

  for (const [, promise = '', heldBy = ''] of rows) {
    it(`names a test that is there: ${promise.slice(0, 70)}`, () => {
      const named = references(heldBy);
      assert.ok(named.length > 0, `no test holds it: ${heldBy}`);
      for (const { file, titles } of named) {
        assert.ok(existsSync(join(root, file)), file);
        const text = readFileSync(join(root, file), 'utf8');
        for (const title of titles)
          assert.ok(
            titlesOf(text).some((one) => one.includes(title)) || text.includes(`['${title}`),
            `${file} has no test called “${title}”`,
          );
      }
    });
  }
});
