import type { PlacedLeak } from '../leak.ts';
import type { SkippedFile } from '../scan/scanResult.ts';

/** The commit that brought a leak in. */
export interface Introduction {
  readonly commit: string;
  readonly author: string;
  /** ISO 8601, as the author's clock said. */
  readonly date: string;
}

/** A leak, where it was found. `file` is as a person would type it: below the working directory, with `/`. */
export interface ReportedLeak extends PlacedLeak {
  readonly file: string;
  /** The file, absolute; absent for what stands in no file, such as the message of a commit. */
  readonly at?: string;
  readonly introduced?: Introduction;
}

/** What a scan found, for every format. Leaks are in order of file and place. */
export interface Report {
  readonly leaks: readonly ReportedLeak[];
  readonly files: number;
  readonly bytes: number;
  /** How many of the files are no text, where that was looked at. */
  readonly binary?: number;
  readonly skipped: readonly SkippedFile[];
  /** Everything that was asked for was read: only then is it clean where there are no leaks. */
  readonly complete: boolean;
  /** Sentences beside the report: lines of ignore files that mean nothing, and what was not read. */
  readonly warnings?: readonly string[];
  readonly ms: number;
}

export const reportFormats = ['text', 'json', 'sarif', 'github'] as const;
export type ReportFormat = (typeof reportFormats)[number];
