import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { replaceFile } from '../shared/replaceFile.ts';
import { proofOf } from './dashboard/access.ts';
import { randomText } from './random.ts';

const discoverySchema = z.object({
  origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
  dashboardToken: z.string(),
  pid: z.number(),
});
export type Discovery = z.infer<typeof discoverySchema>;
const healthSchema = z.object({ proof: z.string() });

/** Stands beside the store while an emulator has it, readable by its owner only, so that a second window finds the first one's emulator. */
export const discoveryFile = (data: string): string => join(data, 'emulator.json');

/** Stands there instead while no emulator runs because somebody asked it to end: the windows that had joined it start none in its place. */
const stoppedFile = (data: string): string => join(data, 'emulator.stopped');

export async function writeDiscovery(data: string, discovery: Discovery): Promise<void> {
  await remove(stoppedFile(data));
  await replaceFile(discoveryFile(data), JSON.stringify(discovery));
}

const answerMs = 500;
const patienceMs = 1000;
const pauseMs = 50;

/**
 * Who has the store, which is known to be taken: an emulator that is just starting is waited for. Undefined where nobody can be named,
 * because the file is absent or damaged, was left by an emulator that was killed, or names one that hangs.
 */
export async function awaitOwner(data: string): Promise<Discovery | undefined> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const owner = await findOwner(data);
    if (owner || performance.now() > end) return owner;
    await sleep(pauseMs);
  }
}

/** The emulator the file tells of, once it has proved that it is that one. */
async function findOwner(data: string): Promise<Discovery | undefined> {
  try {
    const discovery = discoverySchema.parse(JSON.parse(await readFile(discoveryFile(data), 'utf8')));
    const nonce = randomText(32);
    const response = await fetch(`${discovery.origin}/_dashboard/health?nonce=${nonce}`, {
      signal: AbortSignal.timeout(answerMs),
    });
    const { proof } = healthSchema.parse(await response.json());
    return proof === proofOf(discovery.dashboardToken, nonce) ? discovery : undefined;
  } catch {
    return undefined; // no such file, or nobody there
  }
}

/** @param asked whether somebody asked the emulator to end, other than by closing the window that had started it */
export async function forgetDiscovery(data: string, asked: boolean): Promise<void> {
  // First, so that whoever misses the one file finds the other; without it another window starts the emulator again.
  if (asked) await writeFile(stoppedFile(data), '', { mode: 0o600 }).catch(() => undefined);
  await remove(discoveryFile(data));
}

async function remove(file: string): Promise<void> {
  await unlink(file).catch(() => undefined); // may be gone already
}
