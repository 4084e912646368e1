import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { getuid } from 'node:process';
import { readSmallFileSync } from '../../shared/smallFile.ts';

/** The folders in which git keeps what it knows of a work tree. */
export interface GitFolders {
  /** With the index of this work tree. */
  readonly own: string;
  /** With what all work trees of the repository share, `info/exclude` among them. */
  readonly shared: string;
}

/**
 * Where git keeps what it knows of the work tree at `top`; undefined where `top` is none. A file `.git` may name any folder of the machine:
 * it is followed only to where git itself would have put a linked work tree or a submodule.
 */
export function gitFoldersOf(top: string): GitFolders | undefined {
  const git = resolve(top, '.git');
  const stats = statsOf(git);
  if (stats?.isDirectory()) return isGitFolder(git) ? { own: git, shared: git } : undefined;
  if (!stats?.isFile()) return undefined;
  const named = /^gitdir: (?<folder>.+)$/m.exec(textOf(git) ?? '')?.groups?.['folder']?.trim();
  if (named === undefined || isElsewhere(named)) return undefined;
  const own = resolve(top, named);
  if (isOfModule(top, own)) return isGitFolder(own) ? { own, shared: own } : undefined;
  // A linked work tree: its folder names the file `.git` in turn, which nobody but git has written there.
  const back = textOf(resolve(own, 'gitdir'))?.trim();
  const common = textOf(resolve(own, 'commondir'))?.trim();
  if (back === undefined || common === undefined || isElsewhere(back) || isElsewhere(common)) return undefined;
  if (realPathOf(resolve(own, back)) !== realPathOf(git)) return undefined;
  const shared = resolve(own, common);
  return own.startsWith(`${shared}${sep}`) && isGitFolder(shared) ? { own, shared } : undefined;
}

/** The tops of the work trees that a folder is in, the innermost first. */
export function workTreesAround(folder: string): string[] {
  const tops = [];
  const owner = statsOf(folder)?.uid;
  for (let one = folder; ; one = dirname(one)) {
    const git = statsOf(resolve(one, '.git'));
    // Above what was asked about, a repository of somebody else is none: anyone may make one in a folder for temporary files.
    if (git && (one === folder || isOurs(git, owner)) && gitFoldersOf(one)) tops.push(one);
    if (dirname(one) === one) return tops;
  }
}

/** The top of the work tree that a folder is in; undefined where it is in none. */
export const workTreeOf = (folder: string): string | undefined => workTreesAround(folder)[0];

const isOurs = ({ uid }: Stats, owner: number | undefined): boolean =>
  getuid === undefined || uid === owner || uid === getuid() || uid === 0;

/** What git itself looks for before it takes a folder for one of its own. */
const isGitFolder = (folder: string): boolean =>
  ['objects', 'refs'].every((name) => statOf(resolve(folder, name))?.isDirectory()) &&
  lstatExists(resolve(folder, 'HEAD'));

/** Whether a folder is where the repository around a submodule keeps it. */
function isOfModule(top: string, own: string): boolean {
  for (let one = dirname(top); ; one = dirname(one)) {
    if (own.startsWith(resolve(one, '.git', 'modules') + sep))
      return statsOf(resolve(one, '.git'))?.isDirectory() ?? false;
    if (dirname(one) === one) return false;
  }
}

/** On Windows such a path makes the system speak to another machine. */
const isElsewhere = (path: string): boolean => /^[\\/]{2}/.test(path);

/** The text of a small file, which must be a regular one; undefined where there is none. */
function textOf(file: string): string | undefined {
  const read = readSmallFileSync(file, { most: 64 * 1024 });
  return read.ok ? read.value.toString('utf8') : undefined;
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

const lstatExists = (path: string): boolean => statsOf(path) !== undefined;

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
