import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { ByteSearch } from '../../../../src/leaks/detect/needles/byteSearch.ts';
import { mayHoldLeak } from '../../../../src/leaks/detect/needles/mayHoldLeak.ts';
import { seededRandom } from '../../seededRandom.ts';
import { token } from './cases/leakCase.ts';

const random = seededRandom(64);
const search = new ByteSearch();
function mayHold(text: string): boolean {
  const bytes = Buffer.from(text);
  bytes.copy(search.room(bytes.length));
  return mayHoldLeak(search, search.room(bytes.length));
}

const kinds = ['sk_live', 'sk_test', 'rk_live', 'rk_test', 'sk_org_live', 'rkcs_test', 'whsec'];
const wrap = (text: string, width: number, end: string): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);

/** An environment file with one key in it, whose place in the file is random. */
function environment(key: string): string {
  const before = `# ${'x'.repeat(random.below(90))}\nPORT=8080\n`;
  return `${before}NAME=${key}\nDATABASE_URL=postgres://localhost/shop\n`;
}

describe('an environment file that is encoded whole', () => {
  for (const [how, encode] of [
    ['in base64 on one line', (text: string) => Buffer.from(text).toString('base64')],
    ['in base64 for addresses', (text: string) => Buffer.from(text).toString('base64url')],
    ['in base64 in lines of 76', (text: string) => wrap(Buffer.from(text).toString('base64'), 76, '\n')],
    ['in base64 in lines of 64, with CRLF', (text: string) => wrap(Buffer.from(text).toString('base64'), 64, '\r\n')],
    [
      'in base64, indented',
      (text: string) => `  data: |\n    ${wrap(Buffer.from(text).toString('base64'), 60, '\n    ')}\n`,
    ],
    ['in hexadecimal', (text: string) => Buffer.from(text).toString('hex')],
    [
      'in hexadecimal in lines of 60',
      (text: string) => wrap(Buffer.from(text).toString('hex').toUpperCase(), 60, '\n'),
    ],
  ] as const) {
    it(`has its key found ${how}`, () => {
      for (let round = 0; round < 210; round += 1) {
        const key = token(kinds[round % kinds.length] ?? '', [32, 34, 99, 107][round % 4]);
        const text = `content: ${encode(environment(key))}`;
        const found = findLeaks(text);
        assert.deepEqual(
          found.map(({ secret }) => secret.reveal() === key),
          [true],
          text,
        );
        const [leak] = found;
        const written = text.slice(leak?.start, leak?.end).replaceAll(/\s/g, '');
        // It may begin within a group of the encoding.
        const decoded = ['', 'A', 'AA', 'AAA'].map((before) =>
          Buffer.from(before + written, leak?.form === 'hex' ? 'hex' : 'base64').toString('latin1'),
        );
        assert.ok(
          decoded.some((one) => one.includes(key) && one.length <= key.length + 6),
          'the span is that of the key',
        );
      }
    });
  }

  for (const [how, encode] of [
    ['in base64', (text: string) => Buffer.from(text).toString('base64')],
    ['in hexadecimal', (text: string) => Buffer.from(text).toString('hex')],
    ['with escapes', (text: string) => text.replaceAll('_', String.raw`\u005f`)],
  ] as const) {
    it(`has its key found ${how} behind a thousand texts that only begin like one`, () => {
      const key = token('sk_live', 99);
      const decoys = Array.from({ length: 1000 }, (_, index) => encode(['sk', 'live', `no${index}`].join('_')));
      const text = `${decoys.join('\n')}\n${encode(key)}`;
      assert.deepEqual(
        findLeaks(text).map(({ secret }) => secret.reveal()),
        [key],
      );
    });
  }

  it('is told from another one on the next line', () => {
    for (const encoding of ['base64', 'hex'] as const) {
      const keys = Array.from({ length: 30 }, (_, index) => token(index % 2 === 0 ? 'sk_live' : 'rk_test', 99));
      const text = keys.map((key) => Buffer.from(key).toString(encoding)).join('\n');
      assert.deepEqual(
        findLeaks(text).map(({ secret }) => secret.reveal()),
        keys,
      );
    }
  });

  it('has both of two keys found', () => {
    const [one, other] = [token('sk_live', 99), token('whsec', 32)];
    const text = Buffer.from(`${one}\nHOOK=${other}\n`).toString('base64');
    assert.deepEqual(
      findLeaks(text).map(({ secret }) => secret.reveal()),
      [one, other],
    );
  });

  it('is never passed over as bytes where it stands on one line', () => {
    for (let round = 0; round < 2000; round += 1) {
      const text = environment(token(kinds[round % kinds.length] ?? '', 34));
      assert.ok(mayHold(Buffer.from(text).toString('base64')) && mayHold(Buffer.from(text).toString('hex')));
    }
  });

  it('is passed over as bytes in lines only where the end of one parts the few letters that are looked for', () => {
    let lost = 0;
    for (let round = 0; round < 2000; round += 1)
      if (!mayHold(wrap(Buffer.from(environment(token('sk_live', 99))).toString('base64'), 76, '\n'))) lost += 1;
    assert.ok(lost / 2000 < 0.06, `${lost} of 2000`);
  });
});
