import { candidatePattern, type Candidate } from './candidates.ts';

/**
 * From one literal into the next: a quote, an operator of some language or a line's continuation or nothing, a quote. Bounded, so that a
 * long line of blanks costs no more than itself.
 */
const joint = String.raw`["'\x60][ \t\r\n]{0,80}(?:\+|\.{1,2}|&|<>|\\)?[ \t\r\n]{0,80}(?:[fFrRbBuU]{1,2})?["'\x60]`;
const joined = new RegExp(`${candidatePattern}[0-9A-Za-z]*(?:${joint}[0-9A-Za-z]+)+`, 'g');
const jointPattern = new RegExp(joint, 'g');

/** Tokens that are put together from literals: `"sk_live_" + "…"`. */
export function* joinedCandidates(text: string): Generator<Candidate> {
  for (const { 0: written, index: start } of text.matchAll(joined)) {
    yield { start, end: start + written.length, token: written.replaceAll(jointPattern, '') };
  }
}
