import { FormSearch, type Reading } from './formSearch.ts';
import { begins, follow, type HiddenForm } from './hiddenForm.ts';

/** A form that has been read far enough to be covered, and has not ended yet. */
interface Pending {
  readonly form: HiddenForm;
  readonly from: number;
}

/**
 * Covers secrets, in whatever form, in bytes that come in parts. The beginning of each, such as `sk_test_`, may be seen, so that much goes
 * out as it comes: a prompt that ends in `s` is there at once. Only what may be the secret part is held back, until the next byte tells. A
 * secret that breaks off, as at the end of a line, is covered too once more than half of its secret part is there: the rest could be tried.
 */
export class StreamCover {
  readonly #search: FormSearch;
  /** The last bytes of the input, as far back as something that is being read may have begun. */
  #bytes: Buffer = Buffer.alloc(0);
  /** How many of these are out, or covered. */
  #done = 0;
  #pending: readonly Pending[] = [];

  constructor(forms: readonly HiddenForm[], mostStates?: number) {
    this.#search = new FormSearch(forms, mostStates);
  }

  /** What of the input so far may go out. */
  push(input: Buffer): Buffer {
    const scanned = this.#bytes.length;
    this.#bytes = scanned === 0 ? input : Buffer.concat([this.#bytes, input]);
    const out: Buffer[] = [];
    this.#settle(out, false);
    let at = scanned;
    while (at < this.#bytes.length) {
      at = this.#search.scan(this.#bytes, at);
      for (const reading of this.#search.now.found) {
        const from = this.#beginning(reading, at);
        if (from !== undefined) this.#pending = [...this.#pending, { form: reading.form, from }];
      }
      if (this.#pending.length > 0) this.#settle(out, false);
    }
    this.#emit(out, this.#held());
    this.#shorten();
    return out.length === 1 && out[0] ? out[0] : Buffer.concat(out);
  }

  /** What was held back, at the end of the input: the beginning of a secret at most. */
  end(): Buffer {
    const out: Buffer[] = [];
    this.#settle(out, true);
    this.#emit(out, this.#bytes.length);
    this.#bytes = Buffer.alloc(0);
    this.#done = 0;
    this.#search.reset();
    return Buffer.concat(out);
  }

  /** Covers what has come to its end; at the end of the input that is all. */
  #settle(out: Buffer[], ended: boolean): void {
    const waiting: Pending[] = [];
    for (const pending of this.#pending) {
      const { form, from } = pending;
      const read = follow(form, this.#bytes, from);
      if (read.alive && !ended) {
        waiting.push(pending);
        continue;
      }
      if (read.end <= this.#done) continue;
      this.#emit(out, read.hiddenFrom);
      out.push(read.read === form.length ? form.cover : Buffer.from(brokenOff));
      this.#done = read.end;
    }
    this.#pending = waiting;
  }

  #emit(out: Buffer[], to: number): void {
    if (to <= this.#done) return;
    out.push(this.#bytes.subarray(this.#done, to));
    this.#done = to;
  }

  /** Where a form began of which enough was read up to a place. */
  #beginning({ form, most }: Reading, to: number): number | undefined {
    const { enough } = form;
    const reaches = (from: number): boolean => {
      if (!begins(form, this.#bytes[from] as number)) return false;
      const { read, end } = follow(form, this.#bytes, from, to);
      return read === enough && end === to;
    };
    const first = Math.max(0, to - most);
    const usual = to - enough; // without escapes
    if (usual >= first && reaches(usual)) return usual;
    for (let from = first; from < usual; from += 1) if (reaches(from)) return from;
    return undefined;
  }

  /** Where the bytes begin that may not go out yet. */
  #held(): number {
    const { length } = this.#bytes;
    let held = length;
    for (const { form, from } of this.#pending) held = Math.min(held, follow(form, this.#bytes, from).hiddenFrom);
    for (const { form, most } of this.#search.now.held) {
      for (let from = Math.max(0, length - most); from < held; from += 1) {
        if (!begins(form, this.#bytes[from] as number)) continue;
        const read = follow(form, this.#bytes, from);
        if (read.held) held = Math.min(held, read.hiddenFrom);
      }
    }
    return held;
  }

  /** Forgets the bytes that nothing can have begun in. */
  #shorten(): void {
    const from = Math.min(
      this.#done,
      Math.max(0, this.#bytes.length - this.#search.now.most),
      ...this.#pending.map((pending) => pending.from),
    );
    this.#bytes = Buffer.from(this.#bytes.subarray(from)); // a copy: the whole part would be kept for its end
    this.#done -= from;
    this.#pending = this.#pending.map((pending) => ({ ...pending, from: pending.from - from }));
  }
}

/** Stands for the secret part of what breaks off. */
const brokenOff = '…';
