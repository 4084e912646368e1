import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleEditorSuite } from '../editor/bundle.ts';
import { chromiumName, ensureChromium } from '../host/chromium.ts';
import { desktopAvailable, runInDesktop } from '../host/desktopHost.ts';
import { repositoryRoot } from '../host/repository.ts';
import { runInServer } from '../host/serverHost.ts';
import { HostDidNotStart } from '../host/suiteReport.ts';
import type { SuiteReport } from '../host/suiteReport.ts';
import type { SuiteRun } from '../host/suiteRun.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import { ensureVscodeServer } from '../host/vscodeServer.ts';
import { Skip } from './tierResult.ts';
import type { TierResult } from './tierResult.ts';

interface Scenario {
  readonly name: string;
  readonly open: 'folder' | 'folders' | 'none';
  readonly trusted: boolean;
}

/** The states of a window that are tested, each by the tests of the folder of its name. */
const scenarios: readonly Scenario[] = [
  { name: 'workspace', open: 'folder', trusted: true },
  { name: 'untrusted', open: 'folder', trusted: false },
  { name: 'multiRoot', open: 'folders', trusted: true },
  { name: 'empty', open: 'none', trusted: true },
];

/** Runs the editor suites, on a copy of the sample workspace, in VS Code desktop where that can be had, else in the server. */
export async function runEditorTier(log: (line: string) => void): Promise<TierResult> {
  await using folder = await throwawayFolder();
  const workspace = join(folder.path, 'shop');
  await cp(join(repositoryRoot, 'test', 'sample'), workspace, { recursive: true });
  await mkdir(join(folder.path, 'back'));
  const folders = join(folder.path, 'both.code-workspace');
  await writeFile(folders, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'back' }] }));
  const paths = { folder: workspace, folders, none: undefined };
  return await runScenarios(scenarios, (open) => paths[open], log);
}

/** Runs one suite of `test/editor` in an untrusted window on a folder that is there. */
export const runUntrustedSuite = (name: string, workspace: string, log: (line: string) => void): Promise<TierResult> =>
  runScenarios([{ name, open: 'folder', trusted: false }], () => workspace, log);

async function runScenarios(
  wanted: readonly Scenario[],
  pathOf: (open: Scenario['open']) => string | undefined,
  log: (line: string) => void,
): Promise<TierResult> {
  const outcomes: Outcome[] = [];
  for (const { name, open, trusted } of wanted) {
    const suite = await bundleEditorSuite(name);
    const run: SuiteRun = { extension: repositoryRoot, suite, workspace: pathOf(open), trusted, log };
    outcomes.push((await tryDesktop(run)) ?? (await useServer(run)));
  }
  const total = (count: (report: SuiteReport) => number): number =>
    outcomes.reduce((sum, { report }) => sum + count(report), 0);
  return {
    passed: total(({ passes }) => passes),
    failed: total(({ failures }) => failures.length),
    skipped: total(({ pending }) => pending),
    note: `editor tier ran in: ${[...new Set(outcomes.map(({ host }) => host))].join(', ')}`,
  };
}

interface Outcome {
  readonly report: SuiteReport;
  readonly host: string;
}

/** Undefined where the desktop cannot be had or does not start, unless it was asked for by name. */
async function tryDesktop(run: SuiteRun): Promise<Outcome | undefined> {
  if (!(await desktopAvailable())) return undefined;
  try {
    const report = await runInDesktop(run);
    return { report, host: `VS Code desktop ${report.vscodeVersion}` };
  } catch (error) {
    if (!(error instanceof HostDidNotStart) || process.env['KEYSMITH_VSCODE'] === 'desktop') throw error;
    run.log(`VS Code desktop is not usable here, so the server takes its place. ${error.message}`);
    return undefined;
  }
}

async function useServer(run: SuiteRun): Promise<Outcome> {
  const { server, chromium } = await ensureServerHost(run.log);
  return {
    report: await runInServer(server, chromium, run),
    host: `${server.name} with ${await chromiumName(chromium)}`,
  };
}

/** What the server host needs, installed where it can be. Throws `Skip` where it cannot. */
export async function ensureServerHost(log: (line: string) => void) {
  const server = await ensureVscodeServer(log).catch((error: unknown) => {
    throw new Skip('the VS Code server cannot be installed', { cause: error });
  });
  const chromium = await ensureChromium(log);
  if (chromium === undefined) throw new Skip('there is no Chromium to show VS Code in');
  return { server, chromium };
}
