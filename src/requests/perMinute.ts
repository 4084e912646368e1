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

/** Requests of a key that were counted elsewhere. */
export interface MinuteCount {
  /** Empty where none was recognised. */
  readonly key: string;
  /** Since 1970. */
  readonly minute: number;
  readonly requests: number;
  readonly errors: number;
}

/**
 * Requests and errors per key and minute until `now`, by key id; keys without requests in that time are not there. Rows are oldest first;
 * `counted` are the requests before them.
 */
export function perMinute(
  rows: readonly RequestRow[],
  now: number,
  counted: readonly MinuteCount[] = [],
): Map<string, MinuteCounts> {
  const end = Math.floor(now / minuteMs);
  const counts = new Map<string, { requests: number[]; errors: number[]; total: number; failed: number }>();
  const add = ({ key, minute, requests, errors }: MinuteCount): void => {
    const age = end - minute;
    if (age >= minutesShown) return;
    let count = counts.get(key);
    if (!count) {
      count = { requests: zeros(), errors: zeros(), total: 0, failed: 0 };
      counts.set(key, count);
    }
    const place = Math.min(minutesShown - 1, minutesShown - 1 - age);
    count.requests[place] = (count.requests[place] ?? 0) + requests;
    count.errors[place] = (count.errors[place] ?? 0) + errors;
    count.total += requests;
    count.failed += errors;
  };
  for (const one of counted) add(one);
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const minute = row ? Math.floor(row.time / minuteMs) : 0;
    if (!row || end - minute >= minutesShown) break;
    add({ key: row.key, minute, requests: 1, errors: row.status < 400 && row.refused === '' ? 0 : 1 });
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
