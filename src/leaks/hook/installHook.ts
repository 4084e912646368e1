import { mkdir, stat, unlink } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import { isInside } from '../../shared/regularFileInside.ts';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFile, smallFileWords } from '../../shared/smallFile.ts';
import { runGit } from '../git/git.ts';
import { findHookPlace, type HookPlace } from './hookPlace.ts';
import { addToHook, hasHook, hookSettings, removeFromHook, sharedCommand } from './hookText.ts';
import { ownSystem } from '../../shared/system.ts';

/** A program as a hook starts it on this machine. */
export interface HookProgram {
  readonly file: string;
  /** The Node that runs it; absent where it runs by itself. */
  readonly runtime?: string;
}

export interface HookRequest {
  readonly folder: string;
  /** The user was asked, and wants hooks changed that lie outside the repository. */
  readonly elsewhere?: boolean;
}

/** Why a hook was not changed. */
export interface HookRefusal {
  /** A sentence to print. */
  readonly why: string;
  /** The hook that lies outside the repository: what is still missing is the user's word. */
  readonly elsewhere?: string;
}

type Changed = Outcome<string, HookRefusal>;
const no = (why: string): Changed => refuse({ why });

/** Puts the scan into the pre-commit hook of a folder's repository, beside what is there: the sentence to print. */
export async function installHook({ folder, elsewhere = false }: HookRequest, program: HookProgram): Promise<Changed> {
  const found = await findHookPlace(folder);
  if (!found.ok) return no(found.problem);
  const place = found.value;
  const { top, file, by, where } = place;
  const old = await readHook(file);
  if (!old.ok) return no(old.problem);
  if ((by === 'pre-commit' || by === 'lefthook') && !old.value?.text.includes('keysmith')) return no(advice[by]);
  if (where === 'elsewhere' && !elsewhere) return refuse(notAsked(file));
  const text = addToHook(old.value?.text, packageFolder(top, program.file) ?? '');
  if (text === undefined)
    return no(`The hook is no shell script and was left as it is. Let it run "${sharedCommand}": ${file}`);
  if (by !== 'husky' && old.value && !runs(old.value.mode))
    return no(`git does not run this hook, for it may not be executed. Make it executable or remove it first: ${file}`);
  const recorded = await recordProgram(place, program);
  if (!recorded.ok) return no(recorded.problem);
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, text, { mode: old.value?.mode ?? 0o755 });
  } catch (error) {
    return no(`The hook cannot be written (${messageOf(error)}): ${file}`);
  }
  const shared =
    where === 'tree' ? ' Commit it for the others, whose commits are then refused where they have no Keysmith.' : '';
  return ok(`Every commit is now looked through for Stripe keys: ${file}${shared}`);
}

/** Takes ours out of the hook again, and leaves the rest. */
export async function uninstallHook({ folder, elsewhere = false }: HookRequest): Promise<Changed> {
  const found = await findHookPlace(folder);
  if (!found.ok) return no(found.problem);
  const { top, file, where } = found.value;
  const old = await readHook(file);
  if (!old.ok) return no(old.problem);
  if (old.value === undefined || !hasHook(old.value.text)) return ok(`There was no hook of Keysmith: ${file}`);
  if (where === 'elsewhere' && !elsewhere) return refuse(notAsked(file));
  const rest = removeFromHook(old.value.text);
  try {
    if (rest === undefined) await unlink(file);
    else await replaceFile(file, rest, { mode: old.value.mode });
  } catch (error) {
    return no(`The hook cannot be written (${messageOf(error)}): ${file}`);
  }
  // What is not there cannot be taken out, and git says so by its status.
  for (const name of Object.values(hookSettings)) await runGit(top, ['config', scopeOf(where), '--unset-all', name]);
  return ok(`Commits are no longer looked through: ${file}`);
}

const advice = {
  'pre-commit': `This repository uses pre-commit, which writes the hook anew. Add a local hook to .pre-commit-config.yaml: entry "${sharedCommand}", language system, pass_filenames false.`,
  lefthook: `This repository uses lefthook, which writes the hook anew. Add a command to "pre-commit" in its file: run "${sharedCommand}".`,
} as const;

const notAsked = (file: string): HookRefusal => ({
  why: `This hook lies outside the repository, and others may use it too. To change it all the same, add --elsewhere: ${file}`,
  elsewhere: file,
});

interface OldHook {
  readonly text: string;
  readonly mode: number;
}

async function readHook(file: string): Promise<Outcome<OldHook | undefined, string>> {
  const read = await readSmallFile(file);
  if (!read.ok)
    return read.problem === 'absent' ? ok(undefined) : refuse(`The hook ${smallFileWords[read.problem]}: ${file}`);
  try {
    return ok({ text: read.value.toString('utf8'), mode: (await stat(file)).mode & 0o7777 });
  } catch (error) {
    return refuse(`The hook cannot be read (${messageOf(error)}): ${file}`);
  }
}

/** Windows has no such mode. */
const runs = (mode: number): boolean => !ownSystem().fileModes || (mode & 0o111) !== 0;

/** The folder of the package that has the program among its own packages, from the top of the work tree; undefined where it is not there. */
function packageFolder(top: string, file: string): string | undefined {
  try {
    const [root, real] = [realpathSync(top), realpathSync(file)];
    if (!isInside(root, real)) return undefined;
    const steps = relative(root, real).split(sep);
    const at = steps.indexOf('node_modules');
    return at < 0 ? undefined : steps.slice(0, at).join('/');
  } catch {
    return undefined; // the hook says what it does not find
  }
}

const scopeOf = (where: HookPlace['where']): string => (where === 'elsewhere' ? '--global' : '--local');

/** Notes in git's configuration of this machine what a hook starts here; a program of the repository's own packages is found without. */
async function recordProgram(
  { top, where }: HookPlace,
  { file, runtime }: HookProgram,
): Promise<Outcome<undefined, string>> {
  const own = packageFolder(top, file) !== undefined;
  for (const [name, value] of [
    [hookSettings.program, own ? undefined : file],
    [hookSettings.runtime, own ? undefined : runtime],
  ] as const) {
    // What is not there cannot be taken out, and git says so by its status.
    if (value === undefined) await runGit(top, ['config', scopeOf(where), '--unset-all', name]);
    else {
      const set = await runGit(top, ['config', scopeOf(where), '--replace-all', name, value]);
      if (!set.ok) return refuse(`The hook needs a setting of git, which cannot be written: ${set.problem}`);
    }
  }
  return ok(undefined);
}
