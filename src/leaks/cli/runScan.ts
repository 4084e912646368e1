import { cwd } from 'node:process';
import type { Outcome } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import { severities } from '../protocol.ts';
import { githubReport } from '../report/githubReport.ts';
import { jsonReport } from '../report/jsonReport.ts';
import type { Report, ReportFormat } from '../report/report.ts';
import { sarifReport } from '../report/sarifReport.ts';
import { textReport } from '../report/textReport.ts';
import type { ScanCommand } from './scanCommand.ts';
import { scanHistory, scanPaths, scanStaged, scanStdin, type Found } from './scanSources.ts';

/** What to print, and whether there are leaks. */
export interface Scanned {
  readonly text: string;
  readonly leaks: boolean;
  /** Everything that was asked for was read. */
  readonly complete: boolean;
  /** For the user, beside the report. */
  readonly warnings: readonly string[];
}

/** Runs a scan to its report; a refusal is the sentence to print. */
export async function runScan(command: ScanCommand, version: string): Promise<Outcome<Scanned, string>> {
  const started = performance.now();
  const lists = command.baseline !== undefined || command.writeBaseline !== undefined;
  const baselines = lists ? await import('./baseline.ts') : undefined; // with its schema it takes as long to load as all the rest
  const baseline = command.baseline === undefined ? undefined : await baselines?.readBaseline(command.baseline);
  if (baseline && !baseline.ok) return baseline;
  const found = await scanSource(command);
  if (!found.ok) return found;
  const least = severities.indexOf(command.minSeverity);
  const leaks = found.value.leaks.filter(
    (leak) => severities.indexOf(leak.severity) <= least && !(baseline && baselines?.inBaseline(baseline.value, leak)),
  );
  const written =
    command.writeBaseline === undefined ? undefined : await baselines?.writeBaseline(command.writeBaseline, leaks);
  if (written && !written.ok) return written;
  const report = { ...found.value, leaks, ms: performance.now() - started };
  return ok({
    text: print(report, command.format, version),
    leaks: leaks.length > 0,
    complete: report.complete,
    warnings: report.warnings ?? [],
  });
}

function scanSource({ source, allowShallow, ...options }: ScanCommand): Promise<Outcome<Found, string>> {
  switch (source.kind) {
    case 'paths':
      return scanPaths(source.paths, options);
    case 'staged':
      return scanStaged(options);
    case 'history':
      return scanHistory({ ...options, range: source.range, allowShallow });
    case 'stdin':
      return scanStdin(source.file, options);
    default:
      return source satisfies never;
  }
}

function print(report: Report, format: ReportFormat, version: string): string {
  switch (format) {
    case 'text':
      return textReport(report);
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report, { version, root: cwd() });
    case 'github':
      return githubReport(report);
    default:
      return format satisfies never;
  }
}
