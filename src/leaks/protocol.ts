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
  /** Also what comments and ignore files excuse. */
  readonly everything?: boolean;
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
  /** ISO 8601. */
  readonly expires?: string;
}

/** A rule's severity as a person sets it; `off` finds nothing by it. */
export type RuleSetting = Severity | 'off';

/** What the client sets: at the start as initialization options, later by `guardMethods.settings`. What is unknown is left as it was. */
export interface GuardSettings {
  readonly rules?: Readonly<Record<string, string>>;
  /** Whether open documents are told of; true at the start. Without them the server still answers what it is asked. */
  readonly documents?: boolean;
  /** Whether the user trusts the workspace; true at the start. In one that is not trusted, nothing makes a leak slighter than it is. */
  readonly trusted?: boolean;
  /** The client keeps secrets in a vault: fixes that do so are offered, as commands. */
  readonly vault?: boolean;
}

/** Asks for the edits that read a leak from an environment variable. */
export interface FixParams {
  readonly place: LeakPlace;
  /** The environment files' and `.gitignore`'s folder. */
  readonly folder: string;
  /** The token to put into the environment file; that of the text where it is absent. */
  readonly replacement?: string;
  /** The environment file, where the user has chosen one. */
  readonly file?: string;
}

/** The whole new text of a file; `uri` need not exist yet. */
export interface FixedFile {
  readonly uri: string;
  readonly text: string;
  readonly exists: boolean;
}

/** A key that is taken out of a text, for the vault and the environment file. */
export interface TakenKey {
  readonly variable: string;
  readonly mode: 'live' | 'sandbox' | null;
  readonly kind: string;
  readonly fingerprint: string;
  readonly token: string;
}

/** A change of a document. */
export interface DocumentEdit {
  readonly range: TextRange;
  readonly newText: string;
}

export type FixAnswer =
  | (TakenKey & {
      readonly ok: true;
      /** The environment file that gives the variable its value, by its name in the folder. */
      readonly file: string;
      /** As in `KeepParams`: not where the key stands in an example itself. */
      readonly example: boolean;
      /** Edits of the document, from the last to the first. */
      readonly edits: readonly DocumentEdit[];
      /** Beside the document: environment file, its example, `.gitignore`. For clients that do not ask for `keep`. */
      readonly files: readonly FixedFile[];
    })
  | {
      readonly ok: false;
      readonly why: string;
      /** The key stands in a file that is made for keys. */
      readonly environmentFile?: boolean;
      /** It would go into a file that git tracks; `instead` would do. */
      readonly tracked?: { readonly file: string; readonly instead?: string };
    };

/** Asks that an environment file be given variables; its `.gitignore` and its example are changed too. Answered by a `KeepAnswer`. */
export interface KeepParams {
  readonly folder: string;
  /** By its name in the folder. */
  readonly file: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** The names go into `.env.example`. */
  readonly example: boolean;
}

/** Where it failed everything is as it was, or the sentence says what is not. Notes are sentences on what was left alone. */
export type KeepAnswer =
  | { readonly ok: true; readonly notes: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** Asks that another key be put where one stands in an environment file; without a replacement only whether that can be done. */
export interface ReplaceParams {
  readonly uri: string;
  /** The file is changed only where it is in this folder. */
  readonly folder: string;
  /** Of the key that stands there. */
  readonly fingerprint: string;
  readonly replacement?: string;
}

export type ReplaceAnswer =
  | { readonly ok: true; readonly places: number }
  | { readonly ok: false; readonly why: string; readonly tracked?: { readonly file: string } };

/** Asks that git be made to ignore a file. */
export interface KeepOutParams {
  readonly uri: string;
  readonly folder: string;
  /** Also where git tracks it: then git is run, and tracks it no longer. */
  readonly untrack: boolean;
}

export type KeepOutAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly tracked?: { readonly file: string } };

/** Asks how a document's program gets the variables of an environment file. */
export interface LoadParams {
  readonly uri: string;
  readonly folder: string;
  /** The environment file, by its name in the folder. */
  readonly file: string;
}

export interface LoadAnswer {
  /** Who loads the file, or that nobody does and what to do. A sentence. */
  readonly message: string;
  /** What would load it. */
  readonly offer?: LoadOffer;
}

export type LoadOffer =
  | { readonly kind: 'edit'; readonly label: string; readonly uri: string; readonly edits: readonly DocumentEdit[] }
  | { readonly kind: 'copy'; readonly label: string; readonly text: string };

/** Asks that a key be excused in the `.keysmithignore` of a folder. */
export interface ExcuseParams {
  readonly folder: string;
  readonly fingerprint: string;
  readonly reason: string;
}

export type ExcuseAnswer = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** Asks what a paste becomes when its keys are read from environment variables. */
export interface PasteParams {
  readonly uri: string;
  /** What is pasted, and what it takes the place of: one for each cursor. */
  readonly pastes: readonly { readonly range: TextRange; readonly text: string }[];
  readonly folder: string;
}

/** What to change instead of pasting; undefined where there is no key in it, or no variable can be read there. */
export type PasteAnswer =
  | {
      readonly keys: readonly TakenKey[];
      /** The environment file that is to be given the keys. */
      readonly file: string;
      /** As in `KeepParams`. */
      readonly example: boolean;
      /** Edits of the document as it is before the paste. They do the paste too, and none touches another. */
      readonly edits: readonly DocumentEdit[];
    }
  | undefined;

/** Asks for a text's leaks before it is a document, such as one that is about to be pasted. */
export interface InspectParams {
  readonly text: string;
  readonly path: string;
  readonly language: string;
  /** Also what comments excuse. */
  readonly everything?: boolean;
}

export interface HookParams {
  readonly action: 'install' | 'uninstall';
  readonly folder: string;
  /** The program that the hook starts. */
  readonly file: string;
  /** The user wants a hook changed that lies outside the repository. */
  readonly elsewhere?: boolean;
}

export interface HookAnswer {
  readonly ok: boolean;
  /** What was done, or why not: a sentence. */
  readonly message: string;
  /** The hook that lies outside the repository, where the user has to be asked first. */
  readonly elsewhere?: string;
}

/** The methods beyond the Language Server Protocol. */
export const guardMethods = {
  /** Request, `ScanParams` to `ScanAnswer`; can be cancelled. */
  scan: 'keysmith/scan',
  /** Notification to the client, `ScanProgressParams`. */
  scanProgress: 'keysmith/scanProgress',
  /** Notification to the server, `readonly KnownKey[]`. */
  known: 'keysmith/known',
  /** Notification to the server, `GuardSettings`. */
  settings: 'keysmith/settings',
  /** Request, `FixParams` to `FixAnswer`. */
  fix: 'keysmith/fix',
  /** Request, `KeepParams` to `KeepAnswer`. */
  keep: 'keysmith/keep',
  /** Request, `ReplaceParams` to `ReplaceAnswer`. */
  replace: 'keysmith/replace',
  /** Request, `KeepOutParams` to `KeepOutAnswer`. */
  keepOut: 'keysmith/keepOut',
  /** Request, `LoadParams` to `LoadAnswer`. */
  load: 'keysmith/load',
  /** Request, `ExcuseParams` to `ExcuseAnswer`. */
  excuse: 'keysmith/excuse',
  /** Request, `PasteParams` to `PasteAnswer`. */
  paste: 'keysmith/paste',
  /** Request, `InspectParams` to `readonly FoundLeak[]`. */
  inspect: 'keysmith/inspect',
  /** Request, `HookParams` to `HookAnswer`. */
  hook: 'keysmith/hook',
} as const;

/** Commands of the client that code actions name; each is given a `LeakPlace`. */
export const guardCommands = {
  moveToVault: 'keysmith.leak.moveToVault',
  rotate: 'keysmith.leak.rotate',
  keepOut: 'keysmith.leak.keepOutOfGit',
  ignore: 'keysmith.leak.ignore',
} as const;
