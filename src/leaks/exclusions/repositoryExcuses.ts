import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore from 'ignore';
import { asGitHasIt } from './ignoreRules.ts';
import { ignoreFileName, parseKeysmithIgnore } from './keysmithIgnore.ts';

/** What a repository's own `.keysmithignore` excuses, for content that git has: what git ignores does not matter there. */
export interface RepositoryExcuses {
  /** `path` is from the repository's root, with `/`. */
  ignores(path: string): boolean;
  readonly fingerprints: ReadonlySet<string>;
}

export async function readExcuses(root: string): Promise<RepositoryExcuses> {
  const text = await readFile(join(root, ignoreFileName), 'utf8').catch(() => ''); // there need not be one
  const { globs, fingerprints } = parseKeysmithIgnore(text);
  const rules = ignore({ ...asGitHasIt, allowRelativePaths: true }).add(globs);
  return { ignores: (path) => rules.ignores(path), fingerprints };
}

export const noExcuses: RepositoryExcuses = { ignores: () => false, fingerprints: new Set() };
