import { messageOf } from '../../shared/errors.ts';

/** What the system calls an error, such as `EACCES`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);

/** Why a file is not read, in words. */
export function whyNot(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'vanished';
  return code === 'EACCES' || code === 'EPERM' ? 'unreadable' : `unreadable (${code})`;
}
