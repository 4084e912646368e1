import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { systemCode } from './errors.ts';
import type { Outcome } from './result.ts';
import { ok, refuse } from './result.ts';
import { mostSmallBytes } from './smallFile.ts';

/** Where a file really is. */
export interface RealFile {
  /** Its real path; for one that does not exist yet, below the real path of the nearest folder that does. */
  readonly path: string;
  readonly exists: boolean;
}

/** Why a file is not one to write to: it is elsewhere by its real path, no regular file, larger than the limit, or nobody can tell. */
export type OutsideProblem = 'outside' | 'notRegular' | 'tooLarge' | 'unreadable';

/**
 * Finds out whether a file is, or would become, a regular file inside a folder, by the real paths of both. To be asked before anything is
 * written to a place that a repository names: links in it, and instead of it, may lead out of the folder.
 */
export async function regularFileInside(
  folder: string,
  file: string,
  { most = mostSmallBytes }: { readonly most?: number } = {},
): Promise<Outcome<RealFile, OutsideProblem>> {
  try {
    const top = await realpath(folder);
    const wanted = resolve(file);
    if (!(await isThere(wanted))) {
      const path = await realPathOfMissing(wanted);
      return isInside(top, path) ? ok({ path, exists: false }) : refuse('outside');
    }
    const path = await realpath(wanted);
    if (!isInside(top, path)) return refuse('outside');
    const stats = await stat(path);
    if (!stats.isFile()) return refuse('notRegular');
    return stats.size > most ? refuse('tooLarge') : ok({ path, exists: true });
  } catch (error) {
    // A link that leads nowhere, or in circles, leads to no place that could be judged.
    return refuse(['ENOENT', 'ELOOP'].includes(systemCode(error) ?? '') ? 'outside' : 'unreadable');
  }
}

/** The end of a sentence that begins with the file: why it is not written to. */
export const outsideWords: Readonly<Record<OutsideProblem, string>> = {
  outside: 'leads out of the folder',
  notRegular: 'is not a regular file',
  tooLarge: 'is too large',
  unreadable: 'cannot be read',
};

/** By their names alone: both must be real paths. */
export function isInside(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function realPathOfMissing(path: string): Promise<string> {
  const names: string[] = [];
  let parent = path;
  do {
    names.unshift(parent.slice(dirname(parent).length).replace(/^[\\/]/, ''));
    parent = dirname(parent);
  } while (!(await isThere(parent)));
  return join(await realpath(parent), ...names);
}
