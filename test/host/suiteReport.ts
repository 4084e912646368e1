import { readFile } from 'node:fs/promises';

export interface SuiteFailure {
  /** The test's name with those of the suites around it. */
  readonly title: string;
  readonly message: string;
}

/** What a suite in the extension host writes to the file that `KEYSMITH_REPORT_FILE` names. */
export interface SuiteReport {
  readonly passes: number;
  readonly failures: readonly SuiteFailure[];
  readonly pending: number;
  /** `vscode.version` of where it ran. */
  readonly vscodeVersion: string;
  /** False until the last test ended; false when the host has ended: it went down. */
  readonly finished: boolean;
  /** The test that runs, or empty. */
  readonly running: string;
}

/** First line a suite writes to its console; what VS Code wrote before is its own starting. */
export const suiteBegins = 'Keysmith suite';

/** Thrown where VS Code never came as far as the suite, so that no test can have failed. */
export class HostDidNotStart extends Error {
  override readonly name = 'HostDidNotStart';
}

/**
 * Reads a suite's report after its host ended. Throws `HostDidNotStart` where there is none, and another error where the
 * suite began and did not come to its end; both carry `said`, the host's last lines.
 */
export async function readSuiteReport(file: string, said: string): Promise<SuiteReport> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new HostDidNotStart(`VS Code did not start the suite.\n${said}`);
  const report = JSON.parse(text) as SuiteReport;
  if (!report.finished) {
    const where = `VS Code ${report.vscodeVersion}, after ${report.passes} passed, in "${report.running}"`;
    throw new Error(`The suite did not come to its end: ${where}.\n${said}`);
  }
  return report;
}
