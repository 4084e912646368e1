/** What the language server and its clients agree on, beyond the Language Server Protocol itself. */
export const diagnosticSource = 'Keysmith';

/** The rules of the guard, as a diagnostic's `code`. */
export const leakRules = [
  'live-secret-key',
  'live-restricted-key',
  'live-organization-key',
  'test-secret-key',
  'test-restricted-key',
  'test-organization-key',
  'webhook-secret',
  'cli-key',
  'app-token',
  'client-side-key',
  'live-publishable-key',
  'sample-key',
  'emulator-key',
] as const;
export type LeakRule = (typeof leakRules)[number];

/** From gravest to slightest, by the names of the editor's own. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** A stretch of a document: lines and UTF-16 columns count from 0. */
export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A leak as it may be shown: what it is and where, never its token. */
export interface FoundLeak {
  readonly rule: LeakRule;
  readonly severity: Severity;
  /** `live`, `sandbox`, or null where a secret tells none. */
  readonly mode: 'live' | 'sandbox' | null;
  readonly mask: string;
  readonly fingerprint: string;
  /** What it is and what to do, in one line. */
  readonly message: string;
  readonly range: TextRange;
}

/** The leaks of one file. */
export interface FileFindings {
  readonly uri: string;
  readonly leaks: readonly FoundLeak[];
}

/** Asks for a scan of files and folders on disk. */
export interface ScanParams {
  /** `file:` URIs of files and folders. */
  readonly roots: readonly string[];
  /** Globs of what to leave out, beside the ignore files. */
  readonly exclude: readonly string[];
  /** A file for what is remembered from scan to scan. */
  readonly cache?: string;
  /** Names the scan in what is told of its progress. */
  readonly id: number;
}

export interface ScanProgressParams {
  readonly id: number;
  readonly files: number;
  readonly leaks: number;
}

export interface ScanAnswer {
  /** Only files with leaks. */
  readonly files: readonly FileFindings[];
  readonly skipped: readonly { readonly uri: string; readonly why: string }[];
  readonly scanned: number;
  readonly ms: number;
  readonly cancelled: boolean;
}

/** A leak that a command is about: its token is read from the document, and travels in no argument. */
export interface LeakPlace {
  readonly uri: string;
  readonly range: TextRange;
  readonly fingerprint: string;
}

/** What the client knows of a token: whose it is. */
export interface KnownKey {
  readonly fingerprint: string;
  readonly keyId: string;
  readonly name: string;
  readonly where: 'vault' | 'emulator';
  /** Such as `active`, `expired`, `deleted`; undefined where it is only in the vault. */
  readonly status?: string;
  /** ISO 8601. */
  readonly lastUsed?: string;
}

/** The methods beyond the Language Server Protocol. */
export const guardMethods = {
  /** Request, `ScanParams` to `ScanAnswer`; can be cancelled. */
  scan: 'keysmith/scan',
  /** Notification to the client, `ScanProgressParams`. */
  scanProgress: 'keysmith/scanProgress',
  /** Notification to the server, `readonly KnownKey[]`. */
  known: 'keysmith/known',
} as const;
