import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../shared/replaceFile.ts';

const discoverySchema = z.object({ origin: z.string(), dashboardToken: z.string(), pid: z.number() });
export type Discovery = z.infer<typeof discoverySchema>;

/** Stands beside the store while an emulator has it, readable by its owner only, so that a second window finds the first one's emulator. */
export const discoveryFile = (data: string): string => join(data, 'emulator.json');

export async function writeDiscovery(data: string, discovery: Discovery): Promise<void> {
  await replaceFile(discoveryFile(data), JSON.stringify(discovery));
}

/** Who has the folder, or undefined where no file tells it. What it says is not to be trusted before the emulator has proved itself. */
export async function readDiscovery(data: string): Promise<Discovery | undefined> {
  try {
    return discoverySchema.parse(JSON.parse(await readFile(discoveryFile(data), 'utf8')));
  } catch {
    return undefined; // absent or damaged: either way nobody is found
  }
}

export async function forgetDiscovery(data: string): Promise<void> {
  await unlink(discoveryFile(data)).catch(() => undefined); // may be gone already
}
