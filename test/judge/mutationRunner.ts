import type { MutantCoverage, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type CompleteDryRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

/** What Stryker's instrumented code reads and writes. */
interface Instrumentation {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: MutantCoverage | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

const instrumentation = ((globalThis as Record<string, unknown>)['__stryker__'] ??= {}) as Instrumentation;

/** The results are read from the runner's events. */
class Quiet extends Mocha.reporters.Base {}

/**
 * Runs our tests for Stryker, with the mocha of this repository: Stryker's own runner reaches into an older one. The files are loaded once
 * a process, and a mutant is switched on while they run.
 */
class MutationRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #files: readonly string[];
  #mocha: Mocha | undefined;

  constructor(options: StrykerOptions) {
    this.#files = options['testFiles_judged'] as readonly string[];
  }

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false }; // what was imported stays
  }

  async init(): Promise<void> {
    const mocha = new Mocha({ timeout: 20_000, reporter: Quiet });
    mocha.cleanReferencesAfterRun(false);
    for (const file of this.#files) mocha.addFile(file);
    await mocha.loadFilesAsync();
    mocha.rootHooks({
      beforeEach(this: Mocha.Context, done: () => void) {
        instrumentation.currentTestId = this.currentTest?.fullTitle();
        done();
      },
    });
    this.#mocha = mocha;
  }

  async dryRun(): Promise<DryRunResult> {
    const run = await this.#run(/^/, false);
    // The code notes it in the object that was there when it was loaded, or in one that it made then.
    return instrumentation.mutantCoverage ? { ...run, mutantCoverage: instrumentation.mutantCoverage } : run;
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
    instrumentation.activeMutant = activeMutant.id;
    instrumentation.hitLimit = hitLimit;
    instrumentation.hitCount = hitLimit === undefined ? undefined : 0;
    const wanted = testFilter?.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
    const run = await this.#run(wanted === undefined ? /^/ : new RegExp(`^(?:${wanted})$`), !disableBail);
    instrumentation.activeMutant = undefined;
    return toMutantRunResult(run);
  }

  #run(grep: RegExp, bail: boolean): Promise<CompleteDryRunResult> {
    const mocha = this.#mocha;
    if (!mocha) throw new Error('init() comes first');
    mocha.grep(grep);
    mocha.suite.bail(bail);
    const tests: TestResult[] = [];
    return new Promise((resolve) => {
      const runner = mocha.run(() => resolve({ status: DryRunStatus.Complete, tests }));
      // What is done before the tests of a suite, such as starting an emulator, is noticed by the first of them.
      runner.on('suite', (suite) => {
        instrumentation.currentTestId = firstTest(suite)?.fullTitle() ?? instrumentation.currentTestId;
      });
      runner.on('pass', (test) => {
        tests.push({
          id: test.fullTitle(),
          name: test.fullTitle(),
          timeSpentMs: test.duration ?? 0,
          status: TestStatus.Success,
        });
      });
      // A hook that fails is told here too.
      runner.on('fail', (test, error: unknown) => {
        const failureMessage = error instanceof Error ? error.message : String(error);
        tests.push({
          id: test.fullTitle(),
          name: test.fullTitle(),
          timeSpentMs: 0,
          status: TestStatus.Failed,
          failureMessage,
        });
      });
    });
  }
}

function firstTest(suite: Mocha.Suite): Mocha.Test | undefined {
  return suite.tests[0] ?? suite.suites.map(firstTest).find(Boolean);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'keysmith', MutationRunner)];
