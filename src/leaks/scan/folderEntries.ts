import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from 'node:fs';
import type { SkippedFile } from './scanResult.ts';
import { codeOf, whyNot } from './whyNot.ts';

export function entriesOf(folder: string, skipped: SkippedFile[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    skipped.push({ file: folder, why: whyNot(error, folder) });
    return [];
  }
}

export function statOf(file: string, skipped: SkippedFile[]): Stats | undefined {
  try {
    const stats = statSync(file);
    if (!stats.isFile() && !stats.isDirectory()) skipped.push({ file, why: 'not a file' });
    return stats;
  } catch (error) {
    skipped.push({ file, why: whyNot(error, file) });
    return undefined;
  }
}

/** A link that leads somewhere is read where it leads to, if that is to be scanned; one that leads nowhere is told of. */
export function noteBrokenLink(file: string, skipped: SkippedFile[]): void {
  try {
    statSync(file);
  } catch (error) {
    try {
      lstatSync(file);
      skipped.push({ file, why: `a link that leads nowhere (${codeOf(error)})` });
    } catch {
      skipped.push({ file, why: 'vanished' });
    }
  }
}
