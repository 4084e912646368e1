import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Secret } from '../../../src/domain/secret.ts';
import { escapedForm, hexForm } from '../../../src/handover/hiddenForm.ts';
import { StreamCover } from '../../../src/handover/streamCover.ts';
import { Scrubber } from '../../../src/handover/scrubber.ts';
import { liveSecret, testSecret } from '../fixtures.ts';
import { seededRandom } from '../seededRandom.ts';

const prefix = ['sk', 'test', ''].join('_');
const token = testSecret(43);
const secret = new Secret(token);
const tail = token.slice(-4);

function scrub(parts: readonly (string | Buffer)[], ...secrets: readonly Secret[]): string {
  const scrubber = new Scrubber(...(secrets.length > 0 ? secrets : [secret]));
  const out = parts.map((part) => scrubber.push(Buffer.from(part)));
  return Buffer.concat([...out, scrubber.end()]).toString('utf8');
}

/** Every byte by itself, and the text in two parts, at every place; at some places of a long one. */
function everyCut(text: string): string[][] {
  const step = Math.ceil(text.length / 16);
  const cuts = Array.from({ length: text.length / step + 1 }, (_, at) => [
    text.slice(0, at * step),
    text.slice(at * step),
  ]);
  return [text.split(''), ...cuts];
}

const code = (letter: string, digits: number, upper = false): string => {
  const hex = letter.charCodeAt(0).toString(16).padStart(digits, '0');
  return upper ? hex.toUpperCase() : hex;
};
const escapes: readonly (readonly [string, (letter: string) => string])[] = [
  ['percent escapes', (letter) => `%${code(letter, 2)}`],
  ['percent escapes in capitals', (letter) => `%${code(letter, 2, true)}`],
  ['percent escapes of percent escapes', (letter) => `%25${code(letter, 2)}`],
  ['percent escapes three times over', (letter) => `%2525${code(letter, 2)}`],
  ['JSON escapes', (letter) => `\\u${code(letter, 4)}`],
  ['JSON escapes in capitals', (letter) => `\\u${code(letter, 4, true)}`],
  ['JSON in JSON', (letter) => `\\\\u${code(letter, 4)}`],
  ['JSON in JSON in JSON', (letter) => `\\\\\\\\u${code(letter, 4)}`],
  ['escapes of bytes', (letter) => `\\x${code(letter, 2)}`],
  ['escapes with braces', (letter) => `\\u{${code(letter, 2)}}`],
];
const all = (text: string, write: (letter: string) => string): string => text.split('').map(write).join('');
/** Only what is no letter or digit, as encoders do it. */
const some = (text: string, write: (letter: string) => string): string => text.replaceAll(/[^0-9A-Za-z]/g, write);

describe('a key that is written otherwise', () => {
  for (const [why, write] of escapes) {
    it(`is covered in ${why}, wherever it is cut`, () => {
      for (const [text, clean] of [
        [`a ${all(token, write)} b`, `a ${all(prefix, write)}…${tail} b`],
        [`a=${some(token, write)}&b`, `a=${some(prefix, write)}…${tail}&b`],
        [`${all(token, write)}${token}`, `${all(prefix, write)}…${tail}${prefix}…${tail}`],
        [`${all(token.slice(0, -1), write)}!`, `${all(prefix, write)}…!`],
      ] as const)
        for (const parts of everyCut(text)) assert.equal(scrub(parts), clean, JSON.stringify(parts));
    });
  }

  it('is covered where every letter is escaped in another way', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 100; round += 1) {
      const written = token.split('').map((letter) => {
        const [, write] = escapes[random.below(escapes.length * 2)] ?? [];
        return write ? write(letter) : letter;
      });
      const text = `a${written.join('')}b`;
      const parts = text.match(new RegExp(`[^]{1,${1 + random.below(9)}}`, 'g')) ?? [];
      assert.equal(scrub(parts), `a${written.slice(0, prefix.length).join('')}…${tail}b`, text);
    }
  });

  for (const before of ['', 'a', 'ab', 'user:', 'a:b:c']) {
    for (const after of ['', ':', '\n', ':x-y']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        it(`is covered in ${encoding} between “${before}” and ${JSON.stringify(after)}, wherever it is cut`, () => {
          const written = Buffer.from(before + token + after).toString(encoding);
          for (const parts of everyCut(`x ${written} y`)) {
            const clean = scrub(parts);
            assert.match(clean, /^x [0-9A-Za-z_-]{0,20}…[0-9A-Za-z+/=_-]{0,10} y$/, JSON.stringify(parts));
            const shown = Buffer.from(clean.slice(2).split('…')[0] ?? '', 'base64').toString('latin1');
            assert.ok(shown.length <= before.length + prefix.length, clean);
          }
        });
      }
    }
  }

  it('is covered in base64 with letters that a URL or JSON escapes, and those of either alphabet', () => {
    const odd = new Secret(['sk', 'test', '?>?>~~~???>>>~?>?>~~~???>>>~??'].join('_'));
    const written = Buffer.from(odd.reveal()).toString('base64');
    assert.match(written, /\+/);
    assert.match(written, /\//);
    for (const text of [
      written,
      Buffer.from(odd.reveal()).toString('base64url'),
      encodeURIComponent(written),
      encodeURIComponent(written).toLowerCase().includes('%2b') ? written.replaceAll('+', '%2b') : written,
      written.replaceAll('/', String.raw`\/`),
      written.replaceAll('+', String.raw`\u002B`),
    ])
      for (const parts of everyCut(text))
        assert.match(scrub(parts, odd), /^.{9,10}….{0,2}(?:=|%3D){0,2}$/, JSON.stringify(parts));
  });

  it('is covered in base64 that is broken into lines', () => {
    const written = Buffer.from(`user:${token}:`).toString('base64');
    for (const end of ['\n', '\r\n', String.raw`\n`, String.raw`\r\n`])
      for (const width of [4, 19, 60]) {
        const lines = written.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
        for (const parts of everyCut(lines.join(end))) {
          const clean = scrub(parts).replaceAll(end, '');
          assert.match(clean, /^.{16,17}….{0,6}$/, JSON.stringify(parts));
        }
      }
  });

  for (const [why, between] of [
    ['one after the other', ''],
    ['with spaces', ' '],
    ['with colons', ':'],
    ['in lines', '\n'],
    ['as a list', ', 0x'],
  ] as const) {
    it(`is covered in hexadecimal digits ${why}, wherever it is cut`, () => {
      const digits = (text: string): string =>
        text
          .split('')
          .map((letter) => code(letter, 2))
          .join(between);
      for (const write of [(text: string) => text, (text: string) => text.toUpperCase().replaceAll('X', 'x')])
        for (const parts of everyCut(write(`(${digits(token)})`))) {
          const clean = scrub(parts);
          assert.ok(clean.startsWith(write(`(${digits(prefix)}`)) && clean.endsWith('…)'), clean);
          assert.ok(clean.length <= digits(prefix).length + between.length + 3, clean);
        }
    });
  }

  it('shows what is less than half of it, as it was', () => {
    for (const text of [
      Buffer.from(token.slice(0, 20)).toString('hex'),
      Buffer.from(token.slice(0, 20)).toString('base64'),
      all(token.slice(0, 20), (letter) => `%${code(letter, 2)}`),
      `${prefix}%`,
      `${prefix}\\`,
      String.raw`\u0073\u006`,
      '%25%2525',
    ])
      for (const parts of everyCut(`${text} and ${text}`)) assert.equal(scrub(parts), `${text} and ${text}`);
  });

  it('holds nothing back of what may be seen', () => {
    const scrubber = new Scrubber(secret);
    const hex = Buffer.from(prefix).toString('hex');
    for (const prompt of ['100 %', ' a\\', ' c%5', '? %73', '%6b_te', 'st_', hex, ' '])
      assert.equal(scrubber.push(Buffer.from(prompt)).toString(), prompt);
  });

  it('is covered beside others, each by its own mask', () => {
    const live = new Secret(liveSecret(40));
    const hook = new Secret(['whsec', 'Zz'.repeat(16)].join('_'));
    const text = [token, live.reveal(), hook.reveal(), Buffer.from(live.reveal()).toString('hex')].join(' ');
    for (const parts of everyCut(text)) {
      const clean = scrub(parts, secret, live, hook, live);
      assert.ok(clean.startsWith(`${secret.mask} ${live.mask} ${hook.mask} `), clean);
      assert.ok(clean.endsWith('…') && clean.length < 70, clean);
    }
  });

  it('is covered where another key begins as it does', () => {
    const longer = new Secret(`${token}MoreOfIt`);
    for (const parts of everyCut(`${longer.reveal()} ${token} ${token}More`)) {
      const clean = scrub(parts, secret, longer);
      assert.ok(!clean.includes(token.slice(8, 20)), clean);
      assert.ok(!/MoreO|fIt /.test(clean.replaceAll('…OfIt', '')), clean);
      assert.equal(clean.split(' ')[1], secret.mask, 'covered once');
    }
  });

  it('is covered however few states are remembered', () => {
    const random = seededRandom(3);
    const forms = [
      escapedForm({ text: token, open: prefix.length, cover: `…${tail}` }),
      hexForm({ text: Buffer.from(token).toString('hex'), open: prefix.length * 2, cover: '…' }),
    ];
    const lines = Array.from({ length: 60 }, (_, at) => {
      const [, write] = escapes[at % escapes.length] ?? [];
      const written = write ? all(token, write) : token;
      return `${token.slice(0, random.below(30))}${written.slice(0, random.below(200))}!${at % 2 ? written : token} `;
    });
    const text = lines.join('\n');
    const cover = (mostStates?: number): string => {
      const covering = new StreamCover(forms, mostStates);
      return Buffer.concat([covering.push(Buffer.from(text)), covering.end()]).toString();
    };
    const clean = cover();
    assert.equal(clean.split(`…${tail} `).length, lines.length + 1);
    for (const most of [3, 4, 7, 16, 50]) assert.equal(cover(most), clean, `${most} states`);
  });

  it('lets out at once what cannot be its beginning, where nothing of it may be seen', () => {
    const scrubber = new Scrubber(new Secret(['other', 'kind', 'of', 'key', 'X'.repeat(20)].join('-')));
    for (const prompt of ['100 %', '\\', 'yes? ']) assert.equal(scrubber.push(Buffer.from(prompt)).toString(), prompt);
  });

  it('is covered however many states the bytes before it have needed', () => {
    const scrubber = new Scrubber(secret);
    const random = seededRandom(11);
    const clean: string[] = [];
    for (let round = 0; round < 3000; round += 1) {
      const length = random.below(token.length);
      const written = token
        .slice(0, length)
        .split('')
        .map((letter) => {
          const [, write] = escapes[random.below(escapes.length)] ?? [];
          return write ? write(letter) : letter;
        });
      const noise = written.join('').slice(0, -1 - random.below(3));
      clean.push(scrubber.push(Buffer.from(`${noise}!${token}\n`)).toString());
    }
    assert.ok(clean.every((line) => line.endsWith(`!${prefix}…${tail}\n`)));
  });
});
