import { join } from 'node:path';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFile, smallFileWords } from '../../shared/smallFile.ts';
import { indexPaths } from '../git/gitIndex.ts';
import { gitFoldersOf } from './gitFolder.ts';

/** Of an index of a million files with long paths, in bytes. */
const mostIndexBytes = 128 * 1024 * 1024;
/** After how many paths others have their turn. */
const pathsAtOnce = 2000;

/**
 * Tells every path that the index of a work tree holds, from its top, with `/`; that of a folder, which stands for all in it, has one at
 * its end. Git is not run. A sentence where the index cannot be read, or not to its end.
 *
 * @param rest awaited now and then
 */
export async function readTracked(
  top: string,
  take: (path: string) => void,
  rest: () => Promise<void> | undefined = () => undefined,
): Promise<Outcome<undefined, string>> {
  const folders = gitFoldersOf(top);
  if (!folders) return ok(undefined);
  let name: string | undefined = 'index';
  // A split index is two files, and names the other one.
  for (let file = 0; file < 2 && name !== undefined; file += 1) {
    const read = await readSmallFile(join(folders.own, name), { most: mostIndexBytes });
    if (!read.ok) {
      const absent = read.problem === 'absent' && file === 0; // nothing was added yet
      return absent
        ? ok(undefined)
        : refuse(`which files git has is not known: its index ${smallFileWords[read.problem]}`);
    }
    const paths = indexPaths(read.value);
    let step = paths.next();
    for (let count = 1; step.done !== true; count += 1, step = paths.next()) {
      take(step.value);
      if (count % pathsAtOnce === 0) await rest();
    }
    if (!step.value.ok)
      return refuse(`which files git has is not known: its index cannot be read, ${step.value.problem}`);
    name = step.value.value.shared;
  }
  return ok(undefined);
}
