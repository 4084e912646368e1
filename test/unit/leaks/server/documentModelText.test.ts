import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { withoutIgnored } from '../../../../src/leaks/detect/markers.ts';
import { DocumentModel } from '../../../../src/leaks/server/documentModel.ts';
import { LongLine } from '../../../../src/leaks/server/longLine.ts';
import { seededRandom } from '../../seededRandom.ts';
import { token } from '../detect/cases/leakCase.ts';

const key = token('sk_live', 99);
const keys = [key, token('rk_test', 34), token('whsec', 32), token('sk_live', 24)];
const words = ['"', "'", ' = ', '" + "', '# x', 'é😀', '// keysmith:ignore', ''];

/** What the protocol's own library and a scan of the whole text say of a document: another way to the same. */
const judged = (document: TextDocument): string[] => {
  const text = document.getText();
  return withoutIgnored(text, findLeaks(text)).map(({ rule, start, end }) =>
    [rule, JSON.stringify(document.positionAt(start)), JSON.stringify(document.positionAt(end))].join(' '),
  );
};
const shown = (model: DocumentModel): string[] =>
  model.leaks.map(({ rule, range: { start, end } }) => [rule, JSON.stringify(start), JSON.stringify(end)].join(' '));

const at = (line: number, character: number): { line: number; character: number } => ({ line, character });

describe('DocumentModel beside a scan of the whole text', () => {
  for (const [name, lineEnd, filler, edits] of [
    ['LF', '\n', 60, 200],
    ['CRLF', '\r\n', 60, 200],
    ['lines around the length that is kept in pieces', '\n', 19_950, 120],
    ['lines of many pieces', '\r\n', 150_000, 60],
  ] as const) {
    for (let seed = 1; seed <= 4; seed += 1) {
      it(`finds the same at the same places: ${name} (${seed})`, () => {
        const random = seededRandom(seed);
        const piece = (): string =>
          random.below(3) > 0
            ? (words[random.below(words.length)] ?? '') + random.text(random.below(9))
            : `"${keys[random.below(keys.length)] ?? ''}"`;
        const lines = Array.from({ length: 12 }, () => piece() + ' x'.repeat(random.below(filler)) + piece());
        const text = lines.join(lineEnd);
        const model = new DocumentModel(text, {});
        let judge = TextDocument.create('a:b', '', 0, text);
        for (let edit = 1; edit <= edits; edit += 1) {
          const line = random.below(judge.lineCount);
          const character = random.below(4) === 0 ? random.below(300) : random.below(filler * 2 + 200);
          const start = at(line, character);
          const end =
            random.below(4) === 0
              ? at(Math.min(judge.lineCount - 1, line + random.below(2)), random.below(300))
              : at(line, character + random.below(20));
          const range = random.below(8) === 0 ? { start: end, end: start } : { start, end };
          const added = random.below(5) === 0 ? lineEnd : random.below(3) === 0 ? '' : piece();
          const change = random.below(60) === 0 ? { text: judge.getText() } : { range, text: added };
          model.change([change]);
          judge = TextDocument.update(judge, [change], edit);
          assert.equal(model.text().replaceAll('\r\n', '\n'), judge.getText().replaceAll('\r\n', '\n'), `edit ${edit}`);
          assert.deepEqual(shown(model), judged(judge), `edit ${edit}`);
        }
      }).timeout(60_000);
    }
  }

  it('takes a change without a range, or with none, as the whole text', () => {
    const model = new DocumentModel('a', {});
    model.change([{ text: `"${key}"` }]);
    assert.equal(model.leaks.length, 1);
    model.change([{ range: null, text: 'b' } as unknown as { text: string }]);
    assert.deepEqual([model.text(), model.leaks.length], ['b', 0]);
  });

  it('hears of what is said at the top of a text whose first line is long', () => {
    const model = new DocumentModel(`${'x '.repeat(30_000)}\n# keysmith:ignore-file\n"${key}"`, {});
    assert.equal(model.leaks.length, 1); // too far down
    model.change([{ range: { start: at(0, 0), end: at(0, 60_000) }, text: '' }]);
    assert.equal(model.leaks.length, 0);
  });
});

describe('LongLine', () => {
  it('is what a string would be', () => {
    const random = seededRandom(5);
    let text = random.text(200_000);
    let line = LongLine.of(text);
    for (let round = 0; round < 300; round += 1) {
      const from = random.below(4) === 0 ? 32_768 * random.below(6) : random.below(text.length + 1);
      const to = from + (random.below(5) === 0 ? random.below(90_000) : random.below(5));
      const added = random.text(random.below(9) === 0 ? random.below(120_000) : random.below(4));
      text = text.slice(0, from) + added + text.slice(to);
      line = line.replaced(from, to, added);
      assert.equal(line.length, text.length);
      assert.equal(line.slice(from, to), text.slice(from, to));
      assert.ok(String(line) === text, `round ${round}`);
    }
  });
});
