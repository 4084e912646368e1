import { globMatches, parseGlob, type Glob } from './ignoreGlob.ts';
import { ownSystem } from '../../shared/system.ts';

/** As git itself decides it where nobody has told it otherwise. */
const ignorecase = ownSystem().ignoresCase;

/** More of what is special in a file's patterns is not applied: each is tried with each path. Names alone cost nothing. */
const mostGlobCharacters = 64 * 1024;
/** No line that means something is longer. */
const mostLineCharacters = 4096;

interface Rule {
  /** Its place in the file: the last rule that matches has the say. */
  readonly order: number;
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
}

/** The rules of one ignore file, in the syntax of `.gitignore`. Paths are relative to its folder, with `/`, without one at the end. */
export class IgnoreList {
  /** What matches by a name, or a path, in which nothing is special: for files and folders, and for folders only. */
  readonly #names = { all: new Map<string, Rule>(), folders: new Map<string, Rule>() };
  readonly #paths = { all: new Map<string, Rule>(), folders: new Map<string, Rule>() };
  /** The others, in order. */
  readonly #globs: (Rule & { readonly glob: Glob })[] = [];
  /** How many lines are not applied, as they would cost too much. */
  readonly dropped: number;

  constructor(text: string) {
    let [order, characters, dropped] = [0, 0, 0];
    for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
      const parsed = parseLine(line);
      if (!parsed) continue;
      const { pattern, ...rest } = parsed;
      if (isSpecial(pattern)) characters += pattern.length;
      if (pattern.length > mostLineCharacters || (isSpecial(pattern) && characters > mostGlobCharacters)) dropped += 1;
      else {
        const glob = parseGlob(pattern, { ignorecase });
        if (glob) this.#add({ ...rest, order: (order += 1) }, glob);
      }
    }
    this.dropped = dropped;
  }

  /** How many rules there are. */
  get size(): number {
    const maps = [this.#names.all, this.#names.folders, this.#paths.all, this.#paths.folders];
    return maps.reduce((total, { size }) => total + size, this.#globs.length);
  }

  /** True where a path is left out, false where it is taken back, undefined where no rule names it. The folders above it do not count. */
  verdict(path: string, isFolder: boolean): boolean | undefined {
    const shown = ignorecase ? path.toLowerCase() : path;
    const segments = shown.split('/');
    const name = segments.at(-1) ?? '';
    let last: Rule | undefined = later(this.#names.all.get(name), this.#paths.all.get(shown));
    if (isFolder) last = later(last, later(this.#names.folders.get(name), this.#paths.folders.get(shown)));
    for (let index = this.#globs.length - 1; index >= 0; index -= 1) {
      const rule = this.#globs[index];
      if (!rule || rule.order < (last?.order ?? 0)) break;
      if (rule.foldersOnly && !isFolder) continue;
      if (globMatches(rule.glob, segments)) return rule.ignores;
    }
    return last?.ignores;
  }

  /** Whether a file is left out, by itself or with a folder that it is in. */
  ignores(path: string): boolean {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
      if (this.verdict(path.slice(0, end), true) === true) return true;
    return this.verdict(path, false) === true;
  }

  #add(rule: Rule, glob: Glob): void {
    if (glob.literal === undefined) this.#globs.push({ ...rule, glob });
    else this.#mapFor(glob, rule).set(glob.literal, rule);
  }

  #mapFor({ named }: Glob, { foldersOnly }: Rule): Map<string, Rule> {
    const maps = named ? this.#names : this.#paths;
    return foldersOnly ? maps.folders : maps.all;
  }
}

const isSpecial = (pattern: string): boolean => /[*?[\\]/.test(pattern);

const later = (one: Rule | undefined, other: Rule | undefined): Rule | undefined =>
  (one?.order ?? 0) > (other?.order ?? 0) ? one : other;

/** Reads a line as git does; undefined where it says nothing. */
function parseLine(line: string): (Omit<Rule, 'order'> & { readonly pattern: string }) | undefined {
  const text = withoutSpaces(line.replace(/\r$/, ''));
  if (text === '' || text.startsWith('#')) return undefined;
  const ignores = !text.startsWith('!');
  const rest = ignores ? text : text.slice(1);
  const foldersOnly = rest.endsWith('/');
  const pattern = foldersOnly ? rest.slice(0, -1) : rest;
  return pattern === '' ? undefined : { ignores, foldersOnly, pattern };
}

/** Without the spaces at its end, but for one that is escaped. */
function withoutSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') end -= 1;
  if (end === line.length) return line;
  let slashes = 0;
  while (line[end - 1 - slashes] === '\\') slashes += 1;
  return line.slice(0, slashes % 2 === 1 ? end + 1 : end);
}
