import { dirname, join, sep } from 'node:path';
import { platform } from 'node:process';
import ignore, { type Ignore } from 'ignore';
import { readText, sharedGitFolder, workTreeOf } from './gitFolder.ts';
import { ignoreFileName, parseKeysmithIgnore } from './keysmithIgnore.ts';

/** The rules that the ignore files of one folder add. */
interface FolderRules {
  /** With a separator at its end. */
  readonly folder: string;
  readonly text: string;
  readonly rules: Ignore;
}

/** What ignore files say beside their globs, of all folders that were entered. */
export interface IgnoreNotes {
  /** Keys that are excused wherever they stand. */
  readonly fingerprints: Set<string>;
  readonly mistakes: IgnoreMistake[];
}

/** A line of a `.keysmithignore` that means nothing; lines count from 1. */
export interface IgnoreMistake {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** Which of its ignore files a folder has. `repository`: it is the top of a work tree. */
export interface IgnoreFiles {
  readonly git: boolean;
  readonly keysmith: boolean;
  readonly repository: boolean;
}

export type LeftOutBy = 'git' | 'keysmith';

/** As git itself decides it where nobody has told it otherwise. */
export const asGitHasIt = { ignorecase: platform === 'win32' || platform === 'darwin' };

/**
 * The ignore files on the way to a folder. Git's hold within their repository; `.keysmithignore` has the word before them, and holds in
 * repositories below it too. Of each sort the deeper file has the last word.
 */
export class IgnoreRules {
  readonly #git: readonly FolderRules[];
  readonly #keysmith: readonly FolderRules[];
  readonly notes: IgnoreNotes;

  private constructor(git: readonly FolderRules[], keysmith: readonly FolderRules[], notes: IgnoreNotes) {
    this.#git = git;
    this.#keysmith = keysmith;
    this.notes = notes;
  }

  /** The rules that hold in a folder that was named itself: git's may leave out what is in it, but not the folder. */
  static at(folder: string): IgnoreRules {
    const top = workTreeOf(folder) ?? folder;
    let rules = new IgnoreRules([], [], { fingerprints: new Set(), mistakes: [] });
    for (const one of foldersBetween(top, folder))
      rules = rules.entering(one, { git: true, keysmith: true, repository: one === top });
    return rules;
  }

  /** The rules below a folder that is not left out. */
  entering(folder: string, { git, keysmith, repository }: IgnoreFiles): IgnoreRules {
    if (!git && !keysmith && !repository && this.#git.length === 0 && this.#keysmith.length === 0) return this;
    const inside = folder.endsWith(sep) ? folder : `${folder}${sep}`;
    const gits = repository ? fromText(inside, excludes(folder)) : takenBack(this.#git, inside);
    const ours = verdict(this.#keysmith, inside, true) === true ? this.#keysmith : takenBack(this.#keysmith, inside);
    const added = git ? fromText(inside, readText(join(folder, '.gitignore'))) : [];
    const addedOurs = keysmith ? fromText(inside, this.#noted(join(folder, ignoreFileName))) : [];
    if (gits === this.#git && ours === this.#keysmith && added.length + addedOurs.length === 0) return this;
    return new IgnoreRules([...gits, ...added], [...ours, ...addedOurs], this.notes);
  }

  /** Which ignore file leaves a file or a folder out, if one does. `path` is absolute, without a separator at its end. */
  leftOutBy(path: string, isFolder: boolean): LeftOutBy | undefined {
    const ours = verdict(this.#keysmith, path, isFolder);
    if (ours !== undefined) return ours ? 'keysmith' : undefined;
    return verdict(this.#git, path, isFolder) === true ? 'git' : undefined;
  }

  /** The globs of a `.keysmithignore`; what else it says is noted. */
  #noted(file: string): string | undefined {
    const text = readText(file);
    if (text === undefined) return undefined;
    const { globs, fingerprints, mistakes } = parseKeysmithIgnore(text);
    for (const fingerprint of fingerprints) this.notes.fingerprints.add(fingerprint);
    for (const mistake of mistakes) this.notes.mistakes.push({ file, ...mistake });
    return globs;
  }
}

/** True where it is left out, false where it is taken back, undefined where no rule names it. */
function verdict(chain: readonly FolderRules[], path: string, isFolder: boolean): boolean | undefined {
  for (let index = chain.length - 1; index >= 0; index -= 1) {
    const { folder, rules } = chain[index] as FolderRules;
    const inside = below(folder, path, isFolder);
    if (inside === '') continue;
    const { ignored, unignored } = rules.test(inside);
    if (ignored || unignored) return ignored;
  }
  return undefined;
}

/**
 * The rules with those changed that leave out a folder which is entered all the same, because a deeper file takes it back or a person named
 * it. To git such a rule says nothing of what is in the folder, but `ignore` passes it down.
 */
function takenBack(chain: readonly FolderRules[], inside: string): readonly FolderRules[] {
  if (!chain.some(({ folder, rules }) => leavesOut(rules, below(folder, inside, true)))) return chain;
  return chain.map((one) => {
    const path = below(one.folder, inside, true);
    if (!leavesOut(one.rules, path)) return one;
    const text = `${one.text}\n!/${path.slice(0, -1).replaceAll(/[\\*?[\]! #]/g, String.raw`\$&`)}`;
    return { folder: one.folder, text, rules: ignore(asGitHasIt).add(text) };
  });
}

const leavesOut = (rules: Ignore, path: string): boolean => path !== '' && rules.test(path).ignored;

/** A path as the rules of a folder see it: from there on, with `/`, also at the end of a folder; empty for the folder itself. */
function below(folder: string, path: string, isFolder: boolean): string {
  const inside = path.slice(folder.length);
  const shown = sep === '/' ? inside : inside.replaceAll(sep, '/');
  return isFolder && shown !== '' && !shown.endsWith('/') ? `${shown}/` : shown;
}

function fromText(folder: string, text = ''): FolderRules[] {
  const plain = text.replace(/^\uFEFF/, '');
  return plain.trim() === '' ? [] : [{ folder, text: plain, rules: ignore(asGitHasIt).add(plain) }];
}

function excludes(top: string): string | undefined {
  const shared = sharedGitFolder(top);
  return shared === undefined ? undefined : readText(join(shared, 'info', 'exclude'));
}

function foldersBetween(top: string, folder: string): string[] {
  const folders = [folder];
  for (let one = folder; one !== top; folders.unshift(one)) one = dirname(one);
  return folders;
}
