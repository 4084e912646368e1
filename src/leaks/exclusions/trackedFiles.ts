import { basename, join } from 'node:path';
import { parts, runGit } from '../git/git.ts';
import { isEnvironmentFile } from './environmentFile.ts';

/** What git has of a work tree although one would not expect it. Paths are absolute. */
export interface TrackedFiles {
  /** Environment files: whoever has the repository has their keys. */
  readonly environment: readonly string[];
  /** Files that ignore files leave out, but which were added all the same, or before. */
  readonly ignored: readonly string[];
}

/** A repository may name a program that git runs to learn of changes; a scan runs nothing of what it looks through. */
const listing = ['-c', 'core.fsmonitor=false', 'ls-files', '-z', '--cached'];

/** Nothing where git cannot be run, or does not trust the folder. */
export async function trackedFiles(top: string): Promise<TrackedFiles> {
  const [environment, ignored] = await Promise.all([
    list(top, ['--', '.env*', '*/.env*', '*.env']),
    list(top, ['--ignored', '--exclude-standard']),
  ]);
  return { environment: environment.filter((file) => isEnvironmentFile(basename(file))), ignored };
}

async function list(top: string, args: readonly string[]): Promise<string[]> {
  const output = await runGit(top, [...listing, ...args]);
  return output.ok ? parts(output.value).map((path) => join(top, path)) : [];
}
