import type { Readable } from 'node:stream';
import { spawnGit } from './git.ts';

export interface Blob {
  /** Its object id, as it was asked for. */
  readonly name: string;
  /** Undefined where there is none, it is of another type, or it is larger than `most`. */
  readonly bytes: Buffer | undefined;
  /** The beginning of what is larger than `most`. */
  readonly head?: Buffer;
  readonly missing: boolean;
}

export interface ReadOptions {
  /** In bytes. */
  readonly most: number;
  readonly type?: 'blob' | 'commit' | 'tag';
}

/** Reads objects of one type through one `git cat-file --batch`, in order, holding one at a time. */
export async function* readBlobs(
  folder: string,
  names: readonly string[],
  { most, type: wanted = 'blob' }: ReadOptions,
): AsyncGenerator<Blob> {
  const child = spawnGit(folder, ['cat-file', '--batch']);
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('git has no pipes');
  child.once('error', () => stdout.destroy());
  stdin.once('error', () => undefined); // git ended early: its output ends too
  child.stderr?.resume();
  try {
    const reader = new Reader(stdout);
    void feed(stdin, names);
    for (const name of names) {
      const header = await reader.line();
      if (header === undefined) return;
      const [, type, size] = header.split(' ');
      if (type === undefined || size === undefined || type === 'missing' || header.endsWith(' missing')) {
        yield { name, bytes: undefined, missing: true };
        continue;
      }
      const length = Number(size);
      const fits = type === wanted && length <= most;
      const head = await reader.take(Math.min(length, fits ? length : headLength), true);
      await reader.take(length - (head?.length ?? 0), false);
      await reader.take(1, false); // the line's end behind it
      yield fits
        ? { name, bytes: head, missing: false }
        : { name, bytes: undefined, ...(head && { head }), missing: false };
    }
  } finally {
    child.kill();
  }
}

/** As much as tells what kind of file it is. */
const headLength = 8192;

async function feed(stdin: NonNullable<ReturnType<typeof spawnGit>['stdin']>, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (stdin.destroyed) return;
    if (!stdin.write(`${name}\n`))
      await new Promise<void>((resolve) => stdin.once('drain', resolve).once('close', resolve));
  }
  stdin.end();
}

/** Takes lines and counted bytes off a stream. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async line(): Promise<string | undefined> {
    let end = this.#rest.indexOf(0x0a);
    while (end < 0) {
      const more = await this.#more();
      if (!more) return undefined;
      this.#rest = Buffer.concat([this.#rest, more]);
      end = this.#rest.indexOf(0x0a);
    }
    const line = this.#rest.toString('utf8', 0, end);
    this.#rest = this.#rest.subarray(end + 1);
    return line;
  }

  /** So many bytes; dropped as they come where they are not wanted. */
  async take(size: number, wanted: boolean): Promise<Buffer | undefined> {
    const taken: Buffer[] = [];
    let left = size;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const more = await this.#more();
        if (!more) return undefined;
        this.#rest = more;
      }
      const part = this.#rest.subarray(0, left);
      if (wanted) taken.push(part);
      left -= part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return wanted ? Buffer.concat(taken) : undefined;
  }

  async #more(): Promise<Buffer | undefined> {
    const { value, done } = await this.#chunks.next();
    return done ? undefined : value;
  }
}
