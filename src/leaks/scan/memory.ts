import { leakRules, severities } from '../protocol.ts';
import type { PlacedLeak } from '../leak.ts';

/** What tells that a file is the one that was read before: when it was changed, its size, and which one it is on its disk. */
export interface FileStamp {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

/** What is remembered of a file: for as long as its stamp stays, so do its leaks. */
export interface Remembered extends FileStamp {
  readonly leaks: readonly PlacedLeak[];
}

/** What changes the leaks of a file beside its bytes: its path as rules see it, and whether comments excuse. */
export interface MemoryContext {
  readonly path: string;
  readonly excuses: boolean;
}

/** A file that was changed so recently may change again within the same tick of a file system's clock; of FAT the longest, in ms. */
const clockTick = 2000;

/** What is remembered of the files of one folder, written as one line: no token stands in it. */
export class FolderMemory {
  readonly #context;
  readonly #known: ReadonlyMap<string, Remembered>;
  readonly #line;
  readonly #now;
  readonly #names: string[] = [];
  readonly #stamps: number[] = [];
  readonly #leaks: Record<string, readonly PlacedLeak[]> = {};

  /** A line that cannot be read, or was written in another context, is not one. */
  constructor(line: string, context: MemoryContext, now = Date.now()) {
    this.#line = line;
    this.#context = context;
    this.#now = now;
    this.#known = readLine(line, context);
  }

  find(name: string): Remembered | undefined {
    return this.#known.get(name);
  }

  remember(name: string, { mtimeMs, size, ino, leaks }: Remembered): void {
    if (Math.abs(this.#now - mtimeMs) < clockTick) return;
    if (leaks.length > 0) this.#leaks[this.#names.length] = leaks;
    this.#names.push(name);
    this.#stamps.push(mtimeMs, size, ino);
  }

  /** The line of what was remembered now; undefined where it is the old one. */
  changed(): string | undefined {
    const { path, excuses } = this.#context;
    const line = JSON.stringify([path, excuses, this.#names, this.#stamps, this.#leaks]);
    return line === this.#line ? undefined : line;
  }
}

function readLine(line: string, { path, excuses }: MemoryContext): Map<string, Remembered> {
  const known = new Map<string, Remembered>();
  if (line === '') return known;
  try {
    const [itsPath, excused, names, stamps, leaks] = JSON.parse(line) as unknown[];
    if (itsPath !== path || excused !== excuses) return known;
    if (!isListOf(names, 'string') || !isListOf(stamps, 'number') || stamps.length !== 3 * names.length) return known;
    if (typeof leaks !== 'object' || leaks === null || Array.isArray(leaks)) return known;
    for (const [index, name] of names.entries()) {
      const of = (leaks as Record<string, unknown>)[index] ?? [];
      if (!Array.isArray(of) || !of.every(isPlacedLeak)) continue;
      const [mtimeMs = 0, size = 0, ino = 0] = stamps.slice(3 * index, 3 * index + 3);
      known.set(name, { mtimeMs, size, ino, leaks: of });
    }
    return known;
  } catch {
    return new Map(); // it is only a memory: the files are read
  }
}

const isListOf = <T extends 'string' | 'number'>(
  value: unknown,
  type: T,
): value is (T extends 'string' ? string : number)[] =>
  // oxlint-disable-next-line valid-typeof -- it is one of two
  Array.isArray(value) && value.every((one) => typeof one === type);

function isPlacedLeak(value: unknown): value is PlacedLeak {
  if (typeof value !== 'object' || value === null) return false;
  const {
    rule,
    severity,
    kind,
    confidence,
    service = '',
    form,
    mask,
    fingerprint,
    ...places
  } = value as Record<string, unknown>;
  return (
    leakRules.some((one) => one === rule) &&
    severities.some((one) => one === severity) &&
    isListOf([kind, confidence, service, form, mask], 'string') &&
    /^[0-9a-f]{32}$/.test(String(fingerprint)) &&
    isListOf([places['line'], places['column'], places['endLine'], places['endColumn']], 'number')
  );
}
