import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { cwd, stdin } from 'node:process';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { noExcuses, readExcuses } from '../exclusions/repositoryExcuses.ts';
import { runGit } from '../git/git.ts';
import { historyBlobs } from '../git/historyBlobs.ts';
import { readBlobs } from '../git/readBlobs.ts';
import { stagedFiles } from '../git/stagedFiles.ts';
import type { Report, ReportedLeak } from '../report/report.ts';
import { mostBytes } from '../scan/readFile.ts';
import { scan } from '../scan/scan.ts';
import { scanBytes } from '../scan/scanBytes.ts';
import type { SkippedFile } from '../scan/scanResult.ts';

/** What a source gives, but for the time it took. */
export type Found = Omit<Report, 'ms'>;

/** As a person would type it: below the working directory where it is there, with `/`. */
function shown(file: string): string {
  const near = relative(cwd(), file);
  return (near.startsWith('..') ? file : near).split(sep).join('/');
}

/** Scans files and folders. */
export async function scanPaths(paths: readonly string[], ignore: boolean): Promise<Outcome<Found, string>> {
  const roots = paths.map((path) => resolve(path));
  for (const [index, root] of roots.entries()) {
    try {
      await stat(root);
    } catch (error) {
      return refuse(`${paths[index]} cannot be read: ${messageOf(error)}`);
    }
  }
  const { files, skipped, mistakes, scanned, bytes, binary } = await scan({ roots, ignoreFiles: ignore });
  return ok({
    leaks: files.flatMap(({ file, leaks }) => leaks.map((leak) => ({ ...leak, file: shown(file) }))),
    files: scanned,
    bytes,
    binary,
    skipped: skipped.map(({ file, why }) => ({ file: shown(file), why })),
    warnings: mistakes.map(({ file, line, why }) => `${shown(file)}:${line}: this line excuses nothing: ${why}`),
  });
}

/** Scans what comes in as one file. */
export async function scanStdin(file: string, ignore: boolean): Promise<Outcome<Found, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const leaks = scanBytes(bytes, { path: file }, ignore);
  return ok({
    leaks: leaks.map((leak) => ({ ...leak, file })),
    files: 1,
    bytes: bytes.length,
    skipped: [],
  });
}

/** The root of the repository that the working directory is in; a sentence where it is in none. */
async function repositoryRoot(): Promise<Outcome<string, string>> {
  const root = await runGit(cwd(), ['rev-parse', '--show-toplevel']);
  return root.ok ? ok(root.value.toString('utf8').replace(/\r?\n$/, '')) : root;
}

/** Scans what the next commit adds: a leak that a file already had in the last commit is not the new commit's. */
export async function scanStaged(ignore: boolean): Promise<Outcome<Found, string>> {
  const root = await repositoryRoot();
  if (!root.ok) return root;
  const staged = await stagedFiles(root.value);
  if (!staged.ok) return staged;
  const excuses = ignore ? await readExcuses(root.value) : noExcuses;
  const files = staged.value.filter(({ path }) => !excuses.ignores(path));
  const ids = new Set(files.flatMap(({ blob, before }) => [blob, ...before]));
  const blobs = new Map<string, Buffer | undefined>();
  for await (const { name, bytes } of readBlobs(root.value, [...ids], mostBytes)) blobs.set(name, bytes);
  const leaks: ReportedLeak[] = [];
  const skipped: SkippedFile[] = [];
  let read = 0;
  for (const { path, blob, before } of files) {
    const bytes = blobs.get(blob);
    if (!bytes) {
      skipped.push({ file: path, why: 'too large' });
      continue;
    }
    read += bytes.length;
    const found = scanBytes(bytes, { path }, ignore);
    const known = new Set(
      (found.length > 0 ? before : []).flatMap((id) => {
        const old = blobs.get(id);
        return old ? scanBytes(old, { path }, false).map(({ fingerprint }) => fingerprint) : [];
      }),
    );
    for (const leak of found)
      if (!known.has(leak.fingerprint) && !excuses.fingerprints.has(leak.fingerprint))
        leaks.push({ ...leak, file: path });
  }
  return ok({ leaks, files: files.length, bytes: read, skipped });
}

/** Scans every version of every file in a range of commits, each once. */
export async function scanHistory(range: string | undefined, ignore: boolean): Promise<Outcome<Found, string>> {
  const root = await repositoryRoot();
  if (!root.ok) return root;
  const blobs = await historyBlobs(root.value, range);
  if (!blobs.ok) return blobs;
  const excuses = ignore ? await readExcuses(root.value) : noExcuses;
  const byId = new Map(blobs.value.filter(({ path }) => !excuses.ignores(path)).map((blob) => [blob.blob, blob]));
  const leaks: ReportedLeak[] = [];
  const skipped: SkippedFile[] = [];
  let read = 0;
  for await (const { name, bytes, missing } of readBlobs(root.value, [...byId.keys()], mostBytes)) {
    const blob = byId.get(name);
    if (!blob) continue;
    if (!bytes) {
      skipped.push({ file: blob.path, why: missing ? 'vanished' : 'too large' });
      continue;
    }
    read += bytes.length;
    const { commit, author, date, path } = blob;
    for (const leak of scanBytes(bytes, { path }, ignore))
      if (!excuses.fingerprints.has(leak.fingerprint))
        leaks.push({ ...leak, file: path, introduced: { commit, author, date } });
  }
  return ok({ leaks, files: byId.size, bytes: read, skipped });
}
