import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { MochaOptions, Runner } from 'mocha';

/** How the tests of one file ended. */
export interface FileCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Full titles of those that failed, hooks among them. */
  readonly failures: string[];
}

/** Mocha's `spec`, which also writes how each file ended, as JSON by absolute path, to the file of `--reporter-option output=FILE`. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const { output } = options.reporterOptions as { readonly output: string };
    const files: Record<string, FileCounts> = {};
    const of = (test: { readonly file?: string | undefined }): FileCounts =>
      (files[test.file ?? ''] ??= { passed: 0, failed: 0, skipped: 0, failures: [] });
    const events = Mocha.Runner.constants;
    runner.on(events.EVENT_TEST_PASS, (test) => (of(test).passed += 1));
    runner.on(events.EVENT_TEST_PENDING, (test) => (of(test).skipped += 1));
    runner.on(events.EVENT_TEST_FAIL, (test) => {
      const counts = of(test);
      counts.failed += 1;
      counts.failures.push(test.fullTitle());
    });
    runner.once(events.EVENT_RUN_END, () => writeFileSync(output, JSON.stringify(files)));
  }
}

// Mocha loads a reporter with require and wants the class itself.
export { CountingReporter as 'module.exports' };
