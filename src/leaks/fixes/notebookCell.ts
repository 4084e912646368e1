/** Lines of a notebook's cell that are for the notebook, such as `%pip install stripe`. */
const magic = /^([ \t]*)[%!?](?=[^\n]*)/gm;
/** First lines that say something of a cell that stays in the notebook's language. */
const sameLanguage = /^\s*%%(?:time|timeit|capture|prun|memit)\b/;

/**
 * A text of the same length that its language can read: in a notebook's cell, lines that are for the notebook are comments. Undefined
 * where the whole cell is in another language.
 */
export function withoutMagics(text: string, path: string, grammar: string): string | undefined {
  if (grammar !== 'python' || !path.endsWith('.ipynb')) return text;
  if (/^\s*%%/.test(text) && !sameLanguage.test(text)) return undefined;
  return text.replaceAll(magic, '$1#');
}
