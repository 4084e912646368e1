import { basename, dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEnvironmentFile } from '../exclusions/environmentFile.ts';
import { workTreesAround } from '../exclusions/gitFolder.ts';
import { IgnoreRules } from '../exclusions/ignoreRules.ts';
import { readTracked } from '../exclusions/trackedFiles.ts';
import { Turns } from '../scan/turns.ts';

/** A document's file, and whether the document is what git has of it. */
interface Place {
  readonly file: string;
  readonly ofGit: boolean;
}

/** What a work tree's index holds that matters here. */
interface Tracked {
  /** Paths of environment files, and of folders that a sparse index holds as one, with `/` at their end. */
  readonly environment: ReadonlySet<string>;
  readonly folders: readonly string[];
  readonly whole: boolean;
}

/**
 * What `.keysmithignore` files and git's rules excuse in documents. Git is never run: its files are read. What was read is remembered until
 * `forget`.
 */
export class DocumentExcuses {
  readonly #rules = new Map<string, IgnoreRules>();
  readonly #tracked = new Map<string, Promise<Tracked>>();
  readonly #folderOf;
  readonly #warn;

  /**
   * @param folderOf the folder of the workspace that a file is in: above it nothing counts, unless it is in a work tree
   * @param warn told why something could not be read, once each
   */
  constructor(folderOf: (file: string) => string | undefined, warn: (message: string) => void) {
    this.#folderOf = folderOf;
    this.#warn = warn;
  }

  forget(): void {
    this.#rules.clear();
    this.#tracked.clear();
  }

  /**
   * Whether a document is left out whole: by a glob, or as an environment file that git ignores. There keys belong; what git has of
   * such a file is no longer only there.
   */
  async excusesDocument(uri: string): Promise<boolean> {
    const place = placeOf(uri);
    if (!place) return false;
    const { file, ofGit } = place;
    const rules = this.#rulesOf(dirname(file));
    const by = rules.leftOutBy(file, false);
    if (by === 'keysmith') return true;
    if (ofGit || !isEnvironmentFile(basename(file))) return false;
    const tops = workTreesAround(dirname(file));
    if (tops.length === 0) return true; // nothing can be committed
    if (by !== 'git' && !rules.withinIgnored) return false;
    for (const top of tops) if (await this.#isTracked(top, file)) return false;
    return true;
  }

  excusesKey(uri: string, fingerprint: string): boolean {
    const place = placeOf(uri);
    return place !== undefined && this.#rulesOf(dirname(place.file)).notes.fingerprints.has(fingerprint);
  }

  /** True also where nobody can tell. */
  async #isTracked(top: string, file: string): Promise<boolean> {
    let known = this.#tracked.get(top);
    if (!known) {
      known = readEnvironment(top, this.#warn);
      this.#tracked.set(top, known);
    }
    const { environment, folders, whole } = await known;
    const path = relative(top, file).split(sep).join('/');
    return !whole || environment.has(path) || folders.some((folder) => path.startsWith(folder));
  }

  #rulesOf(folder: string): IgnoreRules {
    let rules = this.#rules.get(folder);
    if (!rules) {
      const [inner] = workTreesAround(folder);
      rules = IgnoreRules.at(folder, { top: inner ?? this.#folderOf(folder) ?? folder, user: true });
      for (const [file, why] of rules.notes.unread) this.#warn(`${file}: ${why}`);
      this.#rules.set(folder, rules);
    }
    return rules;
  }
}

async function readEnvironment(top: string, warn: (message: string) => void): Promise<Tracked> {
  const environment = new Set<string>();
  const folders: string[] = [];
  const turns = new Turns();
  const take = (path: string): void => {
    if (path.endsWith('/')) folders.push(path);
    else if (isEnvironmentFile(basename(path))) environment.add(path);
  };
  const outcome = await readTracked(top, take, () => turns.rest());
  if (!outcome.ok) warn(`${top}: ${outcome.problem}`);
  return { environment, folders, whole: outcome.ok };
}

/** Schemes whose path is that of a file: the file itself, a cell's notebook, what git has of it, what is to be saved there. */
const schemes = new Set(['file:', 'vscode-notebook-cell:', 'git:', 'untitled:']);

/** Undefined for what is no file of this machine. */
export function placeOf(uri: string): Place | undefined {
  try {
    const { protocol, host, pathname } = new URL(uri);
    if (!schemes.has(protocol) || !pathname.startsWith('/')) return undefined;
    const file = fileURLToPath(`file://${protocol === 'file:' ? host : ''}${pathname}`);
    return dirname(file) === file ? undefined : { file, ofGit: protocol === 'git:' };
  } catch {
    return undefined; // of another machine
  }
}
