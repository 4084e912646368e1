import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ignore, { type Ignore } from 'ignore';
import { isEnvironmentFile } from '../exclusions/environmentFile.ts';
import { asGitHasIt } from '../exclusions/ignoreRules.ts';
import { ignoreFileName, parseKeysmithIgnore } from '../exclusions/keysmithIgnore.ts';
import { runGit } from '../git/git.ts';

interface Rules {
  readonly folder: string;
  readonly globs: Ignore;
  readonly fingerprints: ReadonlySet<string>;
}

/** A document's file, and whether the document is what git has of it. */
interface Place {
  readonly file: string;
  readonly ofGit: boolean;
}

/** What `.keysmithignore` files and git excuse in documents. What was read is remembered until `forget`. */
export class DocumentExcuses {
  readonly #above = new Map<string, readonly Rules[]>();
  readonly #ignoredByGit = new Map<string, Promise<boolean>>();

  forget(): void {
    this.#above.clear();
    this.#ignoredByGit.clear();
  }

  /**
   * Whether a document is left out whole: by a glob, or as an environment file that git ignores. There keys belong; what git has of
   * such a file is no longer only there.
   */
  async excusesDocument(uri: string): Promise<boolean> {
    const place = placeOf(uri);
    if (!place) return false;
    const { file, ofGit } = place;
    const rules = this.#rulesAbove(dirname(file));
    if (rules.some(({ folder, globs }) => globs.ignores(relative(folder, file).split(sep).join('/')))) return true;
    return !ofGit && isEnvironmentFile(basename(file)) && (await this.#gitIgnores(file));
  }

  excusesKey(uri: string, fingerprint: string): boolean {
    const place = placeOf(uri);
    return (
      place !== undefined &&
      this.#rulesAbove(dirname(place.file)).some(({ fingerprints }) => fingerprints.has(fingerprint))
    );
  }

  #gitIgnores(file: string): Promise<boolean> {
    let known = this.#ignoredByGit.get(file);
    if (!known) {
      // Where there is no repository nothing can be committed.
      known = runGit(dirname(file), ['check-ignore', '-q', '--', file]).then(
        (asked) => asked.ok || asked.problem.startsWith('not a git repository'),
      );
      this.#ignoredByGit.set(file, known);
    }
    return known;
  }

  /** The rules of a folder and those above it, up to the root of its repository. */
  #rulesAbove(folder: string): readonly Rules[] {
    const known = this.#above.get(folder);
    if (known) return known;
    const own = readRules(folder);
    const last = dirname(folder) === folder || existsSync(join(folder, '.git'));
    const all = [...(own ? [own] : []), ...(last ? [] : this.#rulesAbove(dirname(folder)))];
    this.#above.set(folder, all);
    return all;
  }
}

function readRules(folder: string): Rules | undefined {
  try {
    const { globs, fingerprints } = parseKeysmithIgnore(readFileSync(join(folder, ignoreFileName), 'utf8'));
    return { folder, globs: ignore(asGitHasIt).add(globs), fingerprints };
  } catch {
    return undefined; // there is none, or it cannot be read: then it excuses nothing
  }
}

/** Schemes whose path is that of a file: the file itself, a cell's notebook, what git has of it, what is to be saved there. */
const schemes = new Set(['file:', 'vscode-notebook-cell:', 'git:', 'untitled:']);

function placeOf(uri: string): Place | undefined {
  try {
    const { protocol, host, pathname } = new URL(uri);
    if (!schemes.has(protocol) || !pathname.startsWith('/')) return undefined;
    const file = fileURLToPath(`file://${protocol === 'file:' ? host : ''}${pathname}`);
    return dirname(file) === file ? undefined : { file, ofGit: protocol === 'git:' };
  } catch {
    return undefined; // of another machine
  }
}
