import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { PlacedLeak } from '../leak.ts';
import type { Remembered } from './scanFile.ts';

const version = 1;
/** To be raised with every change of what the detector finds: what older ones found is then forgotten. */
const detector = 1;

const leak = z.object({ rule: z.string(), fingerprint: z.string(), line: z.number(), column: z.number() }).loose();
/** `[mtime in ms, size in bytes, leaks]` by absolute path; no token stands in it. */
const entry = z.union([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number(), z.array(leak)])]);
const schema = z.object({
  version: z.literal(version),
  detector: z.literal(detector),
  /** Whether comments that excuse a leak counted. */
  excuses: z.boolean(),
  files: z.record(z.string(), entry),
});

/** What earlier scans found, by absolute path. */
export class ScanCache {
  readonly #path;
  readonly #files: ReadonlyMap<string, Remembered>;
  readonly #excuses: boolean;
  readonly #keep: boolean;

  private constructor(
    path: string,
    { files, excuses, keep }: { files: ReadonlyMap<string, Remembered>; excuses: boolean; keep: boolean },
  ) {
    this.#path = path;
    this.#files = files;
    this.#excuses = excuses;
    this.#keep = keep;
  }

  /** An absent or damaged file is an empty cache; one of a newer version too, and it is kept. */
  static async open(path: string, excuses: boolean): Promise<ScanCache> {
    try {
      const json: unknown = JSON.parse(await readFile(path, 'utf8'));
      const parsed = schema.safeParse(json);
      if (parsed.success && parsed.data.excuses === excuses) {
        const files = Object.entries(parsed.data.files).map(([file, [mtimeMs, size, leaks = []]]) => {
          return [file, { mtimeMs, size, leaks: leaks as unknown as PlacedLeak[] }] as const;
        });
        return new ScanCache(path, { files: new Map(files), excuses, keep: false });
      }
      const found = z.object({ version: z.number() }).safeParse(json);
      return new ScanCache(path, { files: new Map(), excuses, keep: found.success && found.data.version > version });
    } catch {
      return new ScanCache(path, { files: new Map(), excuses, keep: false }); // it is only a cache: the scan takes longer
    }
  }

  find(file: string): Remembered | undefined {
    return this.#files.get(file);
  }

  /** Replaces it by what a whole scan found. Where that cannot be written the next scan takes longer. */
  async save(found: readonly (readonly [file: string, Remembered])[]): Promise<void> {
    if (this.#keep) return;
    const files = Object.fromEntries(
      found.map(([file, { mtimeMs, size, leaks }]) => [
        file,
        leaks.length > 0 ? [mtimeMs, size, leaks] : [mtimeMs, size],
      ]),
    );
    try {
      await replaceFile(this.#path, JSON.stringify({ version, detector, excuses: this.#excuses, files }));
    } catch {
      // a full disk must not lose what was found
    }
  }
}
