import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

/**
 * Reads again and again until `accept` holds, and returns what was read then. After `limit` milliseconds throws with the
 * last value, or with the last error where reading failed.
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  limit = 15_000,
): Promise<T> {
  const late = Date.now() + limit;
  for (;;) {
    const attempt = await read().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ('value' in attempt && accept(attempt.value)) return attempt.value;
    if (Date.now() > late) {
      const seen = 'value' in attempt ? attempt.value : attempt.error;
      throw new Error(`${what} did not happen within ${limit / 1000} s; at last: ${inspect(seen, { depth: 5 })}`);
    }
    await delay(50);
  }
}
