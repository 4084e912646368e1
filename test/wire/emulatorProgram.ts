import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A reply's body; a test that looks deeper fails where it is not as expected. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read foreign JSON by name
export type Json = any;

const cli = join(import.meta.dirname, '../../dist/cli.js');

/** `keysmith emulator` as a program of its own, as a user runs it. */
export interface EmulatorProgram {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  readonly dashboardToken: string;
  readonly process: ChildProcess;
  /** Calls the dashboard plane and returns the status and the parsed body. */
  dashboard(method: string, path: string, body?: unknown): Promise<{ status: number; json: Json }>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function spawnCli(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the CLI to its end. */
export async function runCli(
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawnCli(args);
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/**
 * Starts the emulator and waits for its JSON line. With KEYSMITH_EMULATOR=inProcess it runs in this process and from source: what changes
 * a line of it at a time, to see which test notices, cannot build it each time.
 */
export async function startProgram(args: readonly string[] = ['--in-memory']): Promise<EmulatorProgram> {
  if (process.env['KEYSMITH_EMULATOR'] === 'inProcess') return await startInProcess(args);
  const child = spawnCli(['emulator', '--port', '0', '--json', ...args]);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const line = await Promise.race([firstLine(child), once(child, 'close').then(() => undefined)]);
  if (line === undefined) throw new Error(`The emulator did not start: ${stderr}`);
  const { origin, dashboardToken } = JSON.parse(line) as { origin: string; dashboardToken: string };
  return {
    ...clientOf(origin, dashboardToken),
    process: child,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'close')) as [number | null];
      return code;
    },
  };
}

async function startInProcess(args: readonly string[]): Promise<EmulatorProgram> {
  const [{ parseEmulatorCommand }, { runEmulator }, { silentLog }] = await Promise.all([
    import('../../src/emulator/commandLine.ts'),
    import('../../src/emulator/runEmulator.ts'),
    import('../../src/shared/log.ts'),
  ]);
  const command = parseEmulatorCommand(['--port', '0', '--json', ...args]);
  if (!command.ok) throw new Error(command.problem);
  const started = await runEmulator(command.value, silentLog);
  if (!started.ok) throw new Error(`The emulator did not start: ${JSON.stringify(started.problem)}`);
  const emulator = started.value;
  return {
    ...clientOf(emulator.origin, emulator.dashboardToken),
    process: undefined as unknown as ChildProcess, // a test that needs it cannot run this way
    async stop() {
      await emulator.stop();
      return 0;
    },
  };
}

function clientOf(origin: string, dashboardToken: string): Omit<EmulatorProgram, 'process' | 'stop'> {
  const { hostname, port } = new URL(origin);
  return {
    origin,
    host: hostname,
    port: Number(port),
    dashboardToken,
    async dashboard(method, path, body) {
      const response = await fetch(`${origin}/_dashboard${path}`, {
        method,
        headers: {
          authorization: `Bearer ${dashboardToken}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  for await (const line of createInterface(child.stdout)) return line;
  return undefined;
}
