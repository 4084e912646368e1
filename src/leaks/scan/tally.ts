import type { FileLeaks, SkippedFile } from './scanResult.ts';

/** What became of some files. */
export interface ScanOutcome {
  readonly files: number;
  readonly bytes: number;
  /** How many of the files are no text. */
  readonly binary: number;
  readonly leaks: readonly FileLeaks[];
  readonly skipped: readonly SkippedFile[];
}

/** Adds up what became of files. */
export class Tally implements ScanOutcome {
  files = 0;
  bytes = 0;
  binary = 0;
  /** How many leaks there are in the files that have some. */
  found = 0;
  readonly leaks: FileLeaks[] = [];
  readonly skipped: SkippedFile[] = [];

  read(bytes: number): void {
    this.files += 1;
    this.bytes += bytes;
  }

  add({ files, bytes, binary, leaks, skipped }: ScanOutcome): void {
    this.files += files;
    this.bytes += bytes;
    this.binary += binary;
    for (const one of leaks) {
      this.leaks.push(one);
      this.found += one.leaks.length;
    }
    for (const one of skipped) this.skipped.push(one);
  }
}
