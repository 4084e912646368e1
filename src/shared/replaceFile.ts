import { open, rename, unlink } from 'node:fs/promises';

/**
 * Writes `text` to `path` so that a reader sees the old file or the new one, never a part. Mode 0600.
 * Throws what the file system throws (ENOSPC, EACCES, EISDIR, …); the old file is then untouched.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => undefined); // the draft may never have come into being
    throw error;
  }
}
