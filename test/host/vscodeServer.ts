import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostFolder } from './repository.ts';
import { lastLines, runCommand } from './runCommand.ts';

/** The npm package that carries VS Code's server and web workbench. */
const packageVersion = '4.139.1';
const installFolder = join(hostFolder, 'server');
const markerName = 'installed.txt';

export interface VscodeServer {
  /** Folder of the installed package. */
  readonly root: string;
  /** VS Code's own server: extension tests, `--install-extension`. */
  readonly serverMain: string;
  /** code-server's entry: a workbench for a person, whose secrets survive a reload. */
  readonly entry: string;
  /** Like `VS Code server 1.139.1 (code-server 4.139.1)`. */
  readonly name: string;
}

/**
 * Installs the server into `.vscode-test/server/` where it is not there yet (15 s, 620 MB), and tells where it is.
 * Two processes may do it at once: both install, the first to finish wins. Throws with what to do when npm fails, and on Windows.
 */
export async function ensureVscodeServer(log: (line: string) => void): Promise<VscodeServer> {
  if (process.platform === 'win32') throw new Error('code-server does not run on Windows; VS Code desktop does.');
  if (await isInstalled()) return describe();
  log(`Installing code-server ${packageVersion} into .vscode-test/server (once, about 15 s) …`);
  await removeAbandoned();
  const draft = join(hostFolder, `server.${process.pid}.tmp`);
  try {
    await install(draft);
    await putInPlace(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return describe();
}

function describe(): VscodeServer {
  const root = join(installFolder, 'node_modules', 'code-server');
  const manifest = JSON.parse(readFileSync(join(root, 'lib', 'vscode', 'package.json'), 'utf8')) as { version: string };
  return {
    root,
    serverMain: join(root, 'lib', 'vscode', 'out', 'server-main.js'),
    entry: join(root, 'out', 'node', 'entry.js'),
    name: `VS Code server ${manifest.version} (code-server ${packageVersion})`,
  };
}

async function isInstalled(): Promise<boolean> {
  return (await readFile(join(installFolder, markerName), 'utf8').catch(() => '')) === packageVersion;
}

async function install(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Without a manifest of its own npm climbs to the repository's and installs there.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, `code-server@${packageVersion}`);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await npmInstall(vscode, '--omit=dev');
  await npmInstall(join(vscode, 'extensions'), '--omit=dev');
  await writeFile(join(folder, markerName), packageVersion);
}

async function npmInstall(cwd: string, argument: string): Promise<void> {
  // Install scripts would compile native modules for minutes; their prebuilt binaries are in the packages.
  const { code, output } = await runCommand(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', argument],
    {
      cwd,
    },
  );
  if (code === 0) return;
  throw new Error(
    `Could not install code-server ${packageVersion}: npm ended with code ${code}. Check that the npm registry is ` +
      `reachable (npm ping) and that 1 GB of disk is free, then run it again.\n${lastLines(output, 8)}`,
  );
}

/** Renames a finished install into place. One that another process finished meanwhile is as good; any other gives way. */
async function putInPlace(draft: string): Promise<void> {
  const outdated = join(hostFolder, `server.${process.pid}.old.tmp`);
  if (await isInstalled()) return;
  await rename(installFolder, outdated).catch(() => undefined); // usually there is none
  try {
    await rename(draft, installFolder);
  } catch (error) {
    if (!(await isInstalled())) throw error;
  } finally {
    await rm(outdated, { recursive: true, force: true });
  }
}

/** Removes what processes that are gone left half installed. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(hostFolder).catch(() => [])) {
    const pid = /^server\.(\d+)\.(?:old\.)?tmp$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(hostFolder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
