import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess, untilReady } from './backgroundProcess.ts';
import { serverEnvironment } from './editorEnvironment.ts';
import { flags } from './flags.ts';
import { freePort } from './freePort.ts';
import { lastLines, runCommand } from './runCommand.ts';
import { throwawayFolder } from './throwawayFolder.ts';
import { writeUserSettings } from './userSettings.ts';
import type { Settings } from './userSettings.ts';
import { ensureVscodeServer } from './vscodeServer.ts';

export interface WorkbenchOptions {
  /** The packaged extension, absolute. */
  readonly vsix: string;
  /** Folder to open, absolute. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** User settings over the quiet ones. Ignored where `data` already has settings. */
  readonly settings?: Settings;
  /** False opens folders in Restricted Mode. Default true. */
  readonly trusted?: boolean;
  /** Folder for settings, state and extensions, kept at the end. Default: a new one, removed at the end. */
  readonly data?: string;
  /** What the editor is started with, beside what it has anyway. */
  readonly environment?: NodeJS.ProcessEnv;
  /** TCP port; default any free one. */
  readonly port?: number;
}

/** VS Code with the extension installed, served to a browser. */
export interface Workbench extends AsyncDisposable {
  /** Like `http://127.0.0.1:8123`. */
  readonly origin: string;
  /** Address that opens `folder`, default the one it was started with. */
  url(folder?: string): string;
  /** Folder of all that VS Code writes: `User/settings.json`, `User/globalStorage`, `logs`. */
  readonly userData: string;
  readonly extensionsDir: string;
  /** Folder of the server's own logs and temporary files; `userData` is in it too, unless `data` was given. */
  readonly temporary: string;
  /** What the server wrote to its standard streams so far. */
  logs(): string;
  /** Resolves when the server ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the server and removes its throw-away folder. May be called again. */
  stop(): Promise<void>;
}

/**
 * Installs the packaged extension and starts code-server with it (2 s, after the server's own installation). Throws with
 * the last lines of what failed where the package does not install or the server does not start.
 */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await ensureVscodeServer(options.log);
  await using started = new AsyncDisposableStack();
  const temporary = started.use(await throwawayFolder());
  const data = options.data ?? join(temporary.path, 'data');
  const userData = join(data, 'user');
  const extensionsDir = join(data, 'extensions');
  const settingsFile = join(userData, 'User', 'settings.json');
  const hasSettings = await access(settingsFile).then(
    () => true,
    () => false,
  );
  if (!hasSettings) await writeUserSettings(settingsFile, options.settings);
  const env = serverEnvironment(temporary.path, options.environment);
  await installExtension(server.serverMain, { vsix: options.vsix, userData, extensionsDir, env });

  const port = options.port ?? (await freePort());
  const host = startProcess(
    process.execPath,
    [
      server.entry,
      ...flags({
        auth: 'none',
        'bind-addr': `127.0.0.1:${port}`,
        'user-data-dir': userData,
        'extensions-dir': extensionsDir,
        // By default the one is in the home folder, and the other's path too long for a socket.
        config: join(temporary.path, 'config.yaml'),
        'session-socket': join(temporary.path, 'ipc.sock'),
        'disable-telemetry': true,
        'disable-update-check': true,
        'disable-getting-started-override': true,
        'disable-workspace-trust': options.trusted !== false,
      }),
      options.folder,
    ],
    { cwd: temporary.path, env },
  );
  started.defer(() => host.stop());
  await untilReady(host, server.name, /HTTP server listening on/);
  const running = started.move();
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    url: (folder = options.folder) => `${origin}/?folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`,
    userData,
    extensionsDir,
    temporary: temporary.path,
    logs: () => host.logs(),
    ended: host.ended,
    stop: () => running.disposeAsync(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

interface Installation {
  readonly vsix: string;
  readonly userData: string;
  readonly extensionsDir: string;
  readonly env: NodeJS.ProcessEnv;
}

async function installExtension(
  serverMain: string,
  { vsix, userData, extensionsDir, env }: Installation,
): Promise<void> {
  const options = flags({
    'accept-server-license-terms': true,
    'server-data-dir': userData,
    'extensions-dir': extensionsDir,
    'install-extension': vsix,
    force: true,
  });
  const args = [serverMain, ...options];
  const { code, output } = await runCommand(process.execPath, args, { cwd: '/', env });
  if (code !== 0) throw new Error(`Could not install ${vsix}. Last lines:\n${lastLines(output, 10)}`);
}
