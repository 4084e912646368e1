import { beginsWord, candidatePattern, type Candidate } from './candidates.ts';

/** An underscore as it is, or escaped for a string, an address, a page or Markdown. */
const underscore = String.raw`(?:_|\\u005[fF]|\\x5[fF]|%5[fF]|&#95;|&#x5[fF];|&lowbar;|\\_)`;
const escapedPrefix = candidatePattern.replaceAll('_', underscore);
const first = { s: String.raw`(?:s|\\u0073|\\x73|%73|&#115;)`, r: String.raw`(?:r|\\u0072|\\x72|%72|&#114;)` };
const escaped = new RegExp(
  `${escapedPrefix.replaceAll(/sk(?=\W)/g, `${first.s}k`).replaceAll(/rk(?=\W)/g, `${first.r}k`)}[0-9A-Za-z]+`,
  'g',
);
/** What an escaped token has and a plain one has not, near its beginning. */
const hint = /\\u00|\\x[57]|%[57]|&#|&lowbar;|\\_/;

/** Tokens with escapes in their prefix. */
export function* escapedCandidates(text: string): Generator<Candidate> {
  if (!hint.test(text)) return;
  for (const { 0: written, index: start } of text.matchAll(escaped)) {
    const token = decode(written);
    if (token === written || !beginsWord(text, start)) continue;
    yield { start, end: start + written.length, token };
  }
}

function decode(written: string): string {
  return written
    .replaceAll(
      /\\u00(5[fF]|7[23])|\\x(5[fF]|7[23])|%(5[fF]|7[23])|&#x(5[fF]);/g,
      (_, ...codes: (string | undefined)[]) =>
        String.fromCharCode(Number.parseInt(codes.find((code) => typeof code === 'string') ?? '', 16)),
    )
    .replaceAll(/&#(95|114|115);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/&lowbar;|\\_/g, '_');
}
