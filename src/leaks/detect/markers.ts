import type { Leak } from '../leak.ts';

/** Our own word first, then those of tools that people already use: what they have excused there is excused here. */
const onLine =
  /keysmith:ignore(?!-)|gitleaks:allow|betterleaks:allow|trufflehog:ignore|kingfisher:ignore|ggignore|pragma:\s?allowlist secret|secretlint-disable-line|nosec(?:ret)?\b/;
const nextLine = /keysmith:ignore-next-line|pragma:\s?allowlist nextline secret|secretlint-disable-next-line/;
const wholeFile = /keysmith:ignore-file/;
/** How far down a file's own excuse may stand, in lines. */
const headLines = 20;

/** A line that is a comment and nothing else: an excuse on it is for the line below. */
const commentLine =
  /^\s*(?:[^\w\s"'`]{1,4}|rem\b|dnl\b)\s*(?:keysmith|gitleaks|betterleaks|trufflehog|kingfisher|ggignore|pragma|secretlint|nosec)/i;

/** How much of a line is looked at on each side: minified lines have no end. */
const reach = 2000;

/** The leaks that no comment excuses: on their line, on the line above, or for the whole file. */
export function withoutIgnored(text: string, leaks: readonly Leak[]): Leak[] {
  if (leaks.length === 0) return [];
  return ignoresFile(text) ? [] : leaks.filter((leak) => !isIgnored(text, leak));
}

export function ignoresFile(text: string): boolean {
  let end = 0;
  for (let line = 0; line < headLines && end >= 0; line += 1) end = text.indexOf('\n', end + 1);
  const head = text.slice(0, Math.min(end < 0 ? text.length : end, headLines * reach));
  return wholeFile.test(head);
}

/** Whether a comment excuses a leak. */
export function isIgnored(text: string, { start, end }: Pick<Leak, 'start' | 'end'>): boolean {
  const before = lastLine(text.slice(Math.max(0, start - reach), start));
  const behind = text.slice(end, end + reach).split('\n', 1)[0] ?? '';
  if (onLine.test(before + behind)) return true;
  const lineStart = start - before.length;
  if (text[lineStart - 1] !== '\n') return false;
  const above = lastLine(text.slice(Math.max(0, lineStart - 1 - reach), lineStart - 1));
  return nextLine.test(above) || (commentLine.test(above) && onLine.test(above));
}

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);
