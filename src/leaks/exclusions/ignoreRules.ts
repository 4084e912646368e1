import { dirname, join, sep } from 'node:path';
import { readSmallFileSync, smallFileWords } from '../../shared/smallFile.ts';
import { gitFoldersOf, workTreeOf } from './gitFolder.ts';
import { IgnoreList } from './ignoreList.ts';
import { ignoreFileName, parseKeysmithIgnore } from './keysmithIgnore.ts';
import { userExcludes } from './userExcludes.ts';

/** The rules that the ignore files of one folder add. */
interface FolderRules {
  /** With a separator at its end. */
  readonly folder: string;
  readonly rules: Pick<IgnoreList, 'verdict'>;
}

/** What ignore files say beside their globs, of all folders that were entered. */
export interface IgnoreNotes {
  /** Keys that are excused wherever they stand. */
  readonly fingerprints: Set<string>;
  readonly mistakes: IgnoreMistake[];
  /** Ignore files that are there and are not, or not wholly, applied; by their paths, and why. */
  readonly unread: Map<string, string>;
  /** How many more lines and characters of ignore files are taken: whoever fills them fills the memory. */
  readonly room: { lines: number; characters: number };
}

/** A line of a `.keysmithignore` that means nothing; lines count from 1. */
export interface IgnoreMistake {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** Which of its ignore files a folder has. `repository`: it may be the top of a work tree. */
export interface IgnoreFiles {
  readonly git: boolean;
  readonly keysmith: boolean;
  readonly repository: boolean;
}

export type LeftOutBy = 'git' | 'keysmith';

const mostLines = 200_000;
const mostCharacters = 8 * 1024 * 1024;

/** Leaves out whatever it is asked about. */
const everything: FolderRules['rules'] = { verdict: () => true };

/**
 * The ignore files on the way to a folder. Git's hold within their repository; `.keysmithignore` has the word before them, and holds in
 * repositories below it too. Of each sort the deeper file has the last word. They are read as git reads them: regular files, no links.
 */
export class IgnoreRules {
  readonly #git: readonly FolderRules[];
  readonly #keysmith: readonly FolderRules[];
  readonly notes: IgnoreNotes;
  /** Git leaves out the folder itself, or one on the way to it. */
  readonly withinIgnored: boolean;

  private constructor(
    git: readonly FolderRules[],
    keysmith: readonly FolderRules[],
    { notes, withinIgnored }: Pick<IgnoreRules, 'notes' | 'withinIgnored'>,
  ) {
    this.#git = git;
    this.#keysmith = keysmith;
    this.notes = notes;
    this.withinIgnored = withinIgnored;
  }

  /**
   * The rules that hold in a folder that was named itself: git's may leave out what is in it, but not the folder.
   *
   * @param top from where on ignore files count; the top of the work tree where it is not told, or the folder where it is in none
   * @param user also what the user leaves out of all repositories
   */
  static at(
    folder: string,
    { top, user = false }: { readonly top?: string; readonly user?: boolean } = {},
  ): IgnoreRules {
    const first = top ?? workTreeOf(folder) ?? folder;
    const room = { lines: mostLines, characters: mostCharacters };
    const notes: IgnoreNotes = { fingerprints: new Set(), mistakes: [], unread: new Map(), room };
    let rules = new IgnoreRules([], [], { notes, withinIgnored: false });
    for (const one of foldersBetween(first, folder))
      rules = rules.#entering(one, { git: true, keysmith: true, repository: true }, user);
    return rules;
  }

  /** The rules below a folder that is not left out. */
  entering(folder: string, has: IgnoreFiles): IgnoreRules {
    return this.#entering(folder, has, false);
  }

  #entering(folder: string, { git, keysmith, repository }: IgnoreFiles, user: boolean): IgnoreRules {
    if (!git && !keysmith && !repository && this.#git.length === 0 && this.#keysmith.length === 0) return this;
    const inside = folder.endsWith(sep) ? folder : `${folder}${sep}`;
    const folders = repository ? gitFoldersOf(folder) : undefined;
    const withinIgnored = !folders && (this.withinIgnored || verdict(this.#git, inside, true) === true);
    const gits = folders
      ? [
          ...(user ? this.#fromText(inside, userExcludes()) : []),
          ...this.#fromText(inside, this.#textOf(join(folders.shared, 'info', 'exclude'))),
        ]
      : this.#git;
    const leavesOut = verdict(this.#keysmith, inside, true) === true;
    const ours = leavesOut ? [{ folder: inside, rules: everything }] : this.#keysmith;
    const added = git
      ? this.#fromText(inside, this.#textOf(join(folder, '.gitignore')), join(folder, '.gitignore'))
      : [];
    const file = join(folder, ignoreFileName);
    const addedOurs = keysmith ? this.#fromText(inside, this.#noted(file), file) : [];
    const same = !folders && !leavesOut && added.length + addedOurs.length === 0;
    if (same && withinIgnored === this.withinIgnored) return this;
    return new IgnoreRules([...gits, ...added], [...ours, ...addedOurs], { notes: this.notes, withinIgnored });
  }

  /**
   * Which ignore file leaves a file or a folder out, if one does. `path` is absolute, without a separator at its end; the folders on the
   * way to it have been entered.
   */
  leftOutBy(path: string, isFolder: boolean): LeftOutBy | undefined {
    const ours = verdict(this.#keysmith, path, isFolder);
    if (ours !== undefined) return ours ? 'keysmith' : undefined;
    return verdict(this.#git, path, isFolder) === true ? 'git' : undefined;
  }

  /** Whether git's own ignore files leave a file out, whatever `.keysmithignore` says. */
  gitLeavesOut(path: string): boolean {
    return this.withinIgnored || verdict(this.#git, path, false) === true;
  }

  /** The globs of a `.keysmithignore`; what else it says is noted. */
  #noted(file: string): string | undefined {
    const text = this.#textOf(file);
    if (text === undefined) return undefined;
    const { globs, fingerprints, mistakes } = parseKeysmithIgnore(text);
    for (const fingerprint of fingerprints) this.notes.fingerprints.add(fingerprint);
    for (const mistake of mistakes) this.notes.mistakes.push({ file, ...mistake });
    return globs;
  }

  #textOf(file: string): string | undefined {
    const read = readSmallFileSync(file);
    if (!read.ok) {
      if (read.problem !== 'absent') this.notes.unread.set(file, `not applied: it ${smallFileWords[read.problem]}`);
      return undefined;
    }
    this.notes.room.characters -= read.value.length;
    if (this.notes.room.characters >= 0) return read.value.toString('utf8');
    this.notes.unread.set(file, tooMany);
    return undefined;
  }

  /** @param file is told of where not all of it is applied */
  #fromText(folder: string, text = '', file = ''): FolderRules[] {
    if (text.trim() === '') return [];
    const rules = new IgnoreList(text);
    this.notes.room.lines -= rules.size;
    if (this.notes.room.lines < 0) {
      this.notes.unread.set(file, tooMany);
      return [];
    }
    if (rules.dropped > 0)
      this.notes.unread.set(file, `${rules.dropped} of its patterns are not applied: they are too many, or too long`);
    return rules.size === 0 ? [] : [{ folder, rules }];
  }
}

const tooMany = 'not applied: the ignore files have too many lines';

/** True where it is left out, false where it is taken back, undefined where no rule names it. */
function verdict(chain: readonly FolderRules[], path: string, isFolder: boolean): boolean | undefined {
  for (let index = chain.length - 1; index >= 0; index -= 1) {
    const { folder, rules } = chain[index] as FolderRules;
    const inside = below(folder, path);
    if (inside === '') continue;
    const said = rules.verdict(inside, isFolder);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** A path as the rules of a folder see it: from there on, with `/`, none at its end; empty for the folder itself. */
function below(folder: string, path: string): string {
  const inside = path.slice(folder.length);
  const shown = sep === '/' ? inside : inside.replaceAll(sep, '/');
  return shown.endsWith('/') ? shown.slice(0, -1) : shown;
}

function foldersBetween(top: string, folder: string): string[] {
  const folders = [folder];
  for (let one = folder; one !== top && dirname(one) !== one; folders.unshift(one)) one = dirname(one);
  return folders;
}
