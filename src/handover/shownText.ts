/**
 * What a text of somebody else's has in a question of ours must be seen as it is: nothing that is not seen, that moves other text, or that
 * ends the quotes around it, and no heaps of accents.
 */
const escaped = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800"“”„‟]|(?! )\p{Z}|(?<=\p{M}{2})\p{M}/gu;

/** The scripts that are written from right to left: beside them a line's other parts change places. */
const rightToLeft = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;
const isolate = '\u2068';
const endIsolate = '\u2069';

const named: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** A text in one line, whole, with such letters as escapes. */
export function shownText(text: string): string {
  const line = text.replaceAll('\\', String.raw`\\`).replaceAll(escaped, (letter) => named[letter] ?? escapeOf(letter));
  return rightToLeft.test(line) ? `${isolate}${line}${endIsolate}` : line;
}

const escapeOf = (letter: string): string =>
  letter === '"' ? String.raw`\"` : String.raw`\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;

/** In need of no quotes: it is one word for every reader. */
const plainWord = /^[\w%+,./:=@^~-]+$/;

/** A program with its arguments in one line: each is one word, or stands in quotes. */
export const shownWords = (words: readonly string[]): string =>
  words.map((word) => (plainWord.test(word) ? word : `"${shownText(word)}"`)).join(' ');
