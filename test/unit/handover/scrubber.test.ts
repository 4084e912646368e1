import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Secret } from '../../../src/domain/secret.ts';
import { Scrubber } from '../../../src/handover/scrubber.ts';
import { liveSecret, testSecret } from '../fixtures.ts';
import { seededRandom } from '../seededRandom.ts';

const token = testSecret(40);
const secret = new Secret(token);
const { mask } = secret;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const another = ['sk', 'test', token.slice(8).split('').toReversed().join('')].join('_');

function scrub(parts: readonly (string | Buffer)[], of = secret): string {
  const scrubber = new Scrubber(of);
  const out = parts.map((part) => scrubber.push(Buffer.from(part)));
  return Buffer.concat([...out, scrubber.end()]).toString('utf8');
}

/** Every byte by itself, and the text in two parts, at every place. */
function everyCut(text: string): string[][] {
  const cuts = Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
  return [text.split(''), ...cuts];
}

describe('Scrubber', () => {
  for (const [why, text, clean] of [
    ['a token alone', token, mask],
    ['a token in a line', `key: ${token}\n`, `key: ${mask}\n`],
    ['two tokens without anything between them', token + token, mask + mask],
    ['a token behind the beginning of one', token.slice(0, 20) + token, token.slice(0, 20) + mask],
    ['a token behind its prefix', `sk_test_${token}`, `sk_test_${mask}`],
    ['the beginning of a token at the end', `a ${token.slice(0, 28)}`, `a ${token.slice(0, 28)}`],
    ['a token that breaks off', `a ${token.slice(0, 29)}`, 'a sk_test_…'],
    ['a token without its last letter', `a ${token.slice(0, -1)}! b`, 'a sk_test_…! b'],
    ['a token on two lines', `${token.slice(0, 40)}\n${token.slice(40)}`, `sk_test_…\n${token.slice(40)}`],
    ['another token', another, another],
    ['Basic credentials', `Basic ${base64(`${token}:`)}\n`, `Basic ${base64('sk_test_').slice(0, 10)}…Og==\n`],
    ['a token in base64', `${base64(token)} and ${token}`, `${base64('sk_test_').slice(0, 10)}… and ${mask}`],
    ['a token of the other mode', liveSecret(40), liveSecret(40)],
    ['nothing', '', ''],
  ] as const) {
    it(`cleans ${why}, wherever it is cut`, () => {
      for (const parts of everyCut(text)) assert.equal(scrub(parts), clean, JSON.stringify(parts));
    });
  }

  it('cleans tokens that overlap with themselves', () => {
    const itself = ['sk', 'test', 'ababababababXab'].join('_');
    const clean = new Secret(itself).mask;
    for (const body of ['ab', 'abab', 'abababababab']) {
      const text = `sk_test_${body}${itself}!`;
      const shown = body.length > 8 ? '…' : body; // that much of the secret part is more than half of it
      for (const parts of everyCut(text)) assert.equal(scrub(parts, new Secret(itself)), `sk_test_${shown}${clean}!`);
    }
  });

  it('cleans what is no known kind of token as a whole', () => {
    const other = new Secret(['aab', 'aabaaac', 'aabaaab'].join('-'));
    for (const parts of everyCut(`aa${other.reveal()}aab`)) assert.equal(scrub(parts, other), `aa${other.mask}aab`);
  });

  it('says the same as a search, for many texts cut at random', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 400; round += 1) {
      const pieces = Array.from({ length: random.below(8) }, () =>
        [
          token,
          token.slice(0, random.below(25)), // what is covered though it breaks off is tried above
          token.slice(random.below(token.length)),
          'sk_',
          '€',
          '\n',
          's',
        ].at(random.below(7)),
      );
      const text = pieces.join('');
      const bytes = Buffer.from(text);
      const parts: Buffer[] = [];
      for (let at = 0; at < bytes.length;) {
        const next = at + 1 + random.below(12);
        parts.push(bytes.subarray(at, next));
        at = next;
      }
      assert.equal(scrub(parts), text.replaceAll(token, mask));
    }
  });

  it('leaves bytes that are no text as they are', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x73, 0x6b, 0xfe, 0x5f]);
    const scrubber = new Scrubber(secret);
    assert.deepEqual(Buffer.concat([scrubber.push(bytes), scrubber.end()]), bytes);
  });

  it('holds nothing back of what may be seen: a prompt is there at once', () => {
    const scrubber = new Scrubber(secret);
    for (const prompt of ['Which files', ' s', 'k_te', 'st_'])
      assert.equal(scrubber.push(Buffer.from(prompt)).toString(), prompt);
    assert.equal(scrubber.push(Buffer.from(token.slice(8, 20))).length, 0);
    assert.equal(scrubber.end().toString(), token.slice(8, 20));
  });
});
