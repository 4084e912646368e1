import { beginsWord, candidatePattern, type Candidate } from './candidates.ts';

/** Characters that nobody sees: zero-width ones, directions, joiners, the mark of UTF-8, the soft hyphen. */
const invisible = '[\\u00AD\\u200B-\\u200F\\u2060-\\u2064\\uFEFF]';
const gap = `${invisible}{0,2}`;
const hint = new RegExp(invisible);
const hidden = new RegExp(`${spread(candidatePattern)}${gap}[0-9A-Za-z](?:${gap}[0-9A-Za-z])*`, 'g');
const all = new RegExp(invisible, 'g');

/** Tokens with invisible characters among their own, as texts that were copied from a page have them, or hide them. */
export function* hiddenCandidates(text: string): Generator<Candidate> {
  if (!hint.test(text)) return;
  for (const { 0: written, index: start } of text.matchAll(hidden)) {
    const token = written.replaceAll(all, '');
    if (token !== written && beginsWord(text, start)) yield { start, end: start + written.length, token };
  }
}

/** The pattern with room for what is invisible behind each of its letters. */
function spread(pattern: string): string {
  return pattern.replaceAll(/\(\?:|[a-z_]/g, (part) => (part === '(?:' ? part : `${part}${gap}`));
}
