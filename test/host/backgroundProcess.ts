import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from './runCommand.ts';
import { onInterrupt } from './interrupt.ts';

export interface BackgroundProcess {
  /** All it has written so far, both streams. */
  logs(): string;
  /** Ends it and every process of its group; resolves when it is gone. May be called again. */
  stop(): Promise<void>;
  /** Resolves when it ended, for whatever reason, also where it could not be started. */
  readonly ended: Promise<void>;
}

interface StartOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets each line it writes. */
  readonly onLine?: (line: string) => void;
}

const running = new Set<ChildProcess>();

/** Starts a process that does not outlive this one (unless this one is killed with SIGKILL). Never throws: see `ended`. */
export function startProcess(command: string, args: readonly string[], options: StartOptions): BackgroundProcess {
  if (running.size === 0) onInterrupt(killAll);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // a group of its own, so that its children can be ended with it
  });
  running.add(child);
  let text = '';
  let shown = 0;
  const collect = (chunk: Buffer | string) => {
    text += chunk.toString();
    for (let end = text.indexOf('\n', shown); end >= 0; end = text.indexOf('\n', shown)) {
      options.onLine?.(text.slice(shown, end));
      shown = end + 1;
    }
  };
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.once('error', (error) => {
    collect(`${error.message}\n`);
    resolve();
  });
  child.once('exit', () => resolve());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const stop = async () => {
    if (!running.delete(child)) return ended;
    kill(child, 'SIGTERM');
    await Promise.race([ended, delay(3000, undefined, { ref: false })]);
    kill(child, 'SIGKILL'); // the group may hold children that ignored the first
    await ended;
  };
  return { logs: () => text, stop, ended };
}

/** Waits until the process has written `ready`. Stops it and throws with its last lines when it ends first or is late. */
export async function untilReady(child: BackgroundProcess, name: string, ready: RegExp, limit = 60_000): Promise<void> {
  const late = Date.now() + limit;
  let ended = false;
  void child.ended.then(() => (ended = true)); // cannot reject
  while (!ready.test(child.logs())) {
    if (ended || Date.now() > late) {
      await child.stop();
      const what = ended ? 'ended while starting' : `was not ready within ${limit / 1000} s`;
      throw new Error(`${name} ${what}. Its last lines:\n${lastLines(child.logs(), 15)}`);
    }
    await Promise.race([delay(25), child.ended]);
  }
}

function killAll(): void {
  for (const child of running) kill(child, 'SIGKILL');
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // already gone
  }
}
