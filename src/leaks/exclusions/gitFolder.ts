import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The folder with the files that all work trees of a repository share, `info/exclude` among them. Undefined where `top` is no work tree. */
export function sharedGitFolder(top: string): string | undefined {
  const git = resolve(top, '.git');
  const stats = statSync(git, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (stats.isDirectory()) return git;
  // A linked work tree and a submodule have a file that names the folder; that of a work tree names the shared one in turn.
  const named = /^gitdir: (?<folder>.+)$/m.exec(readText(git) ?? '')?.groups?.['folder'];
  if (named === undefined) return undefined;
  const folder = resolve(top, named.trim());
  const shared = readText(resolve(folder, 'commondir'));
  return shared === undefined ? folder : resolve(folder, shared.trim());
}

/** The top of the work tree that a folder is in; undefined where it is in none. */
export function workTreeOf(folder: string): string | undefined {
  for (let one = folder; ; one = dirname(one)) {
    if (statSync(resolve(one, '.git'), { throwIfNoEntry: false })) return one;
    if (dirname(one) === one) return undefined;
  }
}

/** Undefined where there is no such file, or none that we may read: then it says nothing. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
