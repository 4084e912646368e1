import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { startProcess, untilReady } from './backgroundProcess.ts';
import { chromiumArgs } from './chromium.ts';
import { serverEnvironment } from './editorEnvironment.ts';
import { flags } from './flags.ts';
import { freePort } from './freePort.ts';
import { lastLines } from './runCommand.ts';
import { readSuiteReport, suiteBegins } from './suiteReport.ts';
import type { SuiteReport } from './suiteReport.ts';
import { defaultLimit } from './suiteRun.ts';
import type { SuiteRun } from './suiteRun.ts';
import { throwawayFolder } from './throwawayFolder.ts';
import { writeUserSettings } from './userSettings.ts';
import type { VscodeServer } from './vscodeServer.ts';

/**
 * Runs a suite in VS Code's server with its workbench in a headless Chromium. Throws where either does not start or the
 * suite does not end in time; failing tests are in the report. Leaves no process and no folder behind.
 */
export async function runInServer(server: VscodeServer, executablePath: string, run: SuiteRun): Promise<SuiteReport> {
  await using folder = await throwawayFolder();
  await using cleanup = new AsyncDisposableStack();
  const port = await freePort();
  const data = join(folder.path, 'data');
  const reportFile = join(folder.path, 'report.json');
  await writeUserSettings(join(data, 'data', 'User', 'settings.json'));
  const host = startProcess(
    process.execPath,
    [
      server.serverMain,
      ...flags({
        host: '127.0.0.1',
        port,
        'without-connection-token': true,
        'accept-server-license-terms': true,
        'enable-smoke-test-driver': true, // what makes a built workbench obey the payload of its address
        'server-data-dir': data,
        'extensions-dir': join(folder.path, 'extensions'),
        'disable-workspace-trust': run.trusted !== false,
      }),
    ],
    { cwd: folder.path, env: serverEnvironment(folder.path, { KEYSMITH_REPORT_FILE: reportFile }) },
  );
  cleanup.defer(() => host.stop());
  await untilReady(host, 'The VS Code server', /Extension host agent listening on \d+/);
  const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
  cleanup.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const suite = await openSuite(page, port, run);
  const limit = run.limit ?? defaultLimit;
  const outcome = await Promise.race([
    suite.exited,
    host.ended.then(() => 'The server ended.'),
    delay(limit, `No end within ${limit / 1000} s.`, { ref: false }),
  ]);
  return await readSuiteReport(reportFile, `${lastLines(suite.logs() || host.logs(), 15)}\n${outcome}`);
}

interface OpenSuite {
  /** Tells how the extension host ended. */
  readonly exited: Promise<string>;
  /** What was written to the consoles: since the suite began, or, where it did not, before. */
  logs(): string;
}

async function openSuite(page: Page, port: number, run: SuiteRun): Promise<OpenSuite> {
  const { promise: exited, resolve } = Promise.withResolvers<string>();
  const starting: string[] = [];
  const shown: string[] = [];
  let begun = false;
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
    begun ||= text.startsWith(suiteBegins);
    if (workbenchChatter.test(text)) return;
    for (const line of text.split('\n').filter((line) => !workbenchFrame.test(line))) {
      (begun ? shown : starting).push(line);
      if (begun) run.log(line);
    }
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => resolve(`The extension host ended with ${code}.`));
  page.once('crash', () => resolve('The page crashed.'));
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(run.extension)],
    ['extensionTestsPath', remote(run.suite)],
    ['skipWelcome', 'true'],
  ]);
  const query = new URLSearchParams({
    ...opened(run.workspace),
    payload,
  });
  await page.goto(`http://127.0.0.1:${port}/?${query.toString()}`);
  return { exited, logs: () => (begun ? shown : starting).join('\n') };
}

function opened(workspace: string | undefined): Record<string, string> {
  if (workspace === undefined) return { ew: 'true' };
  return workspace.endsWith('.code-workspace') ? { workspace } : { folder: workspace };
}

/** VS Code's own: on native modules that the server works without, and on the marketplace it is kept from. */
const workbenchChatter = /@vscode\/(?:spdlog|native-watchdog)|additional builtin extensions|^\[AccountPolicyGate\]/;

/** A frame of VS Code's own minified code. */
const workbenchFrame = /^\s+at .*\/static\/out\/vs\//;
