import { chmod, mkdir, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { findHookPlace } from './hookPlace.ts';
import { addToHook, hasHook, hookCommand, removeFromHook, type HookProgram } from './hookText.ts';

/** Puts the scan into the pre-commit hook of the folder's repository, beside what is there. Both answers are sentences to print. */
export async function installHook(folder: string, program: HookProgram): Promise<Outcome<string, string>> {
  const place = await findHookPlace(folder);
  if (!place.ok) return place;
  const { file, by } = place.value;
  const command = hookCommand(program);
  const old = await readHook(file);
  if (!old.ok) return old;
  if (by === 'pre-commit' && !old.value?.includes('keysmith')) {
    // The framework writes its own hook over ours with every `pre-commit install`.
    return refuse(
      `This repository uses pre-commit. Add a local hook to .pre-commit-config.yaml: entry "${command}", language system, pass_filenames false.`,
    );
  }
  const text = addToHook(old.value, program);
  if (text === undefined)
    return refuse(`The hook is no shell script and was left as it is. Let it run "${command}": ${file}`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, text);
    await chmod(file, 0o755);
    return ok(`Every commit is now looked through for Stripe keys: ${file}`);
  } catch (error) {
    return refuse(`The hook cannot be written (${messageOf(error)}): ${file}`);
  }
}

/** Takes ours out of the hook again, and leaves the rest. */
export async function uninstallHook(folder: string): Promise<Outcome<string, string>> {
  const place = await findHookPlace(folder);
  if (!place.ok) return place;
  const { file } = place.value;
  const old = await readHook(file);
  if (!old.ok) return old;
  if (old.value === undefined || !hasHook(old.value)) return ok(`There was no hook of Keysmith: ${file}`);
  const rest = removeFromHook(old.value);
  try {
    if (rest === undefined) await unlink(file);
    else {
      await replaceFile(file, rest);
      await chmod(file, 0o755);
    }
    return ok(`Commits are no longer looked through: ${file}`);
  } catch (error) {
    return refuse(`The hook cannot be written (${messageOf(error)}): ${file}`);
  }
}

async function readHook(file: string): Promise<Outcome<string | undefined, string>> {
  try {
    return ok(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(undefined);
    return refuse(`The hook cannot be read (${messageOf(error)}): ${file}`);
  }
}
