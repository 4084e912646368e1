import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ignore, { type Ignore } from 'ignore';
import { ignoreFileName, parseKeysmithIgnore } from '../exclusions/keysmithIgnore.ts';
import { runGit } from '../git/git.ts';

interface Rules {
  readonly folder: string;
  readonly globs: Ignore;
  readonly fingerprints: ReadonlySet<string>;
}

/** What `.keysmithignore` files and git excuse in documents. What was read is remembered until `forget`. */
export class DocumentExcuses {
  readonly #rules = new Map<string, Rules | undefined>();
  readonly #ignoredByGit = new Map<string, Promise<boolean>>();

  forget(): void {
    this.#rules.clear();
    this.#ignoredByGit.clear();
  }

  /** Whether a document is left out whole: by a glob, or as an environment file that git ignores. There keys belong. */
  async excusesDocument(uri: string): Promise<boolean> {
    const file = fileOf(uri);
    if (file === undefined) return false;
    if (this.#above(file).some(({ folder, globs }) => globs.ignores(relative(folder, file).split(sep).join('/'))))
      return true;
    return isEnvironmentFile(file) && (await this.#gitIgnores(file));
  }

  excusesKey(uri: string, fingerprint: string): boolean {
    const file = fileOf(uri);
    return file !== undefined && this.#above(file).some(({ fingerprints }) => fingerprints.has(fingerprint));
  }

  #gitIgnores(file: string): Promise<boolean> {
    let known = this.#ignoredByGit.get(file);
    if (!known) {
      known = runGit(dirname(file), ['check-ignore', '-q', '--', file]).then(({ ok }) => ok);
      this.#ignoredByGit.set(file, known);
    }
    return known;
  }

  /** The rules of the folders above a file, up to the root of its repository. */
  #above(file: string): Rules[] {
    const all: Rules[] = [];
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      const rules = this.#rulesOf(folder);
      if (rules) all.push(rules);
      if (dirname(folder) === folder || statSync(join(folder, '.git'), { throwIfNoEntry: false })) return all;
    }
  }

  #rulesOf(folder: string): Rules | undefined {
    if (this.#rules.has(folder)) return this.#rules.get(folder);
    const rules = readRules(folder);
    this.#rules.set(folder, rules);
    return rules;
  }
}

function readRules(folder: string): Rules | undefined {
  try {
    const { globs, fingerprints } = parseKeysmithIgnore(readFileSync(join(folder, ignoreFileName), 'utf8'));
    return { folder, globs: ignore().add(globs), fingerprints };
  } catch {
    return undefined; // there is none, or it cannot be read: then it excuses nothing
  }
}

function fileOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined; // of another machine
  }
}

const isEnvironmentFile = (file: string): boolean =>
  /^\.env(?:\..+)?$|\.env$/.test(basename(file)) && !/\.(?:example|sample|template|dist)$/.test(file);
