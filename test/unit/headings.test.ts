import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';

const root = join(import.meta.dirname, '../../src/ui');

/** Where the editor draws icons in a text, and not in a heading, a title, a placeholder, or a name that a user gave. */
const withIcons = new Set(['tree/keyTooltip.ts']);
/** Of an item of the status bar. */
const statusText = /(?:\.text = |\btext: )/;

/** The texts of a file that have an icon, as it is written: `$(key)`. */
function iconsIn(source: string): string[] {
  const text = source.replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  return [...text.matchAll(/[^\n]*\$\((?:\$\{|[a-z])[^\n]*/g)]
    .map(([line]) => line.trim())
    .filter((line) => !statusText.test(line));
}

describe('icons in texts', () => {
  it('stand only where the editor draws them', () => {
    const found = globSync('**/*.ts', { cwd: root })
      .filter((path) => !withIcons.has(path))
      .flatMap((path) => iconsIn(readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line}`));
    assert.deepEqual(found, []);
  });

  it('would be caught in a heading', () => {
    assert.equal(iconsIn('heading(`$(${modeIcon(mode)}) ${name}`)').length, 1);
    assert.equal(iconsIn("label: '$(clippy) Paste'").length, 1);
  });
});
