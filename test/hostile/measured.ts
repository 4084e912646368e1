import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './repositories.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');

/** How a command came to its end, and the most memory that it, or a program that it started, had at a time. */
export interface Measured {
  /** Undefined where it had to be stopped. */
  readonly code: number | undefined;
  readonly output: string;
  readonly megabytes: number;
}

const measure = `
import resource, subprocess, sys
ended = subprocess.run(sys.argv[2:])
open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(ended.returncode)
`;

/** A safety net: what runs longer does not end. */
const limitMs = 100_000;

/** Runs the command line in a folder. */
export async function keysmith(folder: string, args: readonly string[]): Promise<Measured> {
  const notes = temporaryFolder();
  const report = join(notes, 'memory');
  const child = spawn('python3', ['-c', measure, report, process.execPath, cli, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), limitMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  const megabytes = code === null ? Number.NaN : Number(readFileSync(report, 'utf8')) / 1024;
  rmSync(notes, { recursive: true });
  return { code: code ?? undefined, output, megabytes };
}

/** The most memory that a running process has had until now, in MB; undefined where the system does not tell. */
export function peakOf(pid: number): number | undefined {
  try {
    const found = /^VmHWM:\s+(?<kilobytes>\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found.groups?.['kilobytes']) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
