import { fileURLToPath } from 'node:url';
import { messageOf } from '../../shared/errors.ts';
import { replaceFile } from '../../shared/replaceFile.ts';
import { excuseFingerprint, ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import type { ExcuseAnswer, ExcuseParams } from '../protocol.ts';
import type { Documents } from './documents.ts';
import { isUnsaved } from './fixTarget.ts';
import { findPlainFile } from './keyFile.ts';

/** Excuses a key wherever it stands, in the folder's own ignore file. */
export async function excuseKey(
  documents: Documents,
  { folder: uri, fingerprint, reason }: ExcuseParams,
): Promise<ExcuseAnswer> {
  const folder = fileURLToPath(uri);
  const file = await findPlainFile(folder, ignoreFileName);
  if (!file.ok) return { ok: false, why: `${file.problem} The key is not ignored.` };
  if (isUnsaved(documents, file.value))
    return { ok: false, why: `Save ${ignoreFileName} first: it has changes that are not saved.` };
  const text = excuseFingerprint(file.value.text, fingerprint, reason);
  if (text === file.value.text) return { ok: true };
  try {
    await replaceFile(file.value.path, text, { inside: folder, mode: file.value.mode ?? 'usual' });
    return { ok: true };
  } catch (error) {
    return { ok: false, why: `${ignoreFileName} was not changed: ${messageOf(error)}` };
  }
}
