const cleanups = new Set<() => void>();
let watching = false;

/** Has `cleanup` (synchronous, may be called more than once) run when this process exits, Ctrl-C and SIGTERM included. */
export function onInterrupt(cleanup: () => void): void {
  cleanups.add(cleanup);
  if (watching) return;
  watching = true;
  process.once('exit', () => cleanups.forEach((each) => each()));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      // Node's own answer to a signal skips 'exit'. Whoever listens as well decides when to leave.
      if (process.listenerCount(signal) === 1) process.exit(code);
    });
  }
}
