import { createInterface } from 'node:readline';
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

/**
 * Every blob of a range's commits once, under the commit that brought it in, the oldest first. Of a merge only what none of its parents
 * has. `range`: as `git log` takes it; undefined for all branches and tags.
 */
export async function historyBlobs(folder: string, range: string | undefined): Promise<Outcome<HistoryBlob[], string>> {
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
  let introduced: Introduction = { commit: '', author: '', date: '' };
  const lines = child.stdout ? createInterface({ input: child.stdout, crlfDelay: Infinity }) : [];
  for await (const line of lines) {
    if (line.startsWith(commitMark)) introduced = readCommit(line);
    const found = readRawLine(line);
    if (found && !blobs.has(found.blob)) blobs.set(found.blob, { ...introduced, ...found });
  }
  const end = await ended;
  return end.ok ? ok([...blobs.values()]) : end;
}

function readCommit(line: string): Introduction {
  const [commit = '', date = '', ...author] = line.slice(commitMark.length).split(' ');
  return { commit, date, author: author.join(' ') };
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
