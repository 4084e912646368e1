import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, it } from 'mocha';
import { decodeText } from '../../../../src/leaks/detect/decodeText.ts';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { ByteSearch } from '../../../../src/leaks/detect/needles/byteSearch.ts';
import { mayHoldLeak } from '../../../../src/leaks/detect/needles/mayHoldLeak.ts';
import { isPlaceholder } from '../../../../src/leaks/detect/placeholders.ts';
import { seededRandom } from '../../seededRandom.ts';
import { files } from './cases/files.ts';
import { forms } from './cases/forms.ts';
import { kinds } from './cases/kinds.ts';
import { realBody, token } from './cases/leakCase.ts';

const cases = [...files, ...forms, ...kinds].filter(({ leaks }) => leaks.length > 0);

const search = new ByteSearch();
function mayHold(bytes: Buffer): boolean {
  const room = search.room(bytes.length);
  bytes.copy(room);
  return mayHoldLeak(search, room);
}

describe('the rules against placeholders', () => {
  for (const [length, count, most] of [
    [24, 100_000, 2],
    [34, 30_000, 0],
    [99, 30_000, 0],
  ] as const) {
    it(`take at most ${most} of ${count} random bodies of ${length} for one`, () => {
      const lost = Array.from({ length: count }, () => realBody(length)).filter(isPlaceholder);
      assert.ok(lost.length <= most, lost.join(' '));
    }).timeout(60_000);
  }
});

describe('bytes of a file', () => {
  const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
  for (const [encoding, encode] of [
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 with its mark', (text: string) => wide(`\uFEFF${text}`)],
    ['UTF-16 of the other order with its mark', (text: string) => wide(`\uFEFF${text}`).swap16()],
    ['UTF-16 without a mark', wide],
    ['UTF-16 of the other order without a mark', (text: string) => wide(text).swap16()],
    ['Latin-1 with letters that are no UTF-8', (text: string) => Buffer.from(`é ü\n${text}`, 'latin1')],
  ] as const) {
    it(`are read as ${encoding}, and no leak is lost before`, () => {
      const text = `# Größe\nSTRIPE_KEY=${token('sk_live', 99)}\n`;
      const bytes = encode(text);
      assert.ok(mayHold(bytes));
      assert.equal(findLeaks(decodeText(bytes) ?? '').length, 1);
    });
  }

  it('are never passed over where a leak of the tables stands in them', () => {
    const lost = cases.filter(({ text }) => !mayHold(Buffer.from(text)));
    assert.deepEqual(
      lost.map(({ name }) => name),
      [],
    );
  });

  for (const [what, bytes] of [
    [
      'an image',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0]),
    ],
    [
      'a program',
      Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]), Buffer.from(token('sk_live'))]),
    ],
  ] as const) {
    it(`are no text where they are ${what}`, () => assert.equal(decodeText(bytes), undefined));
  }

  it('of any kind are read without an error', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.concat([
        random.bytes(random.below(200)),
        Buffer.from(random.pick(['sk_live_', 'whsec_', 'c2tf', '"sk_live_" + "', '\uFFFD', '\uD800'])),
        random.bytes(random.below(200)),
      ]);
      findLeaks(decodeText(bytes) ?? bytes.toString('latin1'));
    }
  });
});
