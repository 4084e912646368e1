import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { cwd, stdin } from 'node:process';
import { maskTokens } from '../../domain/secret.ts';
import { messageOf } from '../../shared/errors.ts';
import { printable } from '../../shared/printable.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { noExcuses, readExcuses } from '../exclusions/repositoryExcuses.ts';
import { runGit } from '../git/git.ts';
import { annotatedTags, isShallow, readHistory } from '../git/historyBlobs.ts';
import { readBlobs, type Blob } from '../git/readBlobs.ts';
import { stagedFiles, type StagedFile } from '../git/stagedFiles.ts';
import type { Introduction, Report, ReportedLeak } from '../report/report.ts';
import { holdsNoText, isBinary } from '../scan/readFile.ts';
import { scan } from '../scan/scan.ts';
import { scanBytes } from '../scan/scanBytes.ts';
import { leavesGap, tooLarge, type SkippedFile } from '../scan/scanResult.ts';
import { sealedBy } from '../scan/sealed.ts';

/** What a source gives, but for the time it took. */
export type Found = Omit<Report, 'ms'>;

export interface SourceOptions {
  /** Ignore files and comments count. */
  readonly ignore: boolean;
  /** Larger files are told of, not read; in bytes. */
  readonly most: number;
}

/** As the user would type it: below the working directory where it is there, with `/`. A name may hold a token. */
function shown(file: string): string {
  const near = relative(cwd(), file);
  return maskTokens((near.startsWith('..') ? file : near).split(sep).join('/'));
}

/** What can no longer be read was told of by the scan, if it mattered. */
function isNoText(file: string): boolean {
  try {
    return statSync(file).isFile() && holdsNoText(file);
  } catch {
    return false;
  }
}

/** Scans files and folders. */
export async function scanPaths(
  paths: readonly string[],
  { ignore, most }: SourceOptions,
): Promise<Outcome<Found, string>> {
  const roots = paths.map((path) => resolve(path));
  for (const [index, root] of roots.entries()) {
    try {
      await stat(root);
    } catch (error) {
      return refuse(`${paths[index]} cannot be read: ${messageOf(error)}`);
    }
  }
  const { files, mistakes, scanned, bytes, binary, ...rest } = await scan({ roots, ignoreFiles: ignore, most });
  const named = new Set(roots);
  const told = new Set(rest.skipped.map(({ file }) => resolve(file)));
  // In a folder such files are counted; of one that was named itself somebody wants to know.
  const noText = [...named].filter((root) => !told.has(root) && isNoText(root));
  const skipped = [...rest.skipped, ...noText.map((file) => ({ file, why: 'no text' }))];
  return ok({
    leaks: files.flatMap(({ file, leaks }) => leaks.map((leak) => ({ ...leak, file: shown(file), at: file }))),
    files: scanned,
    bytes,
    binary,
    skipped: skipped.map(({ file, why }) => ({ file: shown(file), why })),
    complete: !skipped.some((one) => leavesGap(one) || named.has(resolve(one.file))),
    warnings: mistakes.map(({ file, line, why }) =>
      printable(`${shown(file)}:${line}: this line excuses nothing: ${why}`),
    ),
  });
}

/** Scans what comes in as one file. */
export async function scanStdin(file: string, { ignore, most }: SourceOptions): Promise<Outcome<Found, string>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) return refuse(`The standard input is larger than ${most} bytes: see --max-file-size.`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const sealed = sealedBy(bytes);
  const leaks = sealed ? [] : scanBytes(bytes, { path: file }, ignore);
  return ok({
    leaks: leaks.map((leak) => ({ ...leak, file: maskTokens(file), at: resolve(file) })),
    files: 1,
    bytes: length,
    skipped: sealed ? [{ file: maskTokens(file), why: sealed }] : [],
    complete: sealed === undefined,
  });
}

/** The root of the repository that the working directory is in; a sentence where it is in none. */
async function repositoryRoot(): Promise<Outcome<string, string>> {
  const root = await runGit(cwd(), ['rev-parse', '--show-toplevel']);
  return root.ok ? ok(root.value.toString('utf8').replace(/\r?\n$/, '')) : root;
}

/** Why the content of a blob is not looked through; undefined where it is. */
function whyNotRead({ bytes, head, missing }: Blob): string | undefined {
  if (missing) return 'not in this clone';
  const sealed = sealedBy(bytes ?? head ?? Buffer.alloc(0));
  if (sealed) return sealed;
  return (bytes ?? (head && isBinary(head))) ? undefined : tooLarge;
}

/** Scans what the next commit adds: a leak that a file already had in a commit before it is not the new commit's. */
export async function scanStaged({ ignore, most }: SourceOptions): Promise<Outcome<Found, string>> {
  const root = await repositoryRoot();
  if (!root.ok) return root;
  const staged = await stagedFiles(root.value);
  if (!staged.ok) return staged;
  const excuses = ignore ? await readExcuses(root.value) : noExcuses;
  const files = staged.value.filter(({ path }) => !excuses.ignores(path));
  const skipped: SkippedFile[] = [];
  const suspects: { readonly file: StagedFile; readonly leaks: readonly ReportedLeak[] }[] = [];
  let [count, read] = [0, 0];
  for await (const blob of readBlobs(
    root.value,
    files.map((file) => file.blob),
    { most },
  )) {
    const file = files[count++];
    if (!file) break;
    const at = join(root.value, file.path);
    const why = whyNotRead(blob);
    if (why !== undefined) skipped.push({ file: shown(at), why });
    if (why !== undefined || !blob.bytes) continue;
    read += blob.bytes.length;
    const leaks = scanBytes(blob.bytes, { path: file.path }, ignore)
      .filter(({ fingerprint }) => !excuses.fingerprints.has(fingerprint))
      .map((leak) => ({ ...leak, file: shown(at), at }));
    if (leaks.length > 0) suspects.push({ file, leaks });
  }
  if (count < files.length) return refuse('git ended before it had given all that is staged.');
  const known = await fingerprintsBefore(
    root.value,
    suspects.map(({ file }) => file),
    most,
  );
  const leaks = suspects.flatMap(({ file, leaks: found }) =>
    found.filter(({ fingerprint }) => !known.has(`${file.path}\0${fingerprint}`)),
  );
  return ok({ leaks, files: files.length, bytes: read, skipped, complete: !skipped.some(leavesGap) });
}

/** The keys that files already had in the commits before the next one: path and fingerprint. */
async function fingerprintsBefore(root: string, files: readonly StagedFile[], most: number): Promise<Set<string>> {
  const known = new Set<string>();
  const before = files.flatMap(({ path, before: ids }) => ids.map((id) => ({ path, id })));
  let count = 0;
  for await (const { bytes } of readBlobs(
    root,
    before.map(({ id }) => id),
    { most },
  )) {
    const { path = '' } = before[count++] ?? {};
    if (bytes) for (const { fingerprint } of scanBytes(bytes, { path }, false)) known.add(`${path}\0${fingerprint}`);
  }
  return known;
}

export interface HistoryOptions extends SourceOptions {
  readonly range: string | undefined;
  readonly allowShallow: boolean;
}

/** Scans every version of every file, and every message, in a range of commits, each once. */
export async function scanHistory(options: HistoryOptions): Promise<Outcome<Found, string>> {
  const { range, allowShallow, ignore, most } = options;
  const root = await repositoryRoot();
  if (!root.ok) return root;
  const excuses = ignore ? await readExcuses(root.value) : noExcuses;
  const history = await readHistory(root.value, range, (path) => !excuses.ignores(path));
  if (!history.ok) return history;
  const { blobs, commits } = history.value;
  const tags = range === undefined ? await annotatedTags(root.value) : ok([]);
  if (!tags.ok) return tags;
  const leaks: ReportedLeak[] = [];
  const skipped: SkippedFile[] = [];
  let [count, read] = [0, 0];
  for await (const blob of readBlobs(
    root.value,
    blobs.map((one) => one.blob),
    { most },
  )) {
    const one = blobs[count++];
    if (!one) break;
    const { commit, author, date, path } = one;
    const at = join(root.value, path);
    const why = whyNotRead(blob);
    if (why !== undefined) skipped.push({ file: shown(at), why });
    if (why !== undefined || !blob.bytes) continue;
    read += blob.bytes.length;
    for (const leak of scanBytes(blob.bytes, { path }, ignore))
      if (!excuses.fingerprints.has(leak.fingerprint))
        leaks.push({ ...leak, file: shown(at), at, introduced: { commit, author, date } });
  }
  if (count < blobs.length) return refuse('git ended before it had given the whole history.');
  const messages = [
    {
      type: 'commit',
      of: commits.map((introduced) => ({ id: introduced.commit, introduced, name: introduced.commit })),
    },
    { type: 'tag', of: tags.value.map(({ id, name }) => ({ id, introduced: undefined, name })) },
  ] as const;
  for (const { type, of } of messages) {
    count = 0;
    for await (const object of readBlobs(
      root.value,
      of.map(({ id }) => id),
      { most, type },
    )) {
      const message = of[count++];
      if (!message) break;
      const file = maskTokens(`${type}-message:${message.name}`);
      if (!object.bytes) skipped.push({ file, why: object.missing ? 'not in this clone' : tooLarge });
      else leaks.push(...messageLeaks(object.bytes, file, message.introduced, { ignore }));
    }
    if (count < of.length) return refuse('git ended before it had given the whole history.');
  }
  const shallow = await isShallow(root.value);
  return ok({
    leaks: leaks.filter(({ fingerprint }) => !excuses.fingerprints.has(fingerprint)),
    files: blobs.length,
    bytes: read,
    skipped,
    complete: !skipped.some(leavesGap) && (!shallow || allowShallow),
    warnings: shallow ? ['This clone is shallow: older commits are not in it. Fetch them: git fetch --unshallow'] : [],
  });
}

/** The leaks of what stands behind the headers of a commit or tag. */
function messageLeaks(
  object: Buffer,
  file: string,
  introduced: Introduction | undefined,
  { ignore }: Pick<SourceOptions, 'ignore'>,
): ReportedLeak[] {
  const end = object.indexOf('\n\n');
  if (end < 0) return [];
  const found = scanBytes(object.subarray(end + 2), { path: file }, ignore);
  return found.map((leak) => ({ ...leak, file, ...(introduced && { introduced }) }));
}
