import type { SeededRandom } from '../../unit/seededRandom.ts';

/** Percent-encoding that is none, or is no UTF-8. */
export const badPercent = (random: SeededRandom): string =>
  random.text(random.below(4)) +
  random.pick([
    '%',
    '%Z',
    '%ZZ',
    '%4',
    '%%',
    '%u0041',
    '%C3%28',
    '%FF',
    '%ED%A0%80',
    '%F8%88%80%80%80',
    '%C0%AF',
    '%E2%82',
  ]) +
  random.pick(['', '&x=1', 'zz', '-']);

/** Bytes that are no UTF-8, as Latin-1 text. */
export const badUtf8 = (random: SeededRandom): string =>
  random.text(random.below(4)) +
  random.pick(['\xff', '\xc3(', '\xed\xa0\x80', '\xf8\x88\x80\x80\x80', '\xc0\xaf', '\xe2\x82', '\x80', '\xfe\xfe']) +
  random.pick(['', 'z', '\xff']);

/** A parameter's name whose brackets do not match. */
export const badBrackets = (random: SeededRandom): string => {
  const a = random.text(1 + random.below(5));
  const b = random.text(1 + random.below(5));
  return random.pick([
    `${a}[`,
    `${a}]`,
    `${a}[${b}`,
    `${a}]${b}`,
    `${a}[[${b}]]`,
    `${a}[${b}]]`,
    `${a}[${b}]${b}`,
    `${a}[${b}][`,
    `${a}%5B${b}`,
    `${a}[${b}%5D%5B`,
    `]${a}[`,
    `${a}[]${b}[]`,
  ]);
};

/** Names that are more than names in JavaScript. */
export const oddName = (random: SeededRandom): string => {
  const name = random.pick([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
  ]);
  return random.pick([
    name,
    `${name}[${random.text(3)}]`,
    `${name}[prototype][polluted]`,
    `metadata[${name}]`,
    `a[${name}][polluted]`,
    `${name}[]`,
    `[${name}]polluted`.replace(']polluted', '][polluted]'),
  ]);
};

export const badAuthorization = (random: SeededRandom): string => {
  const text = random.text(1 + random.below(40), 'abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-:=/+., \t"');
  const base64 = Buffer.from(text).toString('base64');
  return random.pick([
    '',
    text,
    `Bearer ${text}`,
    'Bearer',
    'Bearer    ',
    `Bearer\t${text}`,
    `bearer ${text}`,
    `Basic ${text}`,
    `Basic ${base64}`,
    `Basic ${base64.slice(0, -3)}`,
    'Basic =====',
    `Basic ${Buffer.from(':').toString('base64')}`,
    `Basic ${random.bytes(40).toString('base64')}`,
    `Digest username="${random.text(5)}"`,
    `Negotiate ${base64}`,
    `Token ${text}`,
    `Bearer ${['sk', 'test', text].join('_')}`,
    `Bearer ${['rk', 'live', text].join('_')}`,
    `Bearer ${['sk', 'org', 'live', random.text(90)].join('_')}`,
    `Bearer ${random.text(20_000)}`,
    `Bearer ${random
      .bytes(30)
      .toString('latin1')
      .replaceAll(/\p{Cc}/gu, '\xe9')}`,
    `Bearer ${random.text(5)},Bearer ${random.text(5)}`,
    'Bearer null',
    'Bearer undefined',
    'Bearer [object Object]',
  ]);
};
