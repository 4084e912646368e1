import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PlacedText } from '../../../src/leaks/placedText.ts';
import { seededRandom } from '../seededRandom.ts';

describe('PlacedText', () => {
  it("counts as the protocol's own library does, in texts of every line end", () => {
    const random = seededRandom(11);
    const pieces = ['a', 'bc', '\n', '\r\n', '\r', '', 'é😀', ' '];
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: random.below(20) }, () => pieces[random.below(pieces.length)] ?? '').join('');
      const [placed, judge] = [new PlacedText(text), TextDocument.create('a:b', '', 1, text)];
      for (let line = 0; line < judge.lineCount + 2; line += 1) {
        for (const character of [0, 1, 3, 99]) {
          const position = { line, character };
          assert.equal(placed.offsetAt(position), judge.offsetAt(position), JSON.stringify([text, position]));
        }
        const start = judge.offsetAt({ line, character: 0 });
        const end = judge.offsetAt({ line, character: 99 });
        assert.deepEqual(
          placed.rangeAt(start, end),
          { start: judge.positionAt(start), end: judge.positionAt(end) },
          text,
        );
      }
    }
  });
});
