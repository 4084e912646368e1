import type { TextEdit } from './textEdit.ts';

/** The edit that takes a key out of an example of an environment file: the name stays, its value becomes empty. */
export function emptyValue(text: string, { start, end }: { readonly start: number; readonly end: number }): TextEdit {
  const quote = text[start - 1] ?? '';
  const whole = /["'`]/.test(quote) && text[end] === quote;
  return { start: whole ? start - 1 : start, end: whole ? end + 1 : end, text: '' };
}
