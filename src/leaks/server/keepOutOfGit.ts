import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { regularFileInside } from '../../shared/regularFileInside.ts';
import { trackedByGit } from '../exclusions/trackedByGit.ts';
import { runGit } from '../git/git.ts';
import type { KeepOutAnswer, KeepOutParams } from '../protocol.ts';
import { noGit } from './guardState.ts';
import { findKeyFile } from './keyFile.ts';
import { writeKeyFile } from './writeKeyFile.ts';

/**
 * Keeps a file that may hold keys out of git: by `.gitignore`, and out of its index where that is asked for. The file stays.
 *
 * @param trusted git may be run
 */
export async function keepOutOfGit(
  { uri, folder: folderUri, untrack }: KeepOutParams,
  trusted: boolean,
): Promise<KeepOutAnswer> {
  const folder = fileURLToPath(folderUri);
  const name = relative(folder, fileURLToPath(uri)).replaceAll(sep, '/');
  let file = await findKeyFile(folder, name);
  if (!file.ok && file.problem.tracked && untrack) {
    if (!trusted) return { ok: false, why: noGit };
    const why = await removeFromIndex(folder, name);
    if (why !== undefined) return { ok: false, why };
    file = await findKeyFile(folder, name);
  }
  if (!file.ok) {
    const { why, tracked } = file.problem;
    return { ok: false, why, ...(tracked ? { tracked: { file: name } } : {}) };
  }
  const written = await writeKeyFile(folder, file.value, file.value.text);
  return written.ok ? { ok: true } : { ok: false, why: written.problem };
}

/** As `git rm --cached` does it, but by the command that looks at nothing else: no filter of the repository is asked. */
async function removeFromIndex(folder: string, name: string): Promise<string | undefined> {
  const real = await regularFileInside(folder, join(folder, name));
  if (!real.ok) return `${name} is not a file of this folder.`;
  const removed = await runGit(folder, ['update-index', '--force-remove', '--', real.value.path]);
  if (!removed.ok) return `git did not stop tracking ${name}: ${removed.problem}`;
  return (await trackedByGit(real.value.path)) === 'no' ? undefined : `git still tracks ${name}.`;
}
