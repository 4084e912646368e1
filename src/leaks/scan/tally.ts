import type { Remembered, ScanOutcome } from './scanFile.ts';
import type { FileLeaks, SkippedFile } from './scanResult.ts';

/** Adds up what became of files. */
export class Tally {
  files = 0;
  bytes = 0;
  readonly leaks: FileLeaks[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly remember: (readonly [string, Remembered])[] = [];

  add({ files, bytes, leaks, skipped, remember }: ScanOutcome): void {
    this.files += files;
    this.bytes += bytes;
    for (const one of leaks) this.leaks.push(one);
    for (const one of skipped) this.skipped.push(one);
    for (const one of remember) this.remember.push(one);
  }
}
