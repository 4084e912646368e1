import { writeFileSync } from 'node:fs';
import type { Runner, Test } from 'mocha';
import * as vscode from 'vscode';
import { suiteBegins } from '../host/suiteReport.ts';
import type { SuiteFailure, SuiteReport } from '../host/suiteReport.ts';

/** Loads one file of tests; the name is for a failure to load it. */
export type TestFiles = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Runs the files' tests with mocha inside the extension host. Progress goes to the console, the outcome to the file that
 * `KEYSMITH_REPORT_FILE` names (see `SuiteReport`). Throws where a test failed, so that the host ends with an error.
 */
export async function runSuite(files: TestFiles): Promise<void> {
  console.log(`${suiteBegins} in ${vscode.env.appName} ${vscode.version}`);
  const outcome = { passes: 0, failures: [] as SuiteFailure[], pending: 0 };
  writeReport({ ...outcome, finished: false, running: 'loading the tests' });
  const fail = (title: string, error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    outcome.failures.push({ title, message });
    console.log(`  FAILED ${title}\n${message.replaceAll(/^/gm, '    ')}`);
  };

  const { default: Mocha } = await import('mocha'); // from node_modules: mocha finds files of its own next to itself
  // A reporter that writes would write to standard output, which no one sees from inside the extension host.
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: Mocha.reporters.Base });
  // The globals `describe` and `it` come into being with this event, so the files are loaded after it.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  for (const [name, load] of Object.entries(files)) await load().catch((error: unknown) => fail(name, error));

  await new Promise<void>((resolve) => {
    const runner: Runner = mocha.run(() => resolve());
    runner.on('test', (test: Test) => writeReport({ ...outcome, finished: false, running: test.fullTitle() }));
    runner.on('pass', (test: Test) => {
      outcome.passes++;
      console.log(`  ok ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on('fail', (test: Test, error: unknown) => fail(test.fullTitle(), error));
    runner.on('pending', (test: Test) => {
      outcome.pending++;
      console.log(`  skipped ${test.fullTitle()}`);
    });
  });
  writeReport({ ...outcome, finished: true, running: '' });
  if (outcome.failures.length > 0) throw new Error(`${outcome.failures.length} failed`);
}

function writeReport(report: Omit<SuiteReport, 'vscodeVersion'>): void {
  const file = process.env['KEYSMITH_REPORT_FILE'];
  if (file) writeFileSync(file, JSON.stringify({ ...report, vscodeVersion: vscode.version } satisfies SuiteReport));
}
