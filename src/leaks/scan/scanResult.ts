import type { IgnoreMistake } from '../exclusions/ignoreRules.ts';
import type { PlacedLeak } from '../leak.ts';

/** What to scan. Paths are absolute. */
export interface ScanRequest {
  /** Files, and folders with all below them. */
  readonly roots: readonly string[];
  /** Globs of what to leave out beside the ignore files, relative to the root they are met under. */
  readonly exclude?: readonly string[];
  /** Reads `.gitignore`, `.git/info/exclude` and `.keysmithignore`; true unless told otherwise. */
  readonly ignoreFiles?: boolean;
  /** Larger files are told of, not read; in bytes. */
  readonly most?: number;
  /** A file that remembers, from scan to scan, what unchanged files held; hashes and places, never tokens. */
  readonly cache?: string;
  readonly signal?: AbortSignal;
  /** Told at most ten times a second. */
  readonly onProgress?: (progress: ScanProgress) => void;
}

export interface ScanProgress {
  readonly files: number;
  readonly bytes: number;
  readonly leaks: number;
}

export interface FileLeaks {
  readonly file: string;
  readonly leaks: readonly PlacedLeak[];
}

/** A file that was not read, and why: `unreadable`, `vanished`, `too large`, `not a file`, `archive`, `database`, `no text`. */
export interface SkippedFile {
  readonly file: string;
  readonly why: string;
}

/** Larger files are told of, not read, unless the user sets another limit. */
export const mostBytes = 64 * 1024 * 1024;

export const tooLarge = 'too large';

/**
 * Why a file of a folder was not read without anybody thinking that it was: it is not there any more, its contents are not its bytes, or it
 * is an ignore file without which more is read.
 */
const expected = /^(?:vanished|archive|database|a link that leads nowhere\b.*|.*\bnot applied\b.*)$/;

/** Whether nothing can be said of a folder because of a file in it that was not read. */
export const leavesGap = ({ why }: SkippedFile): boolean => !expected.test(why);

export interface ScanResult {
  /** Files with leaks only, by path. */
  readonly files: readonly FileLeaks[];
  readonly skipped: readonly SkippedFile[];
  /** Lines of `.keysmithignore` files that mean nothing. */
  readonly mistakes: readonly IgnoreMistake[];
  /** How many files were looked at, unchanged ones of an earlier scan included. */
  readonly scanned: number;
  readonly bytes: number;
  /** How many of the files are no text and were read no further than their beginning; unchanged ones are not counted again. */
  readonly binary: number;
  readonly ms: number;
  /** True where the scan was stopped before its end. */
  readonly cancelled: boolean;
}
