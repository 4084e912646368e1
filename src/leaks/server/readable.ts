import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outsideWords, regularFileInside } from '../../shared/regularFileInside.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFile, smallFileWords } from '../../shared/smallFile.ts';
import { PlacedText } from '../placedText.ts';
import { pathOf, type Documents } from './documents.ts';

/** A text that a fix is planned in. */
export interface Readable {
  readonly placed: PlacedText;
  readonly language: string;
  readonly path: string;
}

/** More than a text that an editor lets people change. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The text of a document that a fix may change: as it is in the editor, else on the disk. Refused where its file is no regular one inside the
 * folder: whoever changes it would change something elsewhere.
 */
export async function readableAt(
  documents: Documents,
  uri: string,
  folder: string,
): Promise<Outcome<Readable, string>> {
  const path = uri.startsWith('file:') ? fileURLToPath(uri) : pathOf(uri);
  const name = basename(path);
  const open = documents.get(uri);
  // A folder that is not there yet has no files, and leads nowhere.
  const isFile = /^(?:file|vscode-notebook-cell):/.test(uri) && (await isThere(folder));
  const real = isFile ? await regularFileInside(folder, path, { most: Number.MAX_SAFE_INTEGER }) : undefined;
  if (real && !real.ok) return refuse(`${name} ${outsideWords[real.problem]}: it is not changed.`);
  if (open) return ok({ placed: open.model.whole(), language: open.language, path: open.path });
  const read = await readSmallFile(real?.value.path ?? path, { most: mostBytes });
  if (!read.ok) return refuse(`${name} ${smallFileWords[read.problem]}.`);
  return ok({ placed: new PlacedText(read.value.toString('utf8')), language: '', path });
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
