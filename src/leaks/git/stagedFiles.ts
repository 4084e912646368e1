import type { Outcome } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import { parts, runGit } from './git.ts';

/** A file that the next commit changes: its blobs in the index and in the last commit. */
export interface StagedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly blob: string;
  /** Undefined for a new file; for one that was renamed or copied, that of its origin. */
  readonly before: string | undefined;
}

const submodule = '160000';

/** The files the next commit adds or changes. A sentence where git cannot say. */
export async function stagedFiles(folder: string): Promise<Outcome<StagedFile[], string>> {
  const output = await runGit(folder, [
    'diff',
    '--cached',
    '--raw',
    '--no-abbrev',
    '-z',
    '-M',
    '--diff-filter=ACMRT',
    '--no-ext-diff',
  ]);
  if (!output.ok) return output;
  const files: StagedFile[] = [];
  const words = parts(output.value);
  // `:MODE MODE SHA SHA STATUS`, then the path, or two of them: from where, and to where.
  for (let index = 0; index < words.length; index += 2) {
    const [, mode, before = '', blob = '', status = ''] = words[index]?.split(' ') ?? [];
    if (/^[RC]/.test(status)) index += 1;
    const path = words[index + 1] ?? '';
    if (mode !== submodule) files.push({ path, blob, before: /^0+$/.test(before) ? undefined : before });
  }
  return ok(files);
}
