import { statSync } from 'node:fs';
import type { PlacedLeak } from '../leak.ts';
import type { ListedFiles } from './listFiles.ts';
import { readFile, type FileStamp } from './readFile.ts';
import { scanRead } from './scanBytes.ts';
import type { FileLeaks, SkippedFile } from './scanResult.ts';
import { whyNot } from './whyNot.ts';

/** What is remembered of a file: for as long as its time and size stay, so do its leaks. */
export interface Remembered extends FileStamp {
  readonly leaks: readonly PlacedLeak[];
}

/** Files of one folder to be scanned. */
export interface ScanTask extends ListedFiles {
  /** What is remembered of each, in the order of the names; absent where nothing is to be remembered. */
  readonly remembered?: readonly (Remembered | undefined)[];
}

/** What became of some files. */
export interface ScanOutcome {
  readonly files: number;
  readonly bytes: number;
  readonly leaks: readonly FileLeaks[];
  readonly skipped: readonly SkippedFile[];
  /** What is to be remembered, by absolute path, where anything is. */
  readonly remember: readonly (readonly [file: string, Remembered])[];
}

export interface ScanOptions {
  /** Comments that excuse a leak count. */
  readonly excuses: boolean;
}

/** Scans files, one after the other; those that have not changed are not read. Never throws. */
export function* scanFiles(
  { folder, path, names, remembered }: ScanTask,
  { excuses }: ScanOptions,
): Generator<ScanOutcome> {
  for (const [index, name] of names.entries()) {
    const file = folder + name;
    const context = { path: path + name };
    try {
      const known = remembered?.[index];
      if (known) {
        const { mtimeMs, size } = statSync(file);
        if (mtimeMs === known.mtimeMs && size === known.size) {
          yield outcomeOf(file, known.leaks, known.size, known);
          continue;
        }
      }
      const outcome = readFile(file, remembered !== undefined);
      if (!outcome.read) {
        yield skippedOutcome(file, outcome.why);
        continue;
      }
      const leaks = outcome.bytes ? scanRead(outcome.bytes, context, excuses) : [];
      yield outcomeOf(file, leaks, outcome.size, outcome.stamp && { ...outcome.stamp, leaks });
    } catch (error) {
      yield skippedOutcome(file, whyNot(error));
    }
  }
}

function outcomeOf(
  file: string,
  leaks: readonly PlacedLeak[],
  bytes: number,
  keep: Remembered | undefined,
): ScanOutcome {
  return {
    files: 1,
    bytes,
    leaks: leaks.length > 0 ? [{ file, leaks }] : [],
    skipped: [],
    remember: keep ? [[file, keep]] : [],
  };
}

export const skippedOutcome = (file: string, why: string): ScanOutcome => ({
  files: 0,
  bytes: 0,
  leaks: [],
  skipped: [{ file, why }],
  remember: [],
});
