import { messageOf } from '../../shared/errors.ts';

/** What the system calls an error, such as `EACCES`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);

/** What stands for bytes that are no UTF-8: a name with it is not the one that the file has. */
const replaced = '\uFFFD';

/** Why a file is not read, in words. */
export function whyNot(error: unknown, file: string): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return file.includes(replaced) ? 'its name is not UTF-8' : 'vanished';
  return code === 'EACCES' || code === 'EPERM' ? 'unreadable' : `unreadable (${code})`;
}
