import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSmallFile } from '../../shared/smallFile.ts';
import type { Documents } from './documents.ts';

/** A module of more files is none that somebody wrote. */
const mostFiles = 200;

/** The variables that the other files of a Terraform module declare: a second declaration of one would break it. */
export async function declaredBeside(path: string, documents?: Documents): Promise<string[]> {
  if (!path.endsWith('.tf')) return [];
  const names = await readdir(dirname(path)).catch(() => []); // a file that is not saved yet may have no folder
  const others = names.filter((name) => name.endsWith('.tf') && name !== basename(path)).slice(0, mostFiles);
  const texts = await Promise.all(
    others.map(async (name) => {
      const file = join(dirname(path), name);
      const open = documents?.get(pathToFileURL(file).href);
      if (open) return open.model.text();
      const read = await readSmallFile(file);
      return read.ok ? read.value.toString('utf8') : '';
    }),
  );
  return texts.flatMap((text) => Array.from(text.matchAll(/^\s*variable\s+"([\w-]+)"/gm), ([, name = '']) => name));
}
