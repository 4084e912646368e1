import { join } from 'node:path';
import { readSmallFile } from '../../shared/smallFile.ts';
import { IgnoreList } from './ignoreList.ts';
import { ignoreFileName, parseKeysmithIgnore } from './keysmithIgnore.ts';

/** What a repository's own `.keysmithignore` excuses, for content that git has: what git ignores does not matter there. */
export interface RepositoryExcuses {
  /** `path` is from the repository's root, with `/`. */
  ignores(path: string): boolean;
  readonly fingerprints: ReadonlySet<string>;
}

export async function readExcuses(root: string): Promise<RepositoryExcuses> {
  const read = await readSmallFile(join(root, ignoreFileName)); // there need not be one
  const { globs, fingerprints } = parseKeysmithIgnore(read.ok ? read.value.toString('utf8') : '');
  const rules = new IgnoreList(globs);
  return { ignores: (path) => rules.ignores(path), fingerprints };
}

export const noExcuses: RepositoryExcuses = { ignores: () => false, fingerprints: new Set() };
