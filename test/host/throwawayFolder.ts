import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onInterrupt } from './interrupt.ts';

export interface ThrowawayFolder extends AsyncDisposable {
  readonly path: string;
}

const present = new Set<string>();

/** A new folder that is removed, with all that is in it, when disposed of, or when this process is interrupted. */
export async function throwawayFolder(): Promise<ThrowawayFolder> {
  const path = await mkdtemp(join(tmpdir(), 'keysmith-')); // short: a socket's path must stay under 104 characters
  present.add(path);
  onInterrupt(removeAll);
  return {
    path,
    async [Symbol.asyncDispose]() {
      // Processes told to end may still be writing.
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
      present.delete(path);
    },
  };
}

function removeAll(): void {
  for (const path of present) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
