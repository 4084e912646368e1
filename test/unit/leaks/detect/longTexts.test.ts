import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { realBody, token } from './cases/leakCase.ts';

/** Long texts are looked through in pieces of 65,536 characters. */
const piece = 65_536;
const key = token('sk_live', 99);
const ways: readonly (readonly [string, string])[] = [
  ['as it is', key],
  ['put together', `sk_live_" + "${realBody(99)}`],
  ['in base64', Buffer.from(`NAME=${key}\n`).toString('base64')],
  ['with escapes', key.replaceAll('_', String.raw`\u005f`)],
];

describe('a long text', () => {
  for (const [how, written] of ways) {
    for (const [filling, unit] of [
      ['ASCII', 'let a = 1;\n'],
      ['letters of three bytes', '鍵を探す。\n'],
    ] as const) {
      it(`has a key found ${how} at every place around the seams of its pieces, in ${filling}`, () => {
        for (let at = piece - written.length - 8; at < piece + 8; at += 3) {
          const before = unit.repeat(Math.ceil(at / unit.length)).slice(0, at - 1);
          const text = `${before}"${written}"\n${unit.repeat(30_000)}`;
          const found = findLeaks(text);
          assert.equal(found.length, 1, `at ${at}`);
          const [leak] = found;
          assert.ok(
            leak && leak.start >= at && leak.end <= at + written.length,
            `${leak?.start} to ${leak?.end}, at ${at}`,
          );
        }
      });
    }
  }

  it('has all of its keys found, in order, also those far apart', () => {
    const keys = Array.from({ length: 12 }, () => token('rk_test', 34));
    const text = keys.map((one) => `${'x = 1\n'.repeat(9000)}key = "${one}"`).join('\n');
    assert.deepEqual(
      findLeaks(text).map(({ secret }) => secret.reveal()),
      keys,
    );
    for (const { start, end } of findLeaks(text)) assert.ok(keys.includes(text.slice(start, end)));
  });

  it('says at its head that browsers get it, for a key at its end', () => {
    const text = `'use client'\n${'x = 1\n'.repeat(60_000)}key = "${key}"`;
    assert.equal(findLeaks(text)[0]?.rule, 'client-side-key');
  });
});
