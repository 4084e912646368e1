import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { outsideWords, regularFileInside } from '../../shared/regularFileInside.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFile, smallFileWords } from '../../shared/smallFile.ts';
import { trackedByGit } from '../exclusions/trackedByGit.ts';
import { IgnoreRules } from '../exclusions/ignoreRules.ts';
import { addToGitignore } from '../fixes/envFile.ts';

/** A file of a folder, or one that may be made there. */
export interface PlainFile {
  /** From the folder, as it is shown. */
  readonly name: string;
  /** The real one. */
  readonly path: string;
  /** Empty where there is no file yet. */
  readonly text: string;
  /** Undefined where there is no file yet. */
  readonly mode: number | undefined;
}

/** A file that may hold a key: inside the folder, not tracked by git, and ignored by it once `.gitignore` is changed. */
export interface KeyFile extends PlainFile {
  /** The change of `.gitignore` that has to come first; undefined where the file is ignored as things are. */
  readonly ignore: { readonly file: PlainFile; readonly text: string } | undefined;
}

/** Why a file is no place for a key: a sentence, and whether that would change if git did not track it. */
export interface KeyFileProblem {
  readonly why: string;
  readonly tracked: boolean;
}

/**
 * A file that may be given a key, or why it may not. Asked before a key goes anywhere, and again before it is written. No program is run.
 *
 * @param name from the folder, with `/`
 */
export async function findKeyFile(folder: string, name: string): Promise<Outcome<KeyFile, KeyFileProblem>> {
  const file = await findPlainFile(folder, name);
  if (!file.ok) return refuse({ why: `${file.problem} No key is written there.`, tracked: false });
  const { path } = file.value;
  switch (await trackedByGit(path)) {
    case 'yes':
      return refuse({ why: `git tracks ${name}: a key in it would be committed.`, tracked: true });
    case 'unknown':
      return refuse({ why: `Nobody can tell whether git tracks ${name}: its index cannot be read.`, tracked: false });
    case 'no':
  }
  if (IgnoreRules.at(dirname(path)).gitLeavesOut(path)) return ok({ ...file.value, ignore: undefined });
  // The last line of the nearest file has the last word, whatever other files and other lines say.
  const gitignore = await findPlainFile(folder, join(dirname(name), '.gitignore'), {
    path: join(dirname(path), '.gitignore'),
    links: 'refuse',
  });
  if (!gitignore.ok)
    return refuse({
      why: `git does not ignore ${name}, and ${gitignore.problem} No key is written there.`,
      tracked: false,
    });
  const text = addToGitignore(gitignore.value.text, basename(path));
  return ok({ ...file.value, ignore: { file: gitignore.value, text } });
}

interface PlainFileOptions {
  /** Where the file is, where its name does not say it. */
  readonly path?: string;
  /** A link that stays in the folder is followed; git itself follows none to its ignore files. */
  readonly links?: 'follow' | 'refuse';
}

/** A regular file inside the folder by its real path, with its text, or a sentence on why it is none that can be changed. */
export async function findPlainFile(
  folder: string,
  name: string,
  { path: wanted = join(folder, name), links = 'follow' }: PlainFileOptions = {},
): Promise<Outcome<PlainFile, string>> {
  // A folder that is not there yet has no files, and leads nowhere.
  if (!(await stat(folder).catch(() => undefined))) return ok({ name, path: wanted, text: '', mode: undefined });
  if (links === 'refuse' && (await lstat(wanted).catch(() => undefined))?.isSymbolicLink())
    return refuse(`${name} is a link, which git does not follow.`);
  const real = await regularFileInside(folder, wanted);
  if (!real.ok) return refuse(`${name} ${outsideWords[real.problem]}.`);
  const { path, exists } = real.value;
  // A file is replaced by a new one: it is the folder that must be open to that, and a file that is closed is meant to stay.
  const closed = !(await mayWrite(dirname(path))) || (exists && !(await mayWrite(path)));
  if (closed) return refuse(`${name} cannot be written.`);
  if (!exists) return ok({ name, path, text: '', mode: undefined });
  const [read, stats] = [await readSmallFile(path), await lstat(path).catch(() => undefined)];
  if (!read.ok) return refuse(`${name} ${smallFileWords[read.problem]}.`);
  const text = textOf(read.value);
  if (text === undefined) return refuse(`${name} is no text in UTF-8.`);
  return ok({ name, path, text, mode: (stats?.mode ?? 0o600) & 0o777 });
}

const mayWrite = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

/** The text with its byte-order mark; undefined for what would not be the same bytes again. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
