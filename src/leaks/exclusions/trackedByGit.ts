import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readSmallFile } from '../../shared/smallFile.ts';
import { indexPaths } from '../git/gitIndex.ts';

/** Whether git has a file, as its index tells: `unknown` where the index cannot be read, or leaves it open. */
export type Tracked = 'no' | 'yes' | 'unknown';

/** Of an index of a million files with long paths, in bytes. */
const mostIndexBytes = 128 * 1024 * 1024;

/**
 * Whether a repository around a file tracks it, the nearest or one around that. No program is run for it, so it may be asked in a workspace
 * that nobody trusts. A file that is deleted, or not there yet, can be tracked all the same.
 *
 * @param path the real path of the file
 */
export async function trackedByGit(path: string): Promise<Tracked> {
  let tracked: Tracked = 'no';
  for (let top = dirname(path); ; top = dirname(top)) {
    for (const folder of await indexFoldersOf(top)) {
      const found = await findInIndex(folder, relative(top, path).replaceAll(sep, '/'));
      if (found === 'yes') return found;
      if (found === 'unknown') tracked = found;
    }
    if (dirname(top) === top) return tracked;
  }
}

/**
 * Where git may look for the index of a work tree with this top: behind its `.git`, and in itself where it looks like a repository. Wherever
 * that leads: nothing but an index is read there, and to leave one out would be to say that it has nothing.
 */
async function indexFoldersOf(top: string): Promise<string[]> {
  const git = join(top, '.git');
  const stats = await stat(git).catch(() => undefined);
  if (stats?.isDirectory()) return [git];
  if (stats) {
    const text = await readSmallFile(git, { links: 'follow' });
    const words = text.ok ? text.value.toString('utf8') : '';
    const named = /^gitdir: (?<folder>.+)$/m.exec(words)?.groups?.['folder']?.trim();
    // On Windows a path that begins like this makes the system speak to another machine.
    if (named !== undefined && !/^[\\/]{2}/.test(named)) return [resolve(top, named)];
  }
  const parts = ['HEAD', 'objects', 'refs'].map((name) => stat(join(top, name)).catch(() => undefined));
  return (await Promise.all(parts)).every(Boolean) ? [top] : [];
}

/** @param path as git writes it: from the top, with `/` */
async function findInIndex(folder: string, path: string): Promise<Tracked> {
  const wanted = folded(path);
  let found: Tracked = 'no';
  let name: string | undefined = 'index';
  // A split index is two files, and names the other one.
  for (let file = 0; file < 2 && name !== undefined; file += 1) {
    const index = await readSmallFile(join(folder, name), { most: mostIndexBytes, links: 'follow' });
    if (!index.ok) return index.problem === 'absent' && file === 0 ? 'no' : 'unknown';
    const paths = indexPaths(index.value);
    let step = paths.next();
    for (; step.done !== true; step = paths.next()) {
      const here = folded(step.value);
      if (here === wanted) return 'yes';
      // A folder that is not checked out stands for all that is in it.
      if (here.endsWith('/') && wanted.startsWith(here)) found = 'unknown';
    }
    if (!step.value.ok) return 'unknown';
    name = step.value.value.shared;
  }
  return found;
}

/** Case is no difference, as on some systems it is none. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase();
