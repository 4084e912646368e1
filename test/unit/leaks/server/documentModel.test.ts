import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DocumentModel, type DocumentLeak } from '../../../../src/leaks/server/documentModel.ts';
import { seededRandom } from '../../seededRandom.ts';
import { token } from '../detect/cases/leakCase.ts';

const shown = (leaks: readonly DocumentLeak[]): string[] =>
  leaks.map(({ rule, fingerprint, range: { start, end } }) =>
    [rule, fingerprint.slice(0, 6), `${start.line}:${start.character}-${end.line}:${end.character}`].join(' '),
  );

const at = (line: number, character: number): { line: number; character: number } => ({ line, character });

describe('DocumentModel', () => {
  const key = token('sk_live', 99);

  it('follows a key as it is typed and taken away', () => {
    const model = new DocumentModel('a\nconst k = "";\nb', {});
    let character = 11;
    for (const letter of key) {
      model.change([{ range: { start: at(1, character), end: at(1, character) }, text: letter }]);
      character += 1;
    }
    assert.deepEqual(
      model.leaks.map(({ range }) => range),
      [{ start: at(1, 11), end: at(1, 11 + key.length) }],
    );
    model.change([{ range: { start: at(1, 20), end: at(1, 21) }, text: '*' }]);
    assert.deepEqual(model.leaks, []);
  });

  it('moves what stands behind a change with it', () => {
    const model = new DocumentModel(`x "${key}"\n\n"${key}"`, {});
    model.change([{ range: { start: at(0, 0), end: at(0, 1) }, text: 'one\ntwo\nthree' }]);
    assert.deepEqual(
      model.leaks.map(({ range: { start } }) => start),
      [at(2, 7), at(4, 1)],
    );
  });

  it('hears of an excuse, and that it is gone, on the line and above it', () => {
    const model = new DocumentModel(`\n"${key}"\n`, {});
    model.change([{ range: { start: at(0, 0), end: at(0, 0) }, text: '// keysmith:ignore' }]);
    assert.equal(model.leaks.length, 0);
    model.change([{ range: { start: at(0, 0), end: at(0, 18) }, text: '' }]);
    assert.equal(model.leaks.length, 1);
    model.change([{ range: { start: at(0, 0), end: at(0, 0) }, text: '// keysmith:ignore-file\n' }]);
    assert.equal(model.leaks.length, 0);
  });

  it("hears of 'use client', for keys far below", () => {
    const model = new DocumentModel(`import x\n${'\n'.repeat(500)}k = "${key}"`, {});
    model.change([{ range: { start: at(0, 0), end: at(0, 0) }, text: "'use client';\n" }]);
    assert.deepEqual(
      model.leaks.map(({ rule }) => rule),
      ['client-side-key'],
    );
  });

  it('says that a document is too large, and looks through it when it is not', () => {
    const model = new DocumentModel('x'.repeat(64 * 1024 * 1024 + 1), {});
    assert.ok(model.tooLarge);
    model.change([{ text: `"${key}"` }]);
    assert.deepEqual([model.tooLarge, model.leaks.length], [false, 1]);
  });

  // The window must see what the whole would: random edits of texts full of keys, compared with a model made anew.
  for (const [name, unit] of [
    ['short lines', '\n'],
    ['one long line', ' '],
  ] as const) {
    for (let seed = 1; seed <= 6; seed += 1) {
      it(`finds after every edit what a new one finds: ${name} (${seed})`, () => {
        const random = seededRandom(seed);
        const keys = [key, token('rk_test', 34), token('whsec', 32), token('sk_live', 24)];
        const words = ['"', "'", '" + "', '// keysmith:ignore', '# x', '=', 'NEXT_PUBLIC_K=', '\n', '\r\n', 'é😀', ' '];
        const piece = (): string =>
          random.below(3) === 0
            ? (keys[random.below(keys.length)] ?? '')
            : (words[random.below(words.length)] ?? '') + random.text(random.below(12));
        const filler = Array.from({ length: 400 }, () => `${random.text(60)}${unit}`).join('');
        let text = filler + Array.from({ length: 60 }, () => piece() + unit).join('') + filler;
        const model = new DocumentModel(text, {});
        for (let edit = 0; edit < 150; edit += 1) {
          const lines = text.split(/\r\n|\n|\r/);
          const line = random.below(lines.length);
          const character = random.below((lines[line]?.length ?? 0) + 1);
          const endLine = Math.min(lines.length - 1, line + random.below(3));
          const endCharacter =
            endLine === line
              ? Math.min(lines[line]?.length ?? 0, character + random.below(30))
              : random.below((lines[endLine]?.length ?? 0) + 1);
          const added = random.below(3) === 0 ? '' : piece();
          model.change([{ range: { start: at(line, character), end: at(endLine, endCharacter) }, text: added }]);
          text = model.text();
          assert.deepEqual(shown(model.leaks), shown(new DocumentModel(text, {}).leaks), `edit ${edit}`);
        }
      }).timeout(30_000);
    }
  }
});
