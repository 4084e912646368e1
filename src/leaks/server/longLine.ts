/** In characters; a piece that grew to twice that is cut. */
const pieceLength = 32_768;

/**
 * A line kept in pieces, so that a keystroke copies one of them: a string of 20 MB is copied whole whenever it is read after a change.
 * It does not change; `replaced` makes another one that shares the other pieces.
 */
export class LongLine {
  readonly length: number;
  readonly #pieces: readonly string[];

  private constructor(pieces: readonly string[]) {
    this.#pieces = pieces;
    this.length = pieces.reduce((sum, { length }) => sum + length, 0);
  }

  static of(text: string): LongLine {
    return new LongLine(cut(text));
  }

  /** As a string's `slice`, for places from 0. */
  slice(from: number, to: number = this.length): string {
    let result = '';
    let start = 0;
    for (const piece of this.#pieces) {
      if (start >= to) break;
      if (start + piece.length > from) result += piece.slice(Math.max(0, from - start), to - start);
      start += piece.length;
    }
    return result;
  }

  /** The line with `text` for what stands from `from` to `to`. */
  replaced(from: number, to: number, text: string): LongLine {
    const before: string[] = [];
    const behind: string[] = [];
    let [changed, tail, start] = ['', '', 0];
    for (const piece of this.#pieces) {
      const end = start + piece.length;
      if (end < from) before.push(piece);
      else if (start > to) behind.push(piece);
      else {
        changed += piece.slice(0, Math.max(0, from - start));
        tail += piece.slice(Math.max(0, to - start));
      }
      start = end;
    }
    changed += text + tail;
    return new LongLine([...before, ...(changed.length > 2 * pieceLength ? cut(changed) : [changed]), ...behind]);
  }

  toString(): string {
    return this.#pieces.join('');
  }
}

const cut = (text: string): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(text.length / pieceLength)) }, (_, index) =>
    text.slice(index * pieceLength, (index + 1) * pieceLength),
  );
