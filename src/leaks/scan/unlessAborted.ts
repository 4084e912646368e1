/** What work gives, or `otherwise` as soon as nobody waits for it any more. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, otherwise: T): Promise<T> {
  if (!signal) return await work;
  const aborted = Promise.withResolvers<T>();
  const abort = (): void => aborted.resolve(otherwise);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
