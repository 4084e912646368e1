/**
 * What could be a token, by its prefix (sources: key types of the seed; `rkcs_` and `oak_` of the official CLI, whose redaction names
 * them; `whsec_` of the Dashboard's webhook page). `pk_test_` keys are public and worthless: they are not looked for.
 */
const prefixes = ['sk_org_(?:live|test)', '(?:sk|rk|rkcs)_(?:live|test)', 'pk_live', 'whsec', 'oak'];

export const candidatePattern = `(?:${prefixes.join('|')})_`;

/** A candidate in a text: its span and its token. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** Tokens end with the last letter or digit: what follows, such as `:`, `@`, `%0A` or `_old`, is not theirs. */
const plain = new RegExp(`${candidatePattern}[0-9A-Za-z]+`, 'g');

/** Every stretch of a text that begins as a token does and is no part of a longer word, in order. */
export function* plainCandidates(text: string): Generator<Candidate> {
  for (const { 0: token, index: start } of text.matchAll(plain)) {
    if (beginsWord(text, start)) yield { start, end: start + token.length, token };
  }
}

const wordCharacter = /[\p{L}\p{N}]/u;
/** Scripts without spaces between words: a token may stand right behind them. */
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}]/u;

/**
 * The end of an escape, whose letters and digits are no word: `\n`, `\x22`, `\u0022`, `%3D`, a terminal's `[31m`. A backslash that is
 * itself escaped begins none, but then the text before it is no word either.
 */
const escapeEnd = /(?:\\[nrtbfv0ae]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}|\[[0-9;]{1,10}m|&\w{2,8};)$/;
const longestEscape = 12;

/** False for a prefix inside a word, as in `task_live_` and `disk_test_`. */
export function beginsWord(text: string, start: number): boolean {
  if (start === 0) return true;
  const before = text[start - 1] ?? '';
  if (!wordCharacter.test(before) || unspaced.test(before)) return true;
  return escapeEnd.test(text.slice(Math.max(0, start - longestEscape), start));
}
