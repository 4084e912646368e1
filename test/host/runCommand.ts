import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface CommandResult {
  /** Exit code; 128 plus the signal's number where a signal ended it, 127 where it could not start. */
  readonly code: number;
  /** Standard output and error, interleaved. Empty with `show`. */
  readonly output: string;
}

interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Let the command write to this process's own terminal instead of collecting what it says. */
  readonly show?: boolean;
  /** Milliseconds after which it is ended: SIGTERM, and SIGKILL 5 s later. Default none. */
  readonly limit?: number;
}

/** Runs a command to its end. Never throws for a failing command: look at `code`. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  const windows = process.platform === 'win32'; // npm and npx are .cmd files there, which only a shell starts
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: windows && command !== process.execPath,
  });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
  child.once('close', (code, signal) =>
    resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output }),
  );
  if (options.limit === undefined) return await promise;
  const term = setTimeout(() => child.kill('SIGTERM'), options.limit);
  const kill = setTimeout(() => child.kill('SIGKILL'), options.limit + 5000);
  return await promise.finally(() => [term, kill].forEach(clearTimeout));
}

/** The last `count` lines that say something. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .filter((line) => line.trim())
    .slice(-count)
    .join('\n');
}
