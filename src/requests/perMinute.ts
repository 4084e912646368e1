import type { RequestRow } from './panelProtocol.ts';

const minuteMs = 60_000;
export const minutesShown = 30;

/** The requests of a key in each of the last minutes, the oldest first. */
export interface MinuteCounts {
  readonly requests: readonly number[];
  readonly errors: readonly number[];
  readonly total: number;
  readonly failed: number;
}

/** Requests and errors per key and minute until `now`, by key id; keys without requests in that time are not there. Rows are oldest first. */
export function perMinute(rows: readonly RequestRow[], now: number): Map<string, MinuteCounts> {
  const end = Math.floor(now / minuteMs);
  const counts = new Map<string, { requests: number[]; errors: number[]; total: number; failed: number }>();
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const age = row ? end - Math.floor(row.time / minuteMs) : minutesShown;
    if (!row || age >= minutesShown) break;
    let count = counts.get(row.key);
    if (!count) {
      count = { requests: zeros(), errors: zeros(), total: 0, failed: 0 };
      counts.set(row.key, count);
    }
    const minute = Math.min(minutesShown - 1, minutesShown - 1 - age);
    count.requests[minute] = (count.requests[minute] ?? 0) + 1;
    count.total += 1;
    if (row.status < 400 && row.refused === '') continue;
    count.errors[minute] = (count.errors[minute] ?? 0) + 1;
    count.failed += 1;
  }
  return counts;
}

const zeros = (): number[] => Array.from({ length: minutesShown }, () => 0);

/** A line through counts, as the `points` of an SVG polyline, with the highest of `most` at the top. */
export function points(counts: readonly number[], most: number, width: number, height: number): string {
  const step = width / Math.max(1, counts.length - 1);
  return counts
    .map((count, index) => `${(index * step).toFixed(1)},${(height - (count / Math.max(1, most)) * height).toFixed(1)}`)
    .join(' ');
}
