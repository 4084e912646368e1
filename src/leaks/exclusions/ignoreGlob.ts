/**
 * Globs as git reads them in its ignore files. No regular expressions: a pattern such as `*a*a*a*a*b` would keep one busy for years, and
 * whoever wrote the repository wrote the pattern. The work here is at most the length of the pattern times that of the path.
 */
export interface Glob {
  /** Whether it has no more than a name, which then may stand in any folder. */
  readonly named: boolean;
  /** What it is equal to, where nothing in it is special. */
  readonly literal: string | undefined;
  readonly segments: readonly Segment[];
}

/** What a part of a path between two `/` must be; `any` stands for as many parts as there are. */
type Segment = 'any' | { readonly literal: string } | { readonly tokens: readonly Token[] };

/** A UTF-16 unit, any one, any run of them, or one of some. Undefined is none that ever is. */
type Token = number | 'one' | 'run' | CharacterClass;

interface CharacterClass {
  readonly negated: boolean;
  /** First and last of each range. */
  readonly ranges: readonly (readonly [number, number])[];
}

export interface GlobOptions {
  readonly ignorecase: boolean;
}

/** Reads a pattern without its `!` and without the `/` at its end. Undefined where it can match nothing. */
export function parseGlob(pattern: string, { ignorecase }: GlobOptions): Glob | undefined {
  const text = ignorecase ? pattern.toLowerCase() : pattern;
  const named = !text.includes('/');
  const words = (text.startsWith('/') ? text.slice(1) : text).replaceAll(String.raw`\/`, '/').split('/');
  const segments: Segment[] = [];
  for (const word of words) {
    // Between slashes, two stars and more are as many folders as there are; in a name alone they are one star.
    if (!named && /^\*{2,}$/.test(word)) {
      if (segments.at(-1) !== 'any') segments.push('any');
      continue;
    }
    const segment = parseSegment(word);
    if (!segment) return undefined;
    segments.push(segment);
  }
  const literals = segments.map((segment) =>
    typeof segment === 'object' && 'literal' in segment ? segment.literal : '',
  );
  return { named, segments, literal: literals.every((word) => word !== '') ? literals.join('/') : undefined };
}

/** Whether a path, split at its `/`, is what a glob means. With `ignorecase`, it is in lower case. */
export function globMatches({ named, segments }: Glob, path: readonly string[]): boolean {
  if (named) {
    const [segment] = segments;
    return segment !== undefined && segment !== 'any' && segmentMatches(segment, path.at(-1) ?? '');
  }
  let [at, step] = [0, 0];
  // Where the last `any` stands, and up to where it has eaten: an earlier one need never eat more.
  let [any, eaten] = [-1, 0];
  while (at < path.length) {
    const segment = segments[step];
    if (segment === 'any') {
      if (step === segments.length - 1) return true; // behind a slash, so that there is something below
      any = step;
      eaten = at;
      step += 1;
    } else if (segment !== undefined && segmentMatches(segment, path[at] ?? '')) {
      at += 1;
      step += 1;
    } else if (any >= 0) {
      eaten += 1;
      at = eaten;
      step = any + 1;
    } else return false;
  }
  return step === segments.length;
}

function segmentMatches(segment: Exclude<Segment, 'any'>, name: string): boolean {
  if ('literal' in segment) return segment.literal === name;
  const { tokens } = segment;
  let [at, step] = [0, 0];
  let [run, eaten] = [-1, 0];
  while (at < name.length) {
    const token = tokens[step];
    if (token === 'run') {
      run = step;
      eaten = at;
      step += 1;
    } else if (token !== undefined && tokenMatches(token, name.charCodeAt(at))) {
      at += 1;
      step += 1;
    } else if (run >= 0) {
      eaten += 1;
      at = eaten;
      step = run + 1;
    } else return false;
  }
  while (tokens[step] === 'run') step += 1;
  return step === tokens.length;
}

function tokenMatches(token: Exclude<Token, 'run'>, unit: number): boolean {
  if (typeof token === 'number') return token === unit;
  if (token === 'one') return true;
  return token.ranges.some(([first, last]) => first <= unit && unit <= last) !== token.negated;
}

function parseSegment(word: string): Exclude<Segment, 'any'> | undefined {
  if (!/[*?[\\]/.test(word)) return { literal: word };
  const tokens: Token[] = [];
  for (let at = 0; at < word.length; at += 1) {
    const character = word[at];
    if (character === '*') {
      if (tokens.at(-1) !== 'run') tokens.push('run');
    } else if (character === '?') tokens.push('one');
    else if (character === '[') {
      const parsed = parseClass(word, at);
      if (!parsed) return undefined;
      tokens.push(parsed.token);
      at = parsed.end;
    } else if (character === '\\') {
      at += 1;
      if (at === word.length) return undefined; // it escapes nothing, and matches nothing
      tokens.push(word.charCodeAt(at));
    } else tokens.push(word.charCodeAt(at));
  }
  return tokens.every((token) => typeof token === 'number') ? { literal: String.fromCharCode(...tokens) } : { tokens };
}

/** Reads `[…]`; `end` is where its `]` stands. Undefined where it has none. */
function parseClass(word: string, start: number): { readonly token: CharacterClass; readonly end: number } | undefined {
  let at = start + 1;
  const negated = word[at] === '!' || word[at] === '^';
  if (negated) at += 1;
  const ranges: [number, number][] = [];
  for (let first = true; first || word[at] !== ']'; first = false) {
    if (at >= word.length) return undefined;
    const name = /^\[:(?<name>[a-z]*):\]/.exec(word.slice(at, at + 12))?.groups?.['name'];
    if (name !== undefined) {
      const known = characterSets[name];
      if (!known) return undefined;
      ranges.push(...known);
      at += name.length + 4;
      continue;
    }
    const low = unitAt(word, at);
    if (!low) return undefined;
    at = low.next;
    const high = word[at] === '-' && word[at + 1] !== ']' ? unitAt(word, at + 1) : undefined;
    if (high) at = high.next;
    ranges.push([low.unit, high?.unit ?? low.unit]);
  }
  return { token: { negated, ranges }, end: at };
}

function unitAt(word: string, at: number): { readonly unit: number; readonly next: number } | undefined {
  const from = word[at] === '\\' ? at + 1 : at;
  return from < word.length ? { unit: word.charCodeAt(from), next: from + 1 } : undefined;
}

const range = (text: string): [number, number] => [text.charCodeAt(0), text.charCodeAt(text.length - 1)];

/** Of POSIX, as git knows them: ASCII only. */
const characterSets: Readonly<Record<string, readonly [number, number][]>> = {
  alnum: [range('09'), range('AZ'), range('az')],
  alpha: [range('AZ'), range('az')],
  blank: [range(' '), range('\t')],
  cntrl: [range('\0\u001F'), range('\u007F')],
  digit: [range('09')],
  graph: [range('!~')],
  lower: [range('az')],
  print: [range(' ~')],
  punct: [range('!/'), range(':@'), range('[`'), range('{~')],
  space: [range(' '), range('\t\r')],
  upper: [range('AZ')],
  xdigit: [range('09'), range('AF'), range('af')],
};
