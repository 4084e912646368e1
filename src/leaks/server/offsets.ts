import type { TextRange } from '../protocol.ts';
import type { Position } from './documentModel.ts';

const lineEnds = /\r\n|\n|\r/g;

/** Where each line of a text begins. */
const lineStarts = (text: string): number[] => [
  0,
  ...Array.from(text.matchAll(lineEnds), ({ index, 0: end }) => index + end.length),
];

export function offsetAt(text: string, { line, character }: Position): number {
  const starts = lineStarts(text);
  return Math.min(text.length, (starts[line] ?? text.length) + character);
}

export function rangeAt(text: string, start: number, end: number): TextRange {
  const starts = lineStarts(text);
  const position = (offset: number): Position => {
    const line = starts.findLastIndex((from) => from <= offset);
    return { line, character: offset - (starts[line] ?? 0) };
  };
  return { start: position(start), end: position(end) };
}
