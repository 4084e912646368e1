import type { LoadResult } from './loadJob.ts';
import type { LoadGenerator } from './programs.ts';

/** Something to send requests to, and those requests. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly requests: readonly string[];
}

export interface Rounds {
  readonly count: number;
  readonly milliseconds: number;
}

/** Puts load on each target in turn, round after round, so that what else the machine does meets them all; the medians, in order. */
export async function compare(
  generator: LoadGenerator,
  targets: readonly Target[],
  connections: number,
  { count, milliseconds }: Rounds,
): Promise<LoadResult[]> {
  const results = targets.map((): LoadResult[] => []);
  for (let round = 0; round < count; round += 1) {
    for (const [index, { port, requests }] of targets.entries()) {
      results[index]?.push(await generator.run({ port, connections, milliseconds, requests }));
    }
  }
  return results.map(medianResult);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function medianResult(results: readonly LoadResult[]): LoadResult {
  const of = (name: keyof LoadResult): number => median(results.map((result) => result[name]));
  return { perSecond: of('perSecond'), median: of('median'), p99: of('p99'), worst: of('worst'), busy: of('busy') };
}
