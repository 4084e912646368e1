/**
 * A text for Markdown that shows as it is, icons included. The editor's own `appendText` makes its spaces such that no line is broken at
 * them, and a long one then breaks in the middle of its words.
 */
export const asText = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]()#+\-.!~|<>&$:^=]/g, (sign) => `&#${sign.codePointAt(0)};`)
    .replaceAll(/\s*\n\s*/g, '\n\n')
    .replaceAll(/[ \t]+/g, ' ');
