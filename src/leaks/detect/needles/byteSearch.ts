import { splitHint, splitPrefix } from '../joinedCandidates.ts';
import { needlesModule } from './needles.data.ts';

/** Read beyond the bytes that are searched; blank, so that nothing of an earlier text is found there. */
const margin = 32;
const pageBytes = 65_536;
/** How far the search goes at a time. */
const step = 16;

/** So much of a piece of a text is to be searched again with the next one: what lies over the seam is found in the second. */
export const seam = 512;

/** What is looked at around a find, to tell `sk_test_A…` from `is_test_mode`: the longest prefix with escapes, the least of base64. */
const before = 24;
const behind = 40;
const underscore = String.raw`(?:_|\\?u005[fF]|\\?x5[fF]|%5[fF]|&#95;|&#x5[fF];|&lowbar;|\\?_)`;
const quote = String.raw`["'\x60]`;
/** What nobody sees, as the bytes of UTF-8. */
const hidden = String.raw`(?:\xe2\x80[\x8b-\x8f]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf|\xc2\xad){0,2}`;
const likely = new RegExp(
  [
    `(?:[srp23;]k|rkcs|org)${underscore}(?:live|test)`,
    'whsec|oak_[0-9A-Za-z]',
    // in a list
    `(?:[sr]k|rkcs|org)(?:_|${quote}\\s*,\\s*${quote})(?:live|test)_?${quote}|oak_?${quote}`,
    // base64 and hexadecimal; a line may end within
    '2x\\s*pdmV|s\\s*aXZlX|bGl2\\s*Z|X3\\s*Rlc3|9\\s*0ZXN0|f\\s*dGVzd|d2hzZ|oc2Vj|3aHNl',
    '6[cC]697665|74657374|77687365',
    ['k', '_', '(?:l', 'i', 'v', 'e|t', 'e', 's', 't)'].join(hidden),
    ['w', 'h', 's', 'e', 'c'].join(hidden),
  ].join('|'),
);
/** How far before the second part of a prefix the first one may stand: `"sk_" + "live_…"`. */
const beforeSecond = 360;

/** As much of the global as is used here: its types come with those of browsers, which this program does not have. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

interface Needles {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** The first 16 bytes, from `at` in steps of 16, with something that a leak has; -1 where there is none before `length`. */
  readonly find: (at: number, length: number) => number;
}

/** Memory that bytes are read into and searched in, without a copy. One search at a time. */
export class ByteSearch {
  readonly #needles: Needles;
  #bytes: Buffer;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(needlesModule, 'base64'));
    this.#needles = new WebAssembly.Instance(module).exports as Needles;
    this.#bytes = Buffer.from(this.#needles.memory.buffer);
  }

  /** Room for `size` bytes; what was read before is gone. */
  room(size: number): Buffer {
    const missing = size + margin - this.#bytes.length;
    if (missing > 0) {
      this.#needles.memory.grow(Math.ceil(missing / pageBytes));
      this.#bytes = Buffer.from(this.#needles.memory.buffer);
    }
    return this.#bytes.subarray(0, size);
  }

  /** False only where the first `length` bytes, as UTF-8 or Latin-1, hold no leak. */
  mayHoldLeak(length: number): boolean {
    this.#bytes.fill(0, length, length + margin);
    const { find } = this.#needles;
    for (let at = find(0, length); at >= 0; at = find(at + step, length)) {
      const end = Math.min(length, at + step + behind);
      const near = this.#bytes.toString('latin1', Math.max(0, at - before), end);
      if (likely.test(near)) return true;
      if (!splitHint.test(near)) continue;
      if (splitPrefix.test(this.#bytes.toString('latin1', Math.max(0, at - beforeSecond), end))) return true;
    }
    return false;
  }
}
