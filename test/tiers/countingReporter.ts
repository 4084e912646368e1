import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { MochaOptions, Runner } from 'mocha';
import type { TierResult } from './tierResult.ts';

/** Mocha's `spec`, which also writes a `TierResult` to the file of `--reporter-option output=FILE` at the end. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const { output } = options.reporterOptions as { readonly output: string };
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      writeFileSync(output, JSON.stringify({ passed, failed, skipped } satisfies TierResult));
    });
  }
}

// Mocha loads a reporter with require and wants the class itself.
export { CountingReporter as 'module.exports' };
