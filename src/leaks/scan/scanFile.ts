import { statSync } from 'node:fs';
import type { PlacedLeak } from '../leak.ts';
import type { ListedFiles } from './listFiles.ts';
import { FolderMemory } from './memory.ts';
import { readFile } from './readFile.ts';
import { scanRead } from './scanBytes.ts';
import type { Tally } from './tally.ts';
import { whyNot } from './whyNot.ts';

/** Files of one folder to be scanned. */
export interface ScanTask extends ListedFiles {
  /** What is remembered of them, as a line of `FolderMemory`; absent where nothing is to be remembered. */
  readonly remembered?: string;
}

export interface ScanOptions {
  /** Comments that excuse a leak count. */
  readonly excuses: boolean;
  /** Larger files are told of, not read; in bytes. */
  readonly most: number;
}

/**
 * Scans files, one at each step; those that have not changed are not read. What became of them is added to the tally. Never throws.
 *
 * @returns what is to be remembered of them from now on; undefined where nothing is, or nothing new
 */
export function* scanFiles(
  { folder, path, names, remembered }: ScanTask,
  { excuses, most }: ScanOptions,
  tally: Tally,
): Generator<undefined, string | undefined> {
  const memory = remembered === undefined ? undefined : new FolderMemory(remembered, { path, excuses });
  for (const name of names) {
    scanFile(folder + name, { path: path + name, name, excuses, most, memory }, tally);
    yield;
  }
  return memory?.changed();
}

interface FileContext extends ScanOptions {
  readonly path: string;
  readonly name: string;
  readonly memory: FolderMemory | undefined;
}

function scanFile(file: string, { path, name, excuses, most, memory }: FileContext, tally: Tally): void {
  try {
    const known = memory?.find(name);
    if (known) {
      const { mtimeMs, size, ino } = statSync(file);
      if (mtimeMs === known.mtimeMs && size === known.size && ino === known.ino) {
        memory?.remember(name, known);
        note(tally, file, known.size, known.leaks);
        return;
      }
    }
    const outcome = readFile(file, memory !== undefined, most);
    if (!outcome.read) {
      tally.skipped.push({ file, why: outcome.why });
      return;
    }
    const { content } = outcome;
    if (content === 'archive' || content === 'database') {
      tally.skipped.push({ file, why: content });
      return;
    }
    const leaks = typeof content === 'string' ? [] : scanRead(content, { path }, excuses);
    if (content === 'binary') tally.binary += 1;
    if (outcome.stamp) memory?.remember(name, { ...outcome.stamp, leaks });
    note(tally, file, outcome.size, leaks);
  } catch (error) {
    tally.skipped.push({ file, why: whyNot(error, file) });
  }
}

function note(tally: Tally, file: string, bytes: number, leaks: readonly PlacedLeak[]): void {
  tally.read(bytes);
  if (leaks.length > 0) tally.add({ files: 0, bytes: 0, binary: 0, leaks: [{ file, leaks }], skipped: [] });
}
