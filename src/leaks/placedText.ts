import type { TextRange } from './protocol.ts';

type Position = TextRange['start'];

/** A text with its places in both ways to count: offsets from its start, and lines and columns; all in UTF-16 units. */
export class PlacedText {
  readonly text: string;
  /** Where each line begins. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: end }) => index + end.length)];
  }

  /** A column behind the end of its line is the line's end, a line behind the last is the end of the text. */
  offsetAt({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) return this.text.length;
    let end = this.#starts[line + 1] ?? this.text.length;
    while (end > start && /[\r\n]/.test(this.text[end - 1] ?? '')) end -= 1;
    return Math.min(end, start + character);
  }

  rangeAt(start: number, end: number): TextRange {
    return { start: this.#positionAt(start), end: this.#positionAt(end) };
  }

  #positionAt(offset: number): Position {
    let [line, behind] = [0, this.#starts.length];
    while (behind - line > 1) {
      const middle = (line + behind) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) line = middle;
      else behind = middle;
    }
    return { line, character: offset - (this.#starts[line] ?? 0) };
  }
}
