import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cwd } from 'node:process';
import { printable } from '../../shared/printable.ts';
import { isInside } from '../../shared/regularFileInside.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { workTreeOf } from '../exclusions/gitFolder.ts';
import { noPolicy, policyFileName, policyOf, type Policy } from '../policy/policyFile.ts';
import { weigh } from '../policy/weigh.ts';
import { severities } from '../protocol.ts';
import { githubReport } from '../report/githubReport.ts';
import { jsonReport } from '../report/jsonReport.ts';
import type { Report, ReportedLeak, ReportFormat } from '../report/report.ts';
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
  const policies = readPolicies(command);
  if (!policies.ok) return policies;
  const least = severities.indexOf(command.minSeverity);
  const leaks = found.value.leaks
    .flatMap((leak) => weighed(leak, policies.value, command.ignore))
    .filter(
      (leak) =>
        severities.indexOf(leak.severity) <= least && !(baseline && baselines?.inBaseline(baseline.value, leak)),
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

/** The policies of the places that are looked through, by their roots; the last is for what stands in no file. */
function readPolicies({ source }: ScanCommand): Outcome<ReadonlyMap<string, Policy>, string> {
  const here = cwd();
  const roots = source.kind === 'paths' ? source.paths.map((path) => rootAround(resolve(path))) : [];
  const policies = new Map<string, Policy>();
  for (const root of [
    ...roots,
    source.kind === 'paths' || source.kind === 'stdin' ? here : (workTreeOf(here) ?? here),
  ]) {
    const policy = policyOf(root);
    if (!policy.ok) return refuse(printable(policy.problem));
    policies.set(root, policy.value);
  }
  return ok(policies);
}

/**
 * The root of the workspace that a path is in: the working directory, unless it is outside of the path's repository; where there is none,
 * unless the folder that was named has a policy of its own.
 */
function rootAround(path: string): string {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  const here = cwd();
  const top = workTreeOf(folder);
  if (top !== undefined) return here === top || isInside(top, here) ? here : top;
  const own = existsSync(join(folder, policyFileName)) || !(folder === here || isInside(here, folder));
  return own ? folder : here;
}

function weighed(leak: ReportedLeak, policies: ReadonlyMap<string, Policy>, trusted: boolean): ReportedLeak[] {
  const roots = [...policies.keys()];
  const root = roots.find((one) => leak.at !== undefined && isInside(one, leak.at)) ?? roots.at(-1) ?? '';
  return weigh([leak], { user: noPolicy, policy: policies.get(root) ?? noPolicy, trusted });
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
