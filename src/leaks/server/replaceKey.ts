import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findLeaks } from '../detect/findLeaks.ts';
import { applyEdits } from '../fixes/textEdit.ts';
import type { ReplaceAnswer, ReplaceParams } from '../protocol.ts';
import type { Documents } from './documents.ts';
import { isUnsaved } from './fixTarget.ts';
import { findKeyFile, findPlainFile } from './keyFile.ts';
import { writeKeyFile } from './writeKeyFile.ts';

/** Puts another key where one stands in an environment file, or tells whether that can be done. */
export async function replaceKey(
  documents: Documents,
  { uri, folder: folderUri, fingerprint, replacement }: ReplaceParams,
): Promise<ReplaceAnswer> {
  const folder = fileURLToPath(folderUri);
  const path = fileURLToPath(uri);
  const name = relative(folder, path).replaceAll(sep, '/');
  const plain = await findPlainFile(folder, name);
  if (!plain.ok) return { ok: false, why: plain.problem };
  const spans = findLeaks(plain.value.text, { path }).filter((leak) => leak.fingerprint === fingerprint);
  if (spans.length === 0) return { ok: true, places: 0 };
  if (isUnsaved(documents, plain.value)) return { ok: false, why: `${name} has changes that are not saved.` };
  if (spans.some(({ form }) => form !== 'plain')) return { ok: false, why: `The key is encoded in ${name}.` };
  const file = await findKeyFile(folder, name);
  if (!file.ok) {
    const { why, tracked } = file.problem;
    return { ok: false, why, ...(tracked ? { tracked: { file: name } } : {}) };
  }
  if (file.value.text !== plain.value.text) return { ok: false, why: `${name} is being changed by somebody else.` };
  if (replacement === undefined) return { ok: true, places: spans.length };
  const text = applyEdits(
    plain.value.text,
    spans.map(({ start, end }) => ({ start, end, text: replacement })),
  );
  const written = await writeKeyFile(folder, file.value, text);
  return written.ok ? { ok: true, places: spans.length } : { ok: false, why: written.problem };
}
