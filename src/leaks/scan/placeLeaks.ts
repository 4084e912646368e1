import type { Leak, PlacedLeak } from '../leak.ts';

/** Leaks by line and column, both counted from 1; lines end with CRLF, LF or CR, as the editor counts them. */
export function placeLeaks(text: string, leaks: readonly Leak[]): PlacedLeak[] {
  if (leaks.length === 0) return [];
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: end }) => index + end.length)];
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  return leaks.map(({ rule, kind, mode, severity, confidence, form, mask, fingerprint, start, end }) => {
    const { line: endLine, column: endColumn } = place(end);
    return { rule, kind, mode, severity, confidence, form, mask, fingerprint, ...place(start), endLine, endColumn };
  });
}
