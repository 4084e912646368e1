import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Outcome } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import { runGit } from '../git/git.ts';

/** Which file git, or the tool that has taken its hooks over, runs before a commit. */
export interface HookPlace {
  readonly file: string;
  /** Whose file it is: husky keeps its hooks in the repository, and they need no first line. */
  readonly by: 'git' | 'husky' | 'pre-commit';
}

/** Where the hook of a repository belongs. A sentence where the folder is none. */
export async function findHookPlace(folder: string): Promise<Outcome<HookPlace, string>> {
  const root = await runGit(folder, ['rev-parse', '--show-toplevel']);
  if (!root.ok) return root;
  const top = line(root.value);
  // Follows core.hooksPath and worktrees.
  const hooks = await runGit(top, ['rev-parse', '--git-path', 'hooks'], { asksForHooks: true });
  if (!hooks.ok) return hooks;
  const found = line(hooks.value);
  const path = isAbsolute(found) ? found : join(top, found);
  // husky 9 points git at `.husky/_`, which it makes anew; people write in `.husky`.
  if (/[\\/]\.husky(?:[\\/]_)?$/.test(path))
    return ok({ file: join(path.replace(/[\\/]_$/, ''), 'pre-commit'), by: 'husky' });
  const shared = ['.pre-commit-config.yaml', '.pre-commit-config.yml'].some((name) => existsSync(join(top, name)));
  return ok({ file: join(path, 'pre-commit'), by: shared ? 'pre-commit' : 'git' });
}

const line = (output: Buffer): string => output.toString('utf8').replace(/\r?\n$/, '');
