import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { excuseFingerprint, parseKeysmithIgnore } from '../../../../src/leaks/exclusions/keysmithIgnore.ts';

const one = 'a'.repeat(32);
const other = '0123456789abcdef0123456789abcdef';

describe('.keysmithignore', () => {
  it('holds globs and fingerprints, with comments', () => {
    const { globs, fingerprints, mistakes } = parseKeysmithIgnore(
      `\uFEFF# ours\r\ntest/**\r\nfingerprint:${one} # rotated\r\n  fingerprint: ${other}\n!test/keep\n`,
    );
    assert.deepEqual(globs.split('\n'), ['# ours', 'test/**', '!test/keep', '']);
    assert.deepEqual([...fingerprints], [one, other]);
    assert.deepEqual(mistakes, []);
  });

  for (const text of ['fingerprint:', 'fingerprint:abc', `fingerprint:${one}0`, `fingerprint:${one.toUpperCase()}`]) {
    it(`names the line of ${JSON.stringify(text)}`, () => {
      const { fingerprints, mistakes } = parseKeysmithIgnore(`*.log\n${text}\n`);
      assert.deepEqual([fingerprints.size, mistakes[0]?.line], [0, 2]);
    });
  }

  for (const [what, before, after] of [
    ['an empty file', '', `fingerprint:${one} # why\n`],
    ['a file without a last line end', '*.log', `*.log\nfingerprint:${one} # why\n`],
    ['a file with CRLF', '*.log\r\n', `*.log\r\nfingerprint:${one} # why\r\n`],
    ['a file that excuses it already', `fingerprint:${one}\n`, `fingerprint:${one}\n`],
  ] as const) {
    it(`takes a fingerprint into ${what}`, () => assert.equal(excuseFingerprint(before, one, 'why'), after));
  }

  it('keeps a reason to one line', () => {
    const text = excuseFingerprint('', one, ' two\nlines ');
    assert.deepEqual(text, `fingerprint:${one} # two lines\n`);
    assert.ok(parseKeysmithIgnore(text).fingerprints.has(one));
  });
});
