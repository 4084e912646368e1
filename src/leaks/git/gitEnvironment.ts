import { delimiter } from 'node:path';
import { trustedPath } from './gitProgram.ts';

/**
 * What git itself tells a hook, or the user a whole shell: where the repository is, and which index the next commit is made of. All other
 * variables of git are dropped: they name programs, configuration and files to write traces to.
 */
const kept = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  // Where the user's own configuration is, with the folders that they trust.
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
]);

/** Programs that git runs by variables that do not begin with its name. */
const programs = new Set(['PAGER', 'LESS', 'LV', 'EDITOR', 'VISUAL', 'SSH_ASKPASS', 'BROWSER']);

/** What git would run for somebody, and what it would take from elsewhere. */
const harmless: NodeJS.ProcessEnv = {
  // A scan must not get in the way of the user's own git.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  GIT_PAGER: 'cat',
  GIT_EDITOR: ':',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ATTR_NOSYSTEM: '1',
  // What is told of a commit is what others get with it.
  GIT_NO_REPLACE_OBJECTS: '1',
  // The largest piece of memory that git may ask for at a time: a file that has no end is given up.
  GIT_ALLOC_LIMIT: '1g',
  LC_ALL: 'C',
};

/** The environment for git in a folder: nothing in it names a program, and no program is looked for in the folder. */
export function gitEnvironment(inherited: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const cleaned = Object.entries(inherited).filter(([name]) => {
    const known = name.toUpperCase(); // Windows does not tell them apart
    if (known === 'PATH' || programs.has(known)) return false;
    return !known.startsWith('GIT_') || kept.has(known);
  });
  return { ...Object.fromEntries(cleaned), ...harmless, PATH: trustedPath(pathOf(inherited), folder).join(delimiter) };
}

/** Windows writes it `Path`. */
export const pathOf = (environment: NodeJS.ProcessEnv): string =>
  Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
