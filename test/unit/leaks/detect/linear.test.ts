import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { withoutIgnored } from '../../../../src/leaks/detect/markers.ts';
import { seededRandom } from '../../seededRandom.ts';
import { token } from './cases/leakCase.ts';

const bare = ['sk', 'live', ''].join('_');
const random = seededRandom(99);
const pieces = [
  bare,
  token('sk_live'),
  '"',
  "' + '",
  ' ',
  '\n',
  '_',
  '\\',
  '\\u005f',
  '%5F',
  'c2tf',
  'a'.repeat(40),
  '&#95;',
  "'use client'",
  '/*',
  '//',
];

/** Texts that are hard on patterns which try again: each is a unit, to be repeated. */
const hard: readonly (readonly [name: string, unit: string])[] = [
  ['bare prefixes', bare],
  ['whole tokens', `${token('sk_live')} `],
  ['one token without an end', 'A1b2C3d4'],
  ['joints without an end', `${bare}" + "`],
  ['joined parts', `${bare}aB3" + "cD4" + "`],
  ['parts of a prefix', `sk_" + "live_" + "`],
  ['first parts of a prefix', `sk_"${' '.repeat(79)}\n`],
  ['second parts of a prefix', `'test_' `],
  ['templates', `${bare}\${"`],
  ['quotes and blanks', `"${' '.repeat(79)}`],
  ['a prefix, a quote and blanks', `${bare}"${' '.repeat(300)}`],
  ['escapes', String.raw`sk\u005flive\u005f`],
  ['base64', 'c2tf'],
  ['base64 of no token', `c2tf${'A'.repeat(60)} `],
  ['identifiers', 'task_live_'],
  ['masked tokens', `${token('rk_live', 40)}********`],
  ['hyphens', `${token('sk_test', 40)}-abcdef-`],
  ['comments before a directive', '// a\n'],
  ['open comments', '/* '],
  ['bodies of digits', `${bare}01234567890123456789`],
  ...Array.from({ length: 12 }, (_, index): [string, string] => [
    `a mixture (${index})`,
    Array.from({ length: 12 }, () => pieces[random.below(pieces.length)] ?? '').join(''),
  ]),
];

const work = (unit: string, size: number): number => {
  const text = unit.repeat(Math.ceil(size / unit.length));
  const started = performance.now();
  withoutIgnored(text, findLeaks(text));
  return performance.now() - started;
};

/** Grows like the text's length: sixteen times as long takes far from 256 times as much. The least of three, for the machine has other work. */
describe('the time that findLeaks takes', () => {
  for (const [name, unit] of hard) {
    it(`grows with the length of ${name}`, () => {
      const least = (size: number): number => Math.min(...[1, 2, 3].map(() => work(unit, size)));
      const [short, long] = [least(32_000), least(512_000)];
      assert.ok(long < 100 * Math.max(short, 0.5), `${short.toFixed(2)} ms became ${long.toFixed(2)} ms`);
    }).timeout(60_000);
  }
});
