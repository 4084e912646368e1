import { resolve } from 'node:path';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFile } from '../../shared/smallFile.ts';
import { parts, runGit } from './git.ts';

/** A file that the next commit changes: its blobs in the index and in each of the commits before it. */
export interface StagedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly blob: string;
  /** None for a new file; for one that was renamed or copied, that of its origin. */
  readonly before: readonly string[];
}

const submodule = '160000';

/**
 * The files the next commit adds or changes. Of a merge only those that none of its parents has as they are: what another branch had is
 * not the merge's. A sentence where git cannot say.
 */
export async function stagedFiles(folder: string): Promise<Outcome<StagedFile[], string>> {
  const merged = await mergedCommits(folder);
  if (!merged.ok) return merged;
  let files: StagedFile[] | undefined;
  for (const parent of [[], ...merged.value.map((commit) => [commit])]) {
    const changed = await changedSince(folder, parent);
    if (!changed.ok) return changed;
    const before = new Map(changed.value.map((file) => [file.path, file.before]));
    files = files
      ? files
          .filter(({ path }) => before.has(path))
          .map((file) => ({ ...file, before: [...file.before, ...(before.get(file.path) ?? [])] }))
      : changed.value;
  }
  return ok(files ?? []);
}

/** @param parent empty for the last commit, of which there may be none yet */
async function changedSince(folder: string, parent: readonly string[]): Promise<Outcome<StagedFile[], string>> {
  const options = ['--cached', '--raw', '--no-abbrev', '-z', '-M', '--diff-filter=ACMRT', '--no-ext-diff'];
  const output = await runGit(folder, ['diff', ...options, ...parent, '--']);
  if (!output.ok) return output;
  const files: StagedFile[] = [];
  const words = parts(output.value);
  // `:MODE MODE SHA SHA STATUS`, then the path, or two of them: from where, and to where.
  for (let index = 0; index < words.length; index += 2) {
    const [, mode, before = '', blob = '', status = ''] = words[index]?.split(' ') ?? [];
    if (/^[RC]/.test(status)) index += 1;
    const path = words[index + 1] ?? '';
    if (mode !== submodule) files.push({ path, blob, before: /^0*$/.test(before) ? [] : [before] });
  }
  return ok(files);
}

/** The commits that the next one merges into the last; none outside of a merge. */
async function mergedCommits(folder: string): Promise<Outcome<string[], string>> {
  const named = await runGit(folder, ['rev-parse', '--git-path', 'MERGE_HEAD']);
  if (!named.ok) return named;
  const file = resolve(folder, named.value.toString('utf8').replace(/\r?\n$/, ''));
  const read = await readSmallFile(file);
  if (!read.ok) return read.problem === 'absent' ? ok([]) : refuse(`What is merged cannot be read: ${file}`);
  return ok(
    read.value
      .toString('latin1')
      .split('\n')
      .filter((line) => /^[0-9a-f]{40,64}$/.test(line)),
  );
}
