/** Chance that is the same at every run. */
export interface SeededRandom {
  /** From 0 to below `end`. */
  below(end: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  /** A text of `length` characters of an alphabet. */
  text(length: number, alphabet?: string): string;
  bytes(length: number): Buffer;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Mulberry32: small, and good enough to vary requests. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed;
  const below = (end: number): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
    text: (length, alphabet = letters) =>
      Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join(''),
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
