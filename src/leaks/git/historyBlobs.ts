import { createInterface } from 'node:readline';
import { maskTokens } from '../../domain/secret.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Introduction } from '../report/report.ts';
import { runGit, spawnGit } from './git.ts';

/** A blob of the history, with the oldest commit that has it. */
export interface HistoryBlob extends Introduction {
  readonly blob: string;
  readonly path: string;
}

/** Begins a commit's line; no path that git prints quoted can hold it. */
const commitMark = '\u0001';

export interface History {
  readonly blobs: readonly HistoryBlob[];
  readonly commits: readonly Introduction[];
}

/**
 * A range's commits, and every blob of them once, under the commit that brought it in, the oldest first. Of a merge only what none of its
 * parents has. `range`: as `git log` takes it; undefined for all branches and tags. `wanted`: whether a blob counts under a path.
 */
export async function readHistory(
  folder: string,
  range: string | undefined,
  wanted: (path: string) => boolean,
): Promise<Outcome<History, string>> {
  if (range?.startsWith('-')) return refuse(`"${range}" is no range of commits.`);
  if (range !== undefined) {
    const known = await runGit(folder, ['rev-list', '--max-count=1', range, '--']);
    if (!known.ok) return known;
  }
  const child = spawnGit(folder, [
    '-c',
    'core.quotePath=false',
    'log',
    range ?? '--all',
    '--reverse',
    '--topo-order',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--diff-merges=dense-combined',
    '--diff-filter=AMT',
    `--format=${commitMark}%H %aI %an`,
    '--',
  ]);
  child.stdin?.end();
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<Outcome<undefined, string>>((resolve) => {
    child.once('error', (error) => resolve(refuse(`git cannot be run: ${messageOf(error)}`)));
    child.once('close', (code) =>
      resolve(code === 0 ? ok(undefined) : refuse(complaint.split('\n')[0] || `git log ended with ${code}`)),
    );
  });
  const blobs = new Map<string, HistoryBlob>();
  const commits: Introduction[] = [];
  let introduced: Introduction = { commit: '', author: '', date: '' };
  const lines = child.stdout ? createInterface({ input: child.stdout, crlfDelay: Infinity }) : [];
  for await (const line of lines) {
    if (line.startsWith(commitMark)) {
      introduced = readCommit(line);
      commits.push(introduced);
    }
    const found = readRawLine(line);
    if (found && !blobs.has(found.blob) && wanted(found.path)) blobs.set(found.blob, { ...introduced, ...found });
  }
  const end = await ended;
  return end.ok ? ok({ blobs: [...blobs.values()], commits }) : end;
}

function readCommit(line: string): Introduction {
  const [commit = '', date = '', ...author] = line.slice(commitMark.length).split(' ');
  return { commit, date, author: maskTokens(author.join(' ')) };
}

/** Whether commits are missing that the history has elsewhere. */
export async function isShallow(folder: string): Promise<boolean> {
  const answer = await runGit(folder, ['rev-parse', '--is-shallow-repository']);
  return !answer.ok || answer.value.toString('utf8').trim() !== 'false';
}

export interface AnnotatedTag {
  readonly id: string;
  /** Without `refs/tags/`. */
  readonly name: string;
}

/** The tags that have a message of their own. */
export async function annotatedTags(folder: string): Promise<Outcome<AnnotatedTag[], string>> {
  const listed = await runGit(folder, ['for-each-ref', '--format=%(objecttype) %(objectname) %(refname)']);
  if (!listed.ok) return listed;
  const lines = listed.value.toString('utf8').split('\n');
  return ok(
    lines.flatMap((line) => {
      const [type, id = '', ...name] = line.split(' ');
      return type === 'tag' ? [{ id, name: name.join(' ').replace(/^refs\/(?:tags\/)?/, '') }] : [];
    }),
  );
}

const submodule = '160000';

/** `:MODE MODE SHA SHA STATUS\tPATH`, and with one more of each and one more colon for each further parent of a merge. */
export function readRawLine(line: string): { readonly blob: string; readonly path: string } | undefined {
  const parents = /^:+/.exec(line)?.[0].length;
  const tab = line.indexOf('\t');
  if (parents === undefined || tab < 0) return undefined;
  const words = line.slice(parents, tab).split(' ');
  const mode = words[parents];
  const blob = words[2 * parents + 1];
  if (blob === undefined || mode === submodule || /^0+$/.test(blob)) return undefined;
  return { blob, path: unquoted(line.slice(tab + 1)) };
}

/** A path as git prints it: in quotes, with C's escapes, where a character of it would break the line. */
function unquoted(path: string): string {
  if (!path.startsWith('"')) return path;
  const bytes: number[] = [];
  for (const [part, , octal, letter] of path.slice(1, -1).matchAll(/(\\([0-7]{3})|\\(.))|[^\\]+/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter === undefined) bytes.push(...Buffer.from(part));
    else bytes.push((escapes[letter] ?? letter).charCodeAt(0));
  }
  return Buffer.from(bytes).toString('utf8');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };
