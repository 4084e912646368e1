import { lstat, realpath } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { outsideWords, regularFileInside } from '../../shared/regularFileInside.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { parts, runGit } from '../git/git.ts';

/** Which file git, or the tool that has taken its hooks over, runs before a commit. */
export interface HookPlace {
  /** The top of the work tree. */
  readonly top: string;
  /** By its real path: a link to it stays one. */
  readonly file: string;
  /** Whose file it is: husky keeps its hooks in the repository, where they need neither a first line nor a mode. */
  readonly by: 'git' | 'husky' | 'pre-commit' | 'lefthook';
  /** `clone`: in git's own folder. `tree`: among the files of the work tree, to be committed. `elsewhere`: it may be the hook of others. */
  readonly where: 'clone' | 'tree' | 'elsewhere';
}

/** Tools that write git's hooks anew from a file of their own. */
const managers = [
  ['pre-commit', ['.pre-commit-config.yaml', '.pre-commit-config.yml']],
  [
    'lefthook',
    ['yml', 'yaml', 'toml', 'json'].flatMap((end) => [
      `lefthook.${end}`,
      `.lefthook.${end}`,
      `.config/lefthook.${end}`,
    ]),
  ],
] as const;

/** Where the hook of a repository belongs. A sentence where the folder is none, or the hook leads to what is no file. */
export async function findHookPlace(folder: string): Promise<Outcome<HookPlace, string>> {
  const root = await runGit(folder, ['rev-parse', '--show-toplevel']);
  if (!root.ok) return root;
  const top = line(root.value);
  const common = await runGit(top, ['rev-parse', '--git-common-dir']);
  if (!common.ok) return common;
  const gitFolder = resolve(top, line(common.value));
  const configured = await hooksPath(top);
  if (!configured.ok) return configured;
  const hooks = configured.value ?? join(gitFolder, 'hooks');
  // husky 9 points git at `.husky/_`, which it makes anew; people write in `.husky`.
  const husky = /[\\/]\.husky(?:[\\/]_)?$/.test(hooks);
  const file = join(husky ? hooks.replace(/[\\/]_$/, '') : hooks, 'pre-commit');
  const manager = managers.find(([, names]) => names.some((name) => existsSync(join(top, name))));
  const by = husky ? 'husky' : (manager?.[0] ?? 'git');
  const inClone = await regularFileInside(gitFolder, file);
  if (inClone.ok) return ok({ top, file: inClone.value.path, by, where: 'clone' });
  const inTree = await regularFileInside(top, file);
  if (inTree.ok) return ok({ top, file: inTree.value.path, by, where: 'tree' });
  if (inTree.problem !== 'outside') return refuse(`The hook ${outsideWords[inTree.problem]}: ${file}`);
  const elsewhere = await realFile(file);
  return elsewhere === undefined
    ? refuse(`The hook is a link that leads nowhere, or to no file: ${file}`)
    : ok({ top, file: elsewhere, by, where: 'elsewhere' });
}

/** Where the user's or the repository's settings have the hooks; undefined where git's own folder has them. */
async function hooksPath(top: string): Promise<Outcome<string | undefined, string>> {
  const listed = await runGit(top, ['config', '--list', '-z', '--show-scope'], { asksForHooks: true });
  if (!listed.ok) return listed;
  const words = parts(listed.value);
  let found: string | undefined;
  for (let index = 0; index < words.length; index += 2) {
    const setting = words[index + 1] ?? '';
    if (words[index] !== 'command' && setting.startsWith('core.hookspath\n'))
      found = setting.slice(setting.indexOf('\n') + 1);
  }
  if (found === undefined || found === '') return ok(undefined);
  return ok(resolve(top, found.replace(/^~(?=[\\/])/, homedir())));
}

async function realFile(file: string): Promise<string | undefined> {
  try {
    const path = await realpath(file);
    return (await lstat(path)).isFile() ? path : undefined;
  } catch {
    try {
      await lstat(file); // a link that leads nowhere
      return undefined;
    } catch {
      return file;
    }
  }
}

const line = (output: Buffer): string => output.toString('utf8').replace(/\r?\n$/, '');
