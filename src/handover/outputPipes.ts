import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ownSystem } from '../shared/system.ts';

/** One end for a child to write to, the other to read what it writes. */
interface OutputPipe {
  /** A file descriptor, or `pipe` where Node shall make it. */
  readonly end: number | 'pipe';
  readonly output: Readable | undefined;
}

export interface OutputPipes {
  readonly stdout: OutputPipe;
  readonly stderr: OutputPipe;
  /** Closes this process's copies of the child's ends: without it, what is read would never end. */
  readonly started: () => void;
}

const byNode: OutputPipe = { end: 'pipe', output: undefined };

/**
 * Pipes of the system for what a child prints. Node itself makes a socket, and a program that opens `/dev/stdout` anew, such as a shell with
 * `> /dev/stdout`, cannot open a socket. A named pipe is one like any other, and its name is gone before the child starts.
 */
export function openOutputPipes(): OutputPipes {
  const made = ownSystem().sockets === 'files' ? namedPipes() : undefined;
  if (!made) return { stdout: byNode, stderr: byNode, started: () => undefined };
  const [stdout, stderr] = made;
  return {
    stdout,
    stderr,
    started: () => {
      for (const { end } of made) closeSync(end);
    },
  };
}

type NamedPipe = OutputPipe & { readonly end: number };

function namedPipes(): readonly [NamedPipe, NamedPipe] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-'));
  try {
    const [out, err] = [join(folder, 'out'), join(folder, 'err')];
    if (spawnSync('mkfifo', ['-m', '600', out, err], { stdio: 'ignore' }).status !== 0) return undefined;
    return [openBoth(out), openBoth(err)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function openBoth(path: string): NamedPipe {
  // To open the one end does not wait for the other, and then that one need not wait either.
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const end = openSync(path, constants.O_WRONLY);
  return { end, output: new Socket({ fd: read, readable: true, writable: false }) };
}
