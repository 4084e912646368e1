import { beginsWord, candidatePattern, type Candidate } from './candidates.ts';
import { isCertain, partsOf } from './structure.ts';

/** At most one line's end, and blanks: bounded, so that a long line of them costs no more than itself. */
const blanks = String.raw`[ \t]{0,80}(?:\r?\n[ \t]{0,80})?`;
const quote = String.raw`["'\x60]`;
const operator = String.raw`(?:\+|\.{1,2}|&|<>|\\|\.concat\()`;
/** From one literal into the next: a quote, an operator of some language or a line's continuation or nothing, a quote. */
const beside = `${quote}${blanks}${operator}?${blanks}(?:[fFrRbBuU]{1,2})?${quote}`;
/** From a template into a literal in it. */
const inside = String.raw`\$\{[ \t]{0,8}${quote}`;
const joint = `(?:${beside}|${inside})`;

/** How many lines the parts of one token may be spread over. */
export const mostJoinedLines = 8;
const mostJoints = mostJoinedLines / 2;

const joined = new RegExp(`${candidatePattern}[0-9A-Za-z]*(?:${joint}[0-9A-Za-z]+){1,${mostJoints}}`, 'g');
/** Where the prefix itself is in parts: `"sk_" + "live_…"`. */
export const splitPrefix = new RegExp(`(?:sk|rk|rkcs|sk_org)(?:_${joint}|${joint}_)(?:live|test)_`);
const split = new RegExp(`${splitPrefix.source}[0-9A-Za-z]*(?:${joint}[0-9A-Za-z]+){0,${mostJoints - 1}}`, 'g');
/** A literal that could be the second part of one. */
export const splitHint = new RegExp(`${quote}_?(?:live|test)_`);
const jointPattern = new RegExp(joint, 'g');
/** One more part on the same line: a line may have any number of them, and a token that breaks off is another token. */
const further = new RegExp(
  `(?:${quote}[ \\t]{0,80}${operator}?[ \\t]{0,80}(?:[fFrRbBuU]{1,2})?${quote}|${inside})[0-9A-Za-z]+`,
  'y',
);
/** More than any token has characters. */
const mostFurther = 256;

/** Tokens that are put together from literals: `"sk_live_" + "…"`. */
export function* joinedCandidates(text: string): Generator<Candidate> {
  yield* partsJoined(text, joined);
}

/** The same where no part has a whole prefix: `"sk_" + "live_" + "…"`. */
export function* splitCandidates(text: string): Generator<Candidate> {
  if (splitHint.test(text)) yield* partsJoined(text, split);
}

function* partsJoined(text: string, pattern: RegExp): Generator<Candidate> {
  for (const { 0: found, index: start } of text.matchAll(pattern)) {
    if (!beginsWord(text, start)) continue;
    const written = text.slice(start, endOfParts(text, start + found.length));
    const token = written.replaceAll(jointPattern, '');
    // A whole key with another literal behind it is just that: two arguments, or two lines.
    const [first = ''] = written.split(jointPattern, 1);
    if (!isCertain(partsOf(first)) || isCertain(partsOf(token))) yield { start, end: start + written.length, token };
  }
}

/** Where the parts end of which those up to `end` were found. */
function endOfParts(text: string, end: number): number {
  further.lastIndex = end;
  for (let parts = 0; parts < mostFurther && further.test(text); parts++) end = further.lastIndex;
  return end;
}

/** From one element of a list into the next. */
const comma = String.raw`${quote}[ \t]{0,80}(?:\r?\n[ \t]{0,80})?,[ \t]{0,80}(?:\r?\n[ \t]{0,80})?(?:[fFrRbBuU]{1,2})?${quote}`;
const listed = new RegExp(
  `(?:(?:sk(?:_|${comma})org|sk|rk|rkcs)(?:_|${comma})(?:live|test)|whsec|oak)_?${comma}[0-9A-Za-z]{24,}`,
  'g',
);
const commaPattern = new RegExp(`_?${comma}`, 'g');
/** What puts a list together, in front of it or behind: `join` of most languages, `implode` of PHP. */
const joining = /\b(?:join|implode)\b/i;
/** How far from the parts it may stand. */
const joiningBefore = 80;
const joiningBehind = 40;
/** A literal that ends where a prefix does. */
const listHint = /(?:live|test|whsec|oak)_?["'\x60]/;

/** Tokens whose parts are elements of a list that is joined: `['sk_live', '…'].join('_')`. */
export function* listedCandidates(text: string): Generator<Candidate> {
  if (!listHint.test(text)) return;
  for (const { 0: written, index: start } of text.matchAll(listed)) {
    const end = start + written.length;
    const around = [text.slice(Math.max(0, start - joiningBefore), start), text.slice(end, end + joiningBehind)];
    if (!beginsWord(text, start) || !around.some((near) => joining.test(near))) continue;
    yield { start, end, token: written.replaceAll(commaPattern, '_') };
  }
}
