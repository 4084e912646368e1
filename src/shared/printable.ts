/** A text that others wrote, on one line: what would move a terminal's cursor, or turn the direction, is written as an escape. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });

/**
 * A line for a terminal or the log of a build, with names in it that others chose. Hosts of builds obey lines that begin with `::`, with
 * blanks before it or not, and `##[…]` and `##vso[…]` wherever they stand.
 */
export const printableLine = (text: string): string =>
  printable(text)
    .replaceAll(/##(?=\w*\[)/g, String.raw`#\x23`)
    .replace(/^(?=\s*::)/, './');
