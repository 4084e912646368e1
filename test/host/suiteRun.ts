/** A suite to run in the extension host of a real VS Code. */
export interface SuiteRun {
  /** Folder of the extension under development. */
  readonly extension: string;
  /** CommonJS file that exports `run(): Promise<void>`; it ends in `.cjs`, since the extension's package is ESM. */
  readonly suite: string;
  /** Folder, or file of a workspace, to open; undefined opens an empty window. */
  readonly workspace: string | undefined;
  /** Gets each line that the extension host writes to its console. */
  readonly log: (line: string) => void;
  /** False opens the workspace in Restricted Mode. Default true. */
  readonly trusted?: boolean;
  /** Milliseconds for the whole run. Default three minutes. */
  readonly limit?: number;
}

export const defaultLimit = 180_000;
