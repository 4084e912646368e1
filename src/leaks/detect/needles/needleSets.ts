/** The bytes a needle may have at its places 0, 1, 2, 3 and 5, as letters; undefined where any may stand. */
type Needle = readonly [string, string, string, string, string | undefined];

const quotes = '"\'`';
/** What may stand before a mode: an underscore, the ends of its escaped forms, or the quote of a second part. */
const before = `_fF;${quotes}`;
/** What may stand behind it: an underscore, the beginnings of its escaped forms, or the quote of a first part. */
const behind = `_\\%&${quotes}`;

/**
 * What every leak has one of, in up to eight sets; the bytes of a set mix. `_live_` and `_test_` with their escaped forms and their parts,
 * `whsec_`, `oak_`, the same in base64 by where in a group of three bytes it begins, and in hexadecimal.
 */
export const needleSets: readonly (readonly Needle[])[] = [
  [[before, 'l', 'i', 'v', behind]],
  [[before, 't', 'e', 's', behind]],
  [['w', 'h', 's', 'e', behind]],
  [['o', 'a', 'k', `_${quotes}`, undefined]],
  [
    ['p', 'd', 'm', 'V', undefined],
    ['X', 'Z', 'l', 'X', undefined],
    ['b', 'G', 'l', '2', undefined],
  ],
  [
    ['R', 'l', 'c', '3', undefined],
    ['0', 'Z', 'X', 'N', undefined],
    ['d', 'G', 'V', 'z', undefined],
  ],
  [
    ['d', '2', 'h', 'z', undefined],
    ['c', '2', 'V', 'j', undefined],
    ['a', 'H', 'N', 'l', undefined],
  ],
  [
    ['6', 'cC', '6', '9', '6'],
    ['7', '4', '6', '5', '3'],
    ['7', '7', '6', '8', '3'],
  ],
];

const places = [0, 1, 2, 3, 5];

/** For each place 16 bytes: the sets, as bits, that have a byte there with such a low or high half. */
export function needleTable(half: 'low' | 'high', place: number): number[] {
  const column = places.indexOf(place);
  const table = Array.from({ length: 16 }, () => 0);
  for (const [bit, needles] of needleSets.entries()) {
    for (const needle of needles) {
      const letters = needle[column];
      const halves = (letters ?? '')
        .split('')
        .map((letter) => letter.charCodeAt(0))
        .map((code) => (half === 'low' ? code & 15 : code >> 4));
      for (const index of letters === undefined ? table.keys() : halves)
        table[index] = (table[index] ?? 0) | (1 << bit);
    }
  }
  return table;
}
