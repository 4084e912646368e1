import { lstatSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { cwd } from 'node:process';
import picomatch from 'picomatch';
import { IgnoreRules } from '../exclusions/ignoreRules.ts';
import type { ScanRequest, SkippedFile } from './scanResult.ts';
import { Turns } from './turns.ts';
import { codeOf, whyNot } from './whyNot.ts';

/** Files of one folder that are to be read. */
export interface ListedFiles {
  /** Absolute, with a separator at the end. */
  readonly folder: string;
  /** The folder as rules on paths see it: below the working directory or the root, with `/`, also at its end; may be empty. */
  readonly path: string;
  readonly names: readonly string[];
}

export interface Listing {
  readonly skipped: SkippedFile[];
  /** Keys that ignore files excuse; complete when the listing is. */
  readonly excused: Set<string>;
}

/** Every file below the roots that no rule leaves out, a folder at a time. Links are not followed, but for the roots themselves. */
export async function* listFiles(request: ScanRequest, listing: Listing): AsyncGenerator<ListedFiles> {
  const turns = new Turns();
  const { roots, exclude = [], ignoreFiles = true, signal } = request;
  const excludes = exclude.length > 0 ? picomatch([...exclude], { dot: true }) : () => false;
  for (const root of apart(roots)) {
    const shown = shownPath(root);
    const stats = statOf(root, listing.skipped);
    if (stats?.isFile()) yield fileAt(root, shown);
    if (!stats?.isDirectory()) continue;
    const rules = ignoreFiles ? IgnoreRules.at(root) : undefined;
    const folders: Folder[] = [{ folder: root, path: shown === '' ? '' : `${shown}/`, inside: '', rules }];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      const resting = turns.rest();
      if (resting) await resting;
      if (signal?.aborted) return;
      const files = listFolder(folder, { excludes, skipped: listing.skipped, folders });
      if (files.names.length > 0) yield files;
    }
    for (const fingerprint of rules?.fingerprints ?? []) listing.excused.add(fingerprint);
  }
}

/** Without those that lie in another: what is below both would be found twice. */
function apart(roots: readonly string[]): string[] {
  const all = [...new Set(roots)];
  return all.filter(
    (root) => !all.some((other) => other !== root && root.startsWith(other.endsWith(sep) ? other : other + sep)),
  );
}

interface Folder {
  readonly folder: string;
  readonly path: string;
  /** Below its root, with `/` at the end; empty for the root itself. */
  readonly inside: string;
  /** Those of the folders above it. */
  readonly rules: IgnoreRules | undefined;
}

interface Walk {
  readonly excludes: (path: string) => boolean;
  readonly skipped: SkippedFile[];
  /** Folders that are still to be listed. */
  readonly folders: Folder[];
}

function listFolder({ folder, path, inside, rules }: Folder, { excludes, skipped, folders }: Walk): ListedFiles {
  const names: string[] = [];
  const here = inside === '' ? rules : rules?.entering(folder);
  for (const entry of entriesOf(folder, skipped)) {
    const { name } = entry;
    const isFolder = entry.isDirectory();
    if (isFolder && name === '.git') continue;
    const file = `${folder}${sep}${name}`;
    if (excludes(inside + name) || here?.ignores(file, isFolder)) continue;
    if (isFolder) folders.push({ folder: file, path: `${path}${name}/`, inside: `${inside}${name}/`, rules: here });
    else if (entry.isFile()) names.push(name);
    else if (entry.isSymbolicLink()) noteBrokenLink(file, skipped);
  }
  return { folder: `${folder}${sep}`, path, names };
}

/** A file that was named itself. */
function fileAt(file: string, shown: string): ListedFiles {
  const name = basename(file);
  return {
    folder: file.slice(0, file.length - name.length),
    path: shown.slice(0, shown.length - name.length),
    names: [name],
  };
}

/** Below the working directory where it is there, otherwise from its own name on; with `/`. */
function shownPath(root: string): string {
  const near = relative(cwd(), root);
  return (near.startsWith('..') ? basename(root) : near).split(sep).join('/');
}

function entriesOf(folder: string, skipped: SkippedFile[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    skipped.push({ file: folder, why: whyNot(error) });
    return [];
  }
}

function statOf(file: string, skipped: SkippedFile[]): ReturnType<typeof statSync> | undefined {
  try {
    const stats = statSync(file);
    if (!stats.isFile() && !stats.isDirectory()) skipped.push({ file, why: 'not a file' });
    return stats;
  } catch (error) {
    skipped.push({ file, why: whyNot(error) });
    return undefined;
  }
}

/** A link that leads somewhere is read where it leads to, if that is to be scanned; one that leads nowhere is told of. */
function noteBrokenLink(file: string, skipped: SkippedFile[]): void {
  try {
    statSync(file);
  } catch (error) {
    try {
      lstatSync(file);
      skipped.push({ file, why: `a link that leads nowhere (${codeOf(error)})` });
    } catch {
      skipped.push({ file, why: 'vanished' });
    }
  }
}
