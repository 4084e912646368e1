import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits, composeEdits, overlap, type TextEdit } from '../../../../src/leaks/fixes/textEdit.ts';
import { seededRandom } from '../../seededRandom.ts';

describe('composeEdits', () => {
  for (const [what, text, first, second, expected] of [
    [
      'what takes the place of an insertion and what surrounds it',
      "f('')",
      [{ start: 3, end: 3, text: 'key' }],
      [{ start: 2, end: 7, text: 'env' }],
      [{ start: 2, end: 4, text: 'env' }],
    ],
    [
      'an edit far from it',
      'a\nb""',
      [{ start: 4, end: 4, text: 'key' }],
      [
        { start: 0, end: 0, text: 'import\n' },
        { start: 3, end: 8, text: 'env' },
      ],
      [
        { start: 0, end: 0, text: 'import\n' },
        { start: 3, end: 5, text: 'env' },
      ],
    ],
  ] as const) {
    it(`makes one of ${what}`, () => assert.deepEqual(composeEdits(text, first, second), expected));
  }

  it('does what both do, with edits that neither touch nor overlap', () => {
    const random = seededRandom(11);
    const someEdits = (text: string): TextEdit[] => {
      const edits: TextEdit[] = [];
      for (let count = random.below(4); count > 0; count -= 1) {
        const start = random.below(text.length + 1);
        edits.push({
          start,
          end: Math.min(text.length, start + random.below(5)),
          text: 'xyz'.slice(0, random.below(4)),
        });
      }
      const starts = new Set(edits.map(({ start }) => start)); // of two insertions at one place nobody knows the order
      return overlap(edits) || starts.size < edits.length ? [] : edits;
    };
    for (let round = 0; round < 20_000; round += 1) {
      const text = 'abcdefghijklmnop'.slice(0, random.below(17));
      const first = someEdits(text);
      const between = applyEdits(text, first);
      const second = someEdits(between);
      const composed = composeEdits(text, first, second);
      const told = JSON.stringify({ text, first, second, composed });
      assert.equal(applyEdits(text, composed), applyEdits(between, second), told);
      for (const [index, { start }] of composed.entries())
        assert.ok(index === 0 || start > (composed[index - 1]?.end ?? 0), told);
    }
  });
});
