import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { Secret } from '../domain/secret.ts';
import { readSmallFile } from '../shared/smallFile.ts';
import { discoveryFile, stoppedFile } from './discoveryFile.ts';
import type { EmulatorAddress } from './dashboardCaller.ts';

const fileSchema = z.object({
  origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  dashboardToken: z.string().min(16),
});
const healthSchema = z.object({ proof: z.string() });
const timeoutMs = 2000;

/**
 * The emulator that already runs on the store in `data`, or undefined. The file beside the store says where it is; it is believed only
 * when whoever listens there proves that it knows the token, without the token being sent to it.
 */
export const findEmulator = (data: string): Promise<EmulatorAddress | undefined> => findEmulatorBy(discoveryFile(data));

/** The same for a file that says where it is. */
export async function findEmulatorBy(file: string): Promise<EmulatorAddress | undefined> {
  try {
    const read = await readSmallFile(file, { links: 'follow' });
    if (!read.ok) return undefined;
    const { origin, dashboardToken } = fileSchema.parse(JSON.parse(read.value.toString('utf8')));
    const nonce = randomBytes(16).toString('hex');
    const response = await fetch(`${origin}/_dashboard/health?nonce=${nonce}`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { proof } = healthSchema.parse(await response.json());
    const expected = createHmac('sha256', dashboardToken).update(nonce).digest('hex');
    return proof === expected ? { origin, dashboardToken: new Secret(dashboardToken) } : undefined;
  } catch {
    return undefined; // no file, nobody listening, or somebody else: in every case there is no emulator to share
  }
}

const patienceMs = 3000;
const pauseMs = 50;

/** Like `findEmulator`, for one that is known to be starting: it has the store already and will soon say where it listens. */
export async function awaitEmulator(data: string): Promise<EmulatorAddress | undefined> {
  for (let waited = 0; waited < patienceMs; waited += pauseMs) {
    const found = await findEmulator(data);
    if (found) return found;
    await sleep(pauseMs);
  }
  return undefined;
}

/** What became of an emulator that answers no more: somebody stopped it, its window closed, it crashed, or it goes on all the same. */
export type Ending = 'stopped' | 'closed' | 'crashed' | 'goesOn';

/**
 * Finds out how an emulator has ended that another window ran. One that stops in order takes its file away before its process ends, and one
 * that crashes leaves it.
 */
export async function howItEnded(data: string): Promise<Ending> {
  for (let waited = 0; waited < patienceMs; waited += pauseMs) {
    const pid = await processIn(data);
    if (pid === undefined) return existsSync(stoppedFile(data)) ? 'stopped' : 'closed';
    if (await findEmulator(data)) return 'goesOn';
    // The file is looked for once more: it may have gone between the two questions.
    if (!isAlive(pid) && (await processIn(data)) === pid) return 'crashed';
    await sleep(pauseMs);
  }
  return 'goesOn';
}

const ownerSchema = z.object({ pid: z.number().int().positive() });

/** The process that the file names; undefined where there is no such file. */
async function processIn(data: string): Promise<number | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(discoveryFile(data), 'utf8'))).pid;
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it lives, and is somebody else's
  }
}
