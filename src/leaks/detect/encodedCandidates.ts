import { candidatePattern, plainCandidates, type Candidate } from './candidates.ts';

/** How an encoding writes bytes, and how the part of a prefix that says the mode looks in it. */
interface Encoding {
  /** `_live_`, `_test_`, `whsec_` and the like, wherever they stand within a group. */
  readonly needle: RegExp;
  /** How many characters in front of a needle belong to the group that it begins in. */
  readonly behindGroup: (needle: string) => number;
  /** By their codes, the characters that it writes. */
  readonly alphabet: ReadonlySet<number>;
  readonly buffer: 'base64' | 'hex';
  /** Characters and bytes of one group. */
  readonly group: { readonly characters: number; readonly bytes: number };
}

/** A line end within an encoded text: `base64` breaks its lines after 76 characters, OpenSSL after 64. */
const lineEnd = String.raw`(?:\r?\n[ \t]{0,40})?`;
const wrapped = (needle: string): string => needle.split('').join(lineEnd);

/** By where in a group of three bytes the text begins: only those of its characters that do not depend on its neighbours. */
const base64Needles: readonly (readonly string[])[] = [
  ['X2xpdmVf', 'X3Rlc3Rf', 'd2hzZWNf', 'b2FrX'],
  ['9saXZlX', '90ZXN0X', 'doc2VjX'],
  ['fbGl2ZV', 'fdGVzdF', '3aHNlY1'],
];
const charactersBefore = [0, 2, 3];

const base64: Encoding = {
  needle: new RegExp(base64Needles.flat().map(wrapped).join('|'), 'g'),
  behindGroup: (needle) => charactersBefore[base64Needles.findIndex((ones) => ones.includes(needle))] ?? 0,
  alphabet: codesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'),
  buffer: 'base64',
  group: { characters: 4, bytes: 3 },
};

const hex: Encoding = {
  needle: new RegExp(['5f6c6976655f', '5f746573745f', '77687365635f'].map(wrapped).join('|'), 'gi'),
  behindGroup: () => 0,
  alphabet: codesOf('0123456789abcdefABCDEF'),
  buffer: 'hex',
  group: { characters: 2, bytes: 1 },
};

/** Tokens in base64, also in the middle of it, as in the base64 of an environment file. The span is that of the encoded token. */
export const base64Candidates = (text: string): Generator<Candidate> => encodedCandidates(text, base64);

/** Tokens whose bytes are written in hexadecimal. */
export const hexCandidates = (text: string): Generator<Candidate> => encodedCandidates(text, hex);

/** So much of a body that it could be one: the shortest has more. */
const beginning = new RegExp(`${candidatePattern}[0-9A-Za-z]{20}`);
const bytesOfBeginning = 40;
/** Letters that the prefix of another token begins with. */
const nextPrefix = /(?:[rs]k|rkcs|whsec|oak)$/;

/** Longer than what stands before a mode in any prefix, with a character that tells that no longer word ends there. */
const bytesBefore = 12;
/** The longest token, and what may stand behind it. */
const bytesBehind = 264;

function* encodedCandidates(text: string, encoding: Encoding): Generator<Candidate> {
  let last = 0;
  for (const { 0: written, index } of text.matchAll(encoding.needle)) {
    const found = decodeAround(text, index, encoding.behindGroup(written.replaceAll(/\s/g, '')), encoding);
    if (!found || found.start < last) continue;
    last = found.end;
    yield found;
  }
}

/**
 * The token that a needle is a part of, if it is part of one. A line end may be one that the encoding has put in, or stand between two
 * texts: then the letters of the other one are not a part of the token.
 */
function decodeAround(text: string, needle: number, inGroup: number, encoding: Encoding): Candidate | undefined {
  return decodeFrom(text, needle, inGroup, encoding, true) ?? decodeFrom(text, needle, inGroup, encoding, false);
}

function decodeFrom(
  text: string,
  needle: number,
  inGroup: number,
  encoding: Encoding,
  overLines: boolean,
): Candidate | undefined {
  const { buffer, group } = encoding;
  const charactersOf = (bytes: number): number => Math.ceil((bytes * group.characters) / group.bytes);
  const look = (step: 1 | -1, most: number): number[] => walk(text, needle, step, most, encoding, overLines);
  const before = look(-1, inGroup + charactersOf(bytesBefore)).toReversed();
  if (before.length < inGroup) return undefined;
  const decode = (places: readonly number[]): string =>
    Buffer.from(places.map((place) => text[place]).join(''), buffer).toString('latin1');
  // Whole groups only: what is in front of the first one belongs to bytes that are not looked at.
  const whole = before.slice((before.length - inGroup) % group.characters);
  // A short look first: a text may have a needle every few letters, and no token at all.
  if (!beginning.test(decode([...whole, ...look(1, charactersOf(bytesOfBeginning))]))) return undefined;
  const places = [...whole, ...look(1, charactersOf(bytesBehind))];
  const needleByte = Math.floor((whole.length * group.bytes) / group.characters);
  const decoded = decode(places);
  for (const { start, end, token } of plainCandidates(decoded)) {
    if (start > needleByte || end <= needleByte || !beginning.test(token)) continue;
    if (overLines && nextPrefix.test(token) && decoded[end] === '_') return undefined;
    const [from, to] = [places[Math.floor((start * group.characters) / group.bytes)], places[charactersOf(end) - 1]];
    if (from === undefined || to === undefined) return undefined;
    const alone = buffer === 'base64' && start === 0 && before.length < inGroup + charactersOf(bytesBefore);
    return { start: from, end: alone ? endOfRest(text, to + 1, encoding) : to + 1, token };
  }
  return undefined;
}

/** Basic credentials and the secrets of Kubernetes begin with the key and hold no other: there the rest of the text is a part of it. */
function endOfRest(text: string, from: number, { needle }: Encoding): number {
  const rest = restOfBase64.exec(text.slice(from, from + longestRest))?.[0] ?? '';
  return rest.search(needle) >= 0 ? from : from + rest.length;
}
const restOfBase64 = /^[0-9A-Za-z+/_-]*={0,2}/;
const longestRest = 4096;

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

/** Places of encoded characters from `from` on in one direction; `from` itself only forwards. */
function walk(
  text: string,
  from: number,
  step: 1 | -1,
  most: number,
  { alphabet }: Encoding,
  overLines: boolean,
): number[] {
  const places: number[] = [];
  let place = step === 1 ? from : from - 1;
  while (places.length < most && place >= 0 && place < text.length) {
    if (alphabet.has(text.charCodeAt(place))) {
      places.push(place);
      place += step;
      continue;
    }
    const next = overLines ? overLineEnd(text, place, step) : undefined;
    if (next === undefined || !alphabet.has(text.charCodeAt(next))) break;
    place = next;
  }
  return places;
}

/** Behind one line end with the blanks of the next line's beginning; undefined where none stands there. */
function overLineEnd(text: string, place: number, step: 1 | -1): number | undefined {
  const near = step === 1 ? text.slice(place, place + 42) : text.slice(Math.max(0, place - 41), place + 1);
  const found = (step === 1 ? /^\r?\n[ \t]{0,40}/ : /\r?\n[ \t]{0,40}$/).exec(near)?.[0];
  return found === undefined ? undefined : place + step * found.length;
}
