/** A load: so many clients, each of which sends its next request once its last is answered. */
export interface LoadJob {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  /** Whole requests as they go over the wire, one picked at random each time. */
  readonly requests: readonly string[];
}

/** What became of it; times in milliseconds, from sending a request to having its whole answer. */
export interface LoadResult {
  readonly perSecond: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
  /** The part of the time in which the generator was at work, from 0 to 1: near 1 it measures itself. */
  readonly busy: number;
}

/** What the generator's process answers to a job. */
export type LoadReply = { readonly result: LoadResult } | { readonly failure: string };
