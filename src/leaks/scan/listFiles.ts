import type { Dirent } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { cwd } from 'node:process';
import picomatch from 'picomatch';
import { workTreeOf } from '../exclusions/gitFolder.ts';
import { IgnoreRules, type IgnoreFiles, type IgnoreMistake } from '../exclusions/ignoreRules.ts';
import { ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import { entriesOf, noteBrokenLink, statOf } from './folderEntries.ts';
import type { Repositories } from './repositories.ts';
import type { ScanRequest, SkippedFile } from './scanResult.ts';
import { Turns } from './turns.ts';
import { unlessAborted } from './unlessAborted.ts';

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
  }
  if (walk.leftOut.size === 0) return;
  const tracked = await unlessAborted(listing.repositories.tracked(), signal, undefined);
  if (tracked) yield* listTracked(walk, tracked.ignored);
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
function* listTracked({ roots, excludes, leftOut, listing }: Walk, files: readonly string[]): Generator<ListedFiles> {
  for (const file of files) {
    const met = whereLeftOut(file, leftOut);
    if (!met || roots.has(file)) continue;
    const inside = met.inside + file.slice(met.folder.length).split(sep).join('/');
    const steps = inside.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
    if (steps.some((step) => excludes(step)) || met.rules?.leftOutBy(file, false) === 'keysmith') continue;
    if (!statOf(file, listing.skipped)?.isFile()) continue;
    yield fileAt(file, met.path + file.slice(met.folder.length).split(sep).join('/'));
  }
}

function whereLeftOut(file: string, leftOut: ReadonlyMap<string, Folder>): Folder | undefined {
  for (let one = file; dirname(one) !== one; one = dirname(one)) {
    const folder = leftOut.get(one);
    if (folder) return folder;
  }
  return undefined;
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
