import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';
import { ownSystem } from '../../shared/system.ts';

/**
 * The folders of a PATH in which programs are looked for: absolute ones, and none inside `folder`. A relative one means another folder
 * wherever it is used, and what lies inside the folder was brought by whoever wrote it.
 */
export const trustedPath = (path: string, folder: string): string[] =>
  path
    .split(delimiter)
    .map((one) => one.replaceAll('"', '')) // as Windows allows them
    .filter((one) => isAbsolute(one) && !/^[\\/]{2}/.test(one) && !isWithin(realPathOf(folder), realPathOf(one)));

/** Git's program by its absolute path; undefined where the PATH leads to none. */
export function findGit(path: string, folder: string): string | undefined {
  return trustedPath(path, folder)
    .map((one) => join(one, ownSystem().gitName))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What does not exist has no other path than the one it was given. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isWithin(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}
