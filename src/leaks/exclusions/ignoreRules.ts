import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { ignoreFileName, parseKeysmithIgnore } from './keysmithIgnore.ts';

/** As git does by itself on these systems. */
const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';

/** The rules that one folder's ignore files add. */
interface FolderRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The ignore files on the way from a repository's root to a folder: what is deeper has the last word. */
export class IgnoreRules {
  readonly #chain: readonly FolderRules[];
  /** Keys that are excused wherever they stand, in any folder that was entered. */
  readonly fingerprints: Set<string>;

  private constructor(chain: readonly FolderRules[], fingerprints: Set<string>) {
    this.#chain = chain;
    this.fingerprints = fingerprints;
  }

  /** The rules that hold in a folder: its own files', and those of the folders above it in the same repository. */
  static at(folder: string): IgnoreRules {
    return IgnoreRules.#within(foldersTo(folder), new Set());
  }

  /** The rules of folders, each inside the one before; the first may be the root of a repository. */
  static #within(folders: readonly string[], fingerprints: Set<string>): IgnoreRules {
    const [top = ''] = folders;
    const excluded = new IgnoreRules([], fingerprints).#with(top, readText(join(top, '.git/info/exclude')) ?? '');
    return folders.reduce((rules, one) => rules.#withFilesOf(one), excluded);
  }

  /** The rules below a folder. */
  entering(folder: string): IgnoreRules {
    // Another repository has rules of its own: those around it are not git's there.
    return isRepository(folder) ? IgnoreRules.#within([folder], this.fingerprints) : this.#withFilesOf(folder);
  }

  #withFilesOf(folder: string): IgnoreRules {
    const git = readText(join(folder, '.gitignore'));
    const ours = readText(join(folder, ignoreFileName));
    if (git === undefined && ours === undefined) return this;
    const parsed = parseKeysmithIgnore(ours ?? '');
    for (const fingerprint of parsed.fingerprints) this.fingerprints.add(fingerprint);
    return this.#with(folder, `${git ?? ''}\n${parsed.globs}`);
  }

  /** Whether a file or a folder is left out. `path` is absolute. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let index = this.#chain.length - 1; index >= 0; index -= 1) {
      const { folder, rules } = this.#chain[index] ?? { folder: '', rules: ignore() };
      const inside = relative(folder, path).split(sep).join('/');
      const { ignored, unignored } = rules.test(isFolder ? `${inside}/` : inside);
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  #with(folder: string, text: string): IgnoreRules {
    if (text.trim() === '') return this;
    return new IgnoreRules(
      [...this.#chain, { folder, rules: ignore({ ignorecase: ignoresCase }).add(text) }],
      this.fingerprints,
    );
  }
}

/** From the root of the repository that a folder is in, down to it; only itself where it is in none. */
function foldersTo(folder: string): string[] {
  const folders: string[] = [];
  for (let one = folder; ; one = dirname(one)) {
    folders.unshift(one);
    if (isRepository(one)) return folders;
    if (dirname(one) === one) return [folder];
  }
}

/** The root of one, or of a work tree of one. */
const isRepository = (folder: string): boolean =>
  readText(join(folder, '.git/HEAD')) !== undefined || readText(join(folder, '.git')) !== undefined;

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // absent, or a folder, or not for us: then it says nothing
  }
}
