/** What work gives, or `otherwise` as soon as nobody waits for it any more. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, otherwise: T): Promise<T> {
  if (!signal) return await work;
  let abort: (() => void) | undefined;
  const aborted = new Promise<T>((resolve) => {
    abort = () => resolve(otherwise);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}
