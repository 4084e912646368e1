import type { Dirent } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { cwd } from 'node:process';
import picomatch from 'picomatch';
import { regularFileInside } from '../../shared/regularFileInside.ts';
import { workTreeOf } from '../exclusions/gitFolder.ts';
import { IgnoreRules, type IgnoreFiles, type IgnoreMistake } from '../exclusions/ignoreRules.ts';
import { ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import { entriesOf, noteBrokenLink, statOf } from './folderEntries.ts';
import type { Repositories } from './repositories.ts';
import type { ScanRequest, SkippedFile } from './scanResult.ts';
import { Turns } from './turns.ts';

/** Files of one folder that are to be read. */
export interface ListedFiles {
  /** Absolute, with a separator at the end. */
  readonly folder: string;
  /** The folder as rules on paths see it: below the working directory or the root, with `/`, also at its end; may be empty. */
  readonly path: string;
  readonly names: readonly string[];
  /** Counts the parts in which the files of a folder are given, from 0; -1 for a file that is given apart from them. */
  readonly part: number;
}

/** What is noted beside the files; complete when the list is. */
export interface Listing {
  readonly skipped: SkippedFile[];
  /** Keys that ignore files excuse. */
  readonly excused: Set<string>;
  readonly mistakes: IgnoreMistake[];
  readonly repositories: Repositories;
}

/** So many names at most are looked at in one piece, and given at a time. */
const partLength = 200;

/**
 * Every file below the roots that no rule leaves out, at most so many of a folder at a time. Links are not followed, but for the roots
 * themselves. A root that is below another is listed once, as what was named. Last come files that git has although its own rules leave
 * them out.
 */
export async function* listFiles(request: ScanRequest, listing: Listing): AsyncGenerator<ListedFiles> {
  const roots = new Set(request.roots.map((root) => resolve(root)));
  const { exclude = [], ignoreFiles = true, signal } = request;
  const excludes = exclude.length > 0 ? picomatch([...exclude], { dot: true }) : () => false;
  const walk: Walk = { roots, excludes, listing, folders: [], leftOut: new Map(), turns: new Turns() };
  const unread = new Map<string, string>();
  for (const root of roots) {
    const stats = statOf(root, listing.skipped);
    if (!stats?.isFile() && !stats?.isDirectory()) continue;
    const shown = shownPath(root);
    const folder = stats.isFile() ? dirname(root) : root;
    const top = workTreeOf(folder);
    if (top !== undefined) listing.repositories.found(top);
    const rules = ignoreFiles ? IgnoreRules.at(folder) : undefined;
    if (stats.isDirectory()) {
      const path = shown === '' ? '' : `${shown}/`;
      walk.folders.push({ folder: withEnd(root), path, inside: '', rules });
      for (let one = walk.folders.pop(); one; one = walk.folders.pop()) {
        if (signal?.aborted) return;
        yield* listFolder(one, walk);
      }
    } else if (rules?.leftOutBy(root, false) !== 'keysmith') yield fileAt(root, shown);
    for (const fingerprint of rules?.notes.fingerprints ?? []) listing.excused.add(fingerprint);
    listing.mistakes.push(...(rules?.notes.mistakes ?? []));
    for (const [file, why] of rules?.notes.unread ?? []) unread.set(file, why);
  }
  for (const [file, why] of unread) listing.skipped.push({ file, why });
  const { leftOut } = walk;
  const finder = new LeftOutFinder(leftOut);
  await listing.repositories.read((file) => finder.find(file) !== undefined, listing.skipped, signal);
  if (!signal?.aborted) yield* listTracked(walk, listing.repositories.tracked.ignored);
}

interface Folder {
  /** With a separator at its end. */
  readonly folder: string;
  readonly path: string;
  /** Below its root, with `/` at the end; empty for the root itself. */
  readonly inside: string;
  /** Of a folder that is still to be listed: for a root its own, for others those of the folder above. */
  readonly rules: IgnoreRules | undefined;
}

interface Walk {
  readonly roots: ReadonlySet<string>;
  readonly excludes: (path: string) => boolean;
  readonly listing: Listing;
  /** Folders that are still to be listed. */
  readonly folders: Folder[];
  /** Files and folders that git's rules leave out, and where they were met. */
  readonly leftOut: Map<string, Folder>;
  readonly turns: Turns;
}

async function* listFolder(listed: Folder, walk: Walk): AsyncGenerator<ListedFiles> {
  const { folder, path, inside } = listed;
  const { roots, excludes, listing, folders, leftOut, turns } = walk;
  const entries = entriesOf(folder, listing.skipped);
  const has = ignoreFilesAmong(entries);
  if (has.repository && inside !== '') listing.repositories.found(folder.slice(0, -1));
  const rules = inside === '' ? listed.rules : listed.rules?.entering(folder.slice(0, -1), has);
  const here = { folder, path, inside, rules };
  let names: string[] = [];
  let part = 0;
  for (const [index, entry] of entries.entries()) {
    if (index % partLength === partLength - 1) {
      const resting = turns.rest();
      if (resting) await resting;
    }
    const { name } = entry;
    const isFolder = entry.isDirectory();
    if (isFolder && name === '.git') continue;
    const file = folder + name;
    if (excludes(inside + name) || roots.has(file)) continue;
    const by = rules?.leftOutBy(file, isFolder);
    if (by === 'git') leftOut.set(file, here);
    if (by !== undefined) continue;
    if (isFolder)
      folders.push({ folder: `${file}${sep}`, path: `${path}${name}/`, inside: `${inside}${name}/`, rules });
    else if (entry.isFile()) names.push(name);
    else if (entry.isSymbolicLink()) noteBrokenLink(file, listing.skipped);
    if (names.length < partLength) continue;
    yield { folder, path, names, part };
    names = [];
    part += 1;
  }
  if (names.length > 0) yield { folder, path, names, part };
  const resting = turns.rest();
  if (resting) await resting;
}

/** Those of the files that only git's own rules have left out. */
async function* listTracked(
  { roots, excludes, leftOut, listing }: Walk,
  files: readonly string[],
): AsyncGenerator<ListedFiles> {
  const finder = new LeftOutFinder(leftOut);
  for (const file of files) {
    const met = finder.find(file);
    if (!met || roots.has(file)) continue;
    const below = file.slice(met.folder.length).split(sep);
    const steps = below.map((_, index) => below.slice(0, index + 1));
    if (steps.some((step) => excludes(met.inside + step.join('/')))) continue;
    const out = ({ length }: readonly string[], step: readonly string[]): boolean =>
      met.rules?.leftOutBy(met.folder + step.join(sep), step.length < length) === 'keysmith';
    if (steps.some((step) => out(below, step))) continue;
    // What git has by this name may have become a link since, or lie behind one.
    const real = await regularFileInside(met.folder, file, { most: Infinity });
    if (!real.ok || real.value.path !== join(await realpath(met.folder), ...below)) continue;
    if (real.value.exists) yield fileAt(file, met.path + below.join('/'));
    else listing.skipped.push({ file, why: 'vanished' });
  }
}

/** Finds by which entry of the walk a file was left out. Files come sorted, and those of one folder share the answer. */
class LeftOutFinder {
  readonly #leftOut;
  #folder = '';
  #answer: Folder | undefined;

  constructor(leftOut: ReadonlyMap<string, Folder>) {
    this.#leftOut = leftOut;
  }

  find(file: string): Folder | undefined {
    const folder = dirname(file);
    if (folder !== this.#folder) {
      this.#folder = folder;
      this.#answer = undefined;
      for (let one = folder; !this.#answer && dirname(one) !== one; one = dirname(one))
        this.#answer = this.#leftOut.get(one);
    }
    return this.#leftOut.get(file) ?? this.#answer;
  }
}

function ignoreFilesAmong(entries: readonly Dirent[]): IgnoreFiles {
  let [git, keysmith, repository] = [false, false, false];
  for (const { name } of entries) {
    if (name === '.gitignore') git = true;
    else if (name === ignoreFileName) keysmith = true;
    else if (name === '.git') repository = true;
  }
  return { git, keysmith, repository };
}

/** A file that is given apart from the others of its folder. */
function fileAt(file: string, shown: string): ListedFiles {
  const name = basename(file);
  return {
    folder: file.slice(0, file.length - name.length),
    path: shown.slice(0, shown.length - name.length),
    names: [name],
    part: -1,
  };
}

/** Below the working directory where it is there, otherwise from its own name on; with `/`. */
function shownPath(root: string): string {
  const near = relative(cwd(), root);
  return (near.startsWith('..') ? basename(root) : near).split(sep).join('/');
}

const withEnd = (folder: string): string => (folder.endsWith(sep) ? folder : `${folder}${sep}`);
