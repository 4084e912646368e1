import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { startProcess } from './backgroundProcess.ts';
import { editorEnvironment } from './editorEnvironment.ts';
import { flags } from './flags.ts';
import { hostFolder } from './repository.ts';
import { lastLines } from './runCommand.ts';
import { HostDidNotStart, readSuiteReport, suiteBegins } from './suiteReport.ts';
import type { SuiteReport } from './suiteReport.ts';
import { defaultLimit } from './suiteRun.ts';
import type { SuiteRun } from './suiteRun.ts';
import { throwawayFolder } from './throwawayFolder.ts';
import { writeUserSettings } from './userSettings.ts';
import { canStartVirtualDisplay, hasDisplay, startVirtualDisplay } from './virtualDisplay.ts';

const updateService = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Whether VS Code desktop can be had: its update service answers within 3 s (or `KEYSMITH_VSCODE_EXECUTABLE` names one
 * that is installed), and there is a display, or Xvfb to make one. `KEYSMITH_VSCODE=server` says no, `desktop` yes.
 */
export async function desktopAvailable(): Promise<boolean> {
  const wanted = process.env['KEYSMITH_VSCODE'];
  if (wanted === 'server' || wanted === 'desktop') return wanted === 'desktop';
  if (!hasDisplay() && !canStartVirtualDisplay()) return false;
  if (process.env['KEYSMITH_VSCODE_EXECUTABLE']) return true;
  try {
    return (await fetch(updateService, { signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/**
 * Runs a suite in VS Code desktop: `KEYSMITH_VSCODE_EXECUTABLE`, else version `KEYSMITH_VSCODE_VERSION` (default
 * `stable`) downloaded into `.vscode-test/`. Throws `HostDidNotStart` where it cannot be had or started, and another
 * error where the suite does not come to its end; failing tests are in the report.
 */
export async function runInDesktop(run: SuiteRun): Promise<SuiteReport> {
  const executable = process.env['KEYSMITH_VSCODE_EXECUTABLE'] ?? (await download());
  await using folder = await throwawayFolder();
  await using cleanup = new AsyncDisposableStack();
  const display = hasDisplay() ? undefined : cleanup.use(await startVirtualDisplay());
  const data = join(folder.path, 'data');
  const reportFile = join(folder.path, 'report.json');
  await writeUserSettings(join(data, 'User', 'settings.json'));
  let begun = false;
  // Not `runTests`: it always trusts the workspace and has no time limit. These are the arguments it gives, and ours.
  const host = startProcess(
    executable,
    [
      ...(run.workspace === undefined ? [] : [run.workspace]),
      ...flags({
        'no-sandbox': true,
        'disable-gpu-sandbox': true,
        'disable-updates': true,
        'skip-welcome': true,
        'skip-release-notes': true,
        'use-inmemory-secretstorage': true,
        'user-data-dir': data,
        'extensions-dir': join(folder.path, 'extensions'),
        extensionDevelopmentPath: run.extension,
        extensionTestsPath: run.suite,
        'disable-workspace-trust': run.trusted !== false,
      }),
    ],
    {
      cwd: folder.path,
      env: editorEnvironment({ KEYSMITH_REPORT_FILE: reportFile, ...(display && { DISPLAY: display.name }) }),
      onLine(line) {
        begun ||= line.includes(suiteBegins);
        if (begun) run.log(line);
      },
    },
  );
  cleanup.defer(() => host.stop());
  const limit = run.limit ?? defaultLimit;
  const outcome = await Promise.race([
    host.ended.then(() => 'VS Code ended.'),
    delay(limit, `No end within ${limit / 1000} s.`, { ref: false }),
  ]);
  return await readSuiteReport(reportFile, `${lastLines(host.logs(), 15)}\n${outcome}`);
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({
      version: process.env['KEYSMITH_VSCODE_VERSION'] ?? 'stable',
      cachePath: hostFolder,
    });
  } catch (error) {
    throw new HostDidNotStart('VS Code desktop could not be downloaded.', { cause: error });
  }
}
