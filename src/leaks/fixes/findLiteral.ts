import type { Language } from './languages.ts';

/** A literal of one line, with its quotes and what stands in front of them. */
export interface Literal {
  /** Where its prefix, if it has one, or else its quote begins. */
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  readonly quote: string;
  readonly contentStart: number;
  readonly contentEnd: number;
}

/** The literal that a stretch of a text stands in; undefined where it stands in none that ends on its line. */
export function findLiteral(text: string, start: number, end: number, language: Language): Literal | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextLine = text.indexOf('\n', end);
  const lineEnd = nextLine < 0 ? text.length : nextLine;
  for (let at = lineStart; at < start;) {
    const quote = language.quotes.find((one) => text.startsWith(one, at));
    if (quote === undefined) {
      at += 1;
      continue;
    }
    const contentStart = at + quote.length;
    const contentEnd = findClose(text, contentStart, lineEnd, quote);
    if (contentEnd === undefined) return undefined;
    if (contentStart <= start && end <= contentEnd)
      return literalAt(text, { at, lineStart, quote, contentEnd }, language);
    at = contentEnd + quote.length;
  }
  return undefined;
}

function findClose(text: string, from: number, to: number, quote: string): number | undefined {
  for (let at = from; at < to; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return at;
  }
  return undefined;
}

function literalAt(
  text: string,
  {
    at,
    lineStart,
    quote,
    contentEnd,
  }: { readonly at: number; readonly lineStart: number; readonly quote: string; readonly contentEnd: number },
  language: Language,
): Literal {
  const own = literalPrefixBefore(text, at, language, lineStart);
  const closing = own.endsWith('#') ? (/^#*/.exec(text.slice(contentEnd + quote.length))?.[0].length ?? 0) : 0;
  return {
    start: at - own.length,
    end: contentEnd + quote.length + closing,
    prefix: own,
    quote,
    contentStart: at + quote.length,
    contentEnd,
  };
}

/** What stands in front of the quote at `at` and belongs to the literal, such as Python's `b`. */
export function literalPrefixBefore(
  text: string,
  at: number,
  { literalPrefix }: Language,
  lineStart = text.lastIndexOf('\n', at - 1) + 1,
): string {
  const before = text.slice(lineStart, at);
  const prefix = literalPrefix?.exec(before)?.[0] ?? '';
  // Letters that end a longer word are no prefix of the literal.
  return /\w/.test(before[before.length - prefix.length - 1] ?? '') ? '' : prefix;
}
