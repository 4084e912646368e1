import { factsOf, type Leak, type PlacedLeak } from '../leak.ts';
import { PlacedText } from '../placedText.ts';

/** Leaks by line and column, both counted from 1; lines end with CRLF, LF or CR, as the editor counts them. */
export function placeLeaks(text: string, leaks: readonly Leak[]): PlacedLeak[] {
  if (leaks.length === 0) return [];
  const placed = new PlacedText(text);
  return leaks.map((leak) => {
    const { start, end } = placed.rangeAt(leak.start, leak.end);
    return {
      ...factsOf(leak),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  });
}
