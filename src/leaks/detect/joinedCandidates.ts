import { candidatePattern, type Candidate } from './candidates.ts';
import { isCertain, partsOf } from './structure.ts';

/** At most one line's end, and blanks: bounded, so that a long line of them costs no more than itself. */
const blanks = String.raw`[ \t]{0,80}(?:\r?\n[ \t]{0,80})?`;
/** From one literal into the next: a quote, an operator of some language or a line's continuation or nothing, a quote. */
const joint = String.raw`["'\x60]${blanks}(?:\+|\.{1,2}|&|<>|\\)?${blanks}(?:[fFrRbBuU]{1,2})?["'\x60]`;

/** How many lines the parts of one token may be spread over. */
export const mostJoinedLines = 8;
const mostJoints = mostJoinedLines / 2;

const joined = new RegExp(`${candidatePattern}[0-9A-Za-z]*(?:${joint}[0-9A-Za-z]+){1,${mostJoints}}`, 'g');
const jointPattern = new RegExp(joint, 'g');

/** Tokens that are put together from literals: `"sk_live_" + "…"`. */
export function* joinedCandidates(text: string): Generator<Candidate> {
  for (const { 0: written, index: start } of text.matchAll(joined)) {
    const token = written.replaceAll(jointPattern, '');
    // A whole key with another literal behind it is just that: two arguments, or two lines.
    const [first = ''] = written.split(jointPattern, 1);
    if (!isCertain(partsOf(first)) || isCertain(partsOf(token))) yield { start, end: start + written.length, token };
  }
}
