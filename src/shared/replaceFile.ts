import { constants, lstat, open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { isInside } from './regularFileInside.ts';

export interface ReplaceOptions {
  /** What others may do with the file. Only its owner may read it where nothing is said: it may hold a key. `usual` is what any new file gets. */
  readonly mode?: number | 'usual';
  /** Throws where the file would come to lie outside of this folder, by the real paths of both. */
  readonly inside?: string;
}

/** Never an existing file, and never through a link that somebody put where the draft is to be. */
const onlyNew = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes `text` to `path` so that a reader sees the old file or the new one, never a part. A link at `path` is replaced, not followed.
 * Throws what the file system throws (ENOSPC, EACCES, EISDIR, …); the old file is then untouched.
 */
export async function replaceFile(
  path: string,
  text: string | Uint8Array,
  { mode = 0o600, inside }: ReplaceOptions = {},
): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}.tmp`; // a name that nobody can guess, and so nobody can take first
  const file = await open(draft, onlyNew, mode === 'usual' ? 0o666 : mode);
  try {
    try {
      if (inside !== undefined) await holdInside(file, draft, inside);
      if (mode !== 'usual') await file.chmod(mode); // past the umask: the old file may be open to more
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (inside !== undefined) await holdReplaceable(path);
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => undefined); // with its folder moved away there is nothing to remove
    throw error;
  }
}

/** Asked of the open draft, before anything is in it: what is written goes to that file, wherever its path leads afterwards. */
async function holdInside(file: FileHandle, draft: string, folder: string): Promise<void> {
  const [top, real] = [await realpath(folder), await realpath(draft)];
  const [there, opened] = [await stat(real, { bigint: true }), await file.stat({ bigint: true })];
  if (!isInside(top, real) || there.ino !== opened.ino || there.dev !== opened.dev)
    throw new Error('The file leads out of the folder.');
}

async function holdReplaceable(path: string): Promise<void> {
  const old = await lstat(path).catch(() => undefined);
  if (old && !old.isFile()) throw new Error('Something that is not a regular file stands there.');
}
