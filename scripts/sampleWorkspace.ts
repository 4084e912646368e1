import { randomBytes } from 'node:crypto';
import { access, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostFolder, repositoryRoot } from '../test/host/repository.ts';

/** Makes the workspace to try the extension on, unless it is there, and returns its absolute path. */
export async function sampleWorkspace(): Promise<string> {
  const folder = join(hostFolder, 'sample');
  const legacy = join(folder, 'legacy.js');
  const made = await access(legacy).then(
    () => true,
    () => false,
  );
  if (made) return folder;
  await cp(join(repositoryRoot, 'test', 'sample'), folder, { recursive: true });
  await writeFile(legacy, legacyProgram());
  return folder;
}

/** A program with two leaks. */
function legacyProgram(): string {
  return `import Stripe from 'stripe';

// Written in a hurry, long ago.
export const live = new Stripe('${fakeSecret('live')}');
export const test = new Stripe('${fakeSecret('test')}');
`;
}

/** Random, and never anyone's. Joined here, so that nothing like a key stands in the repository. */
function fakeSecret(mode: string): string {
  return ['sk', mode, randomBytes(15).toString('hex')].join('_');
}
