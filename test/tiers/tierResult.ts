export interface TierResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Said again after the table, like the name of the host. */
  readonly note?: string;
}

export interface Tier {
  readonly name: string;
  /** What must be there first. */
  readonly needs?: 'build' | 'package';
  /** Does not throw for what a test did; a throw counts as one failed. */
  run(log: (line: string) => void): Promise<TierResult>;
}

/** For a tier that cannot run here: counted as skipped, never as passed. */
export class Skip extends Error {
  override readonly name = 'Skip';
}
