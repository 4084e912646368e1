/** A text that must not be seen. */
export interface Covered {
  readonly text: string;
  /** How many bytes at its beginning may be seen. */
  readonly open: number;
  /** What stands in the place of the rest. */
  readonly cover: string;
}

/**
 * Covers a secret text, such as a token, in bytes that come in parts. Its beginning, such as `sk_test_`, may be seen, so that much goes out
 * as it comes: a prompt that ends in `s` is there at once. Only what may be the secret part is held back, until the next byte tells. A token
 * that breaks off, as at the end of a line, is covered too once more than half of its secret part is there: the rest could be tried.
 */
export class StreamCover {
  readonly #token: Buffer;
  /** What stands in the place of its secret part. */
  readonly #cover: Buffer;
  /** How many bytes at its beginning may be seen. */
  readonly #open: number;
  /** For each count of matched bytes: how many of the token's first bytes those end in, not counting themselves. */
  readonly #borders: readonly number[];
  /** How many of the token's first bytes the input ends in. Of these the first `#open` are out. */
  #matched = 0;

  constructor({ text, open, cover }: Covered) {
    this.#token = Buffer.from(text);
    this.#open = open;
    this.#cover = Buffer.from(cover);
    this.#borders = bordersOf(this.#token);
  }

  /** What of the input so far may go out. */
  push(input: Buffer): Buffer {
    const out: Buffer[] = [];
    /** Where the bytes begin that are neither out nor matched. */
    let from = 0;
    for (let at = 0; at < input.length; at += 1) {
      const byte = input[at];
      if (this.#matched === 0 && byte !== this.#token[0]) continue;
      if (this.#matched === 0) out.push(input.subarray(from, at));
      while (this.#matched > 0 && byte !== this.#token[this.#matched]) out.push(this.#fallBack());
      if (byte !== this.#token[this.#matched]) {
        from = at; // no match is open, and this byte belongs to none
        continue;
      }
      this.#matched += 1;
      if (this.#matched <= this.#open) out.push(input.subarray(at, at + 1));
      if (this.#matched === this.#token.length) {
        out.push(this.#cover);
        this.#matched = 0;
      }
      from = at + 1;
    }
    if (this.#matched === 0) out.push(input.subarray(from));
    return Buffer.concat(out);
  }

  /** What was held back, at the end of the input: the beginning of a token at most. */
  end(): Buffer {
    const matched = this.#matched;
    this.#matched = 0;
    return this.#unmatched(Math.min(matched, this.#open), matched);
  }

  /** Takes the longest shorter match; returns what is no part of it any more. */
  #fallBack(): Buffer {
    const shorter = this.#borders[this.#matched] ?? 0;
    const out = Math.min(this.#matched, this.#open);
    const free = this.#matched - shorter + Math.min(shorter, this.#open);
    this.#matched = shorter;
    return this.#unmatched(out, free);
  }

  /** Bytes of the token that turned out to be no whole one. */
  #unmatched(from: number, to: number): Buffer {
    const most = (this.#token.length - this.#open) / 2;
    return to - from > most ? Buffer.from(brokenOff) : this.#token.subarray(from, to);
  }
}

/** Stands for the secret part of a token that breaks off. */
const brokenOff = '…';

function bordersOf(token: Buffer): number[] {
  const borders = [0, 0];
  let border = 0;
  for (let at = 1; at < token.length; at += 1) {
    while (border > 0 && token[at] !== token[border]) border = borders[border] ?? 0;
    if (token[at] === token[border]) border += 1;
    borders.push(border);
  }
  return borders;
}
