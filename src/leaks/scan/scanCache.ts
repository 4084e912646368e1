import { readFile } from 'node:fs/promises';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { ScanTask } from './scanFile.ts';
import { Turns } from './turns.ts';

const version = 2;
/** To be raised with every change of what the detector finds: what older ones found is then forgotten. */
const detector = 2;
const header = JSON.stringify({ version, detector });

/** How often work on many lines lets others have their turn. */
const linesAtOnce = 64;

/**
 * What earlier scans found. The file has a line that says its version, then one for every part of a folder: its absolute path as JSON, the
 * part's number and a line of `FolderMemory`, with tabs between. The lines of files are read and written by the threads: 70,000 files at
 * once would hold up the program.
 */
export class ScanCache {
  readonly #path;
  readonly #old: ReadonlyMap<string, string>;
  readonly #keep: boolean;
  readonly #new = new Map<string, string>();
  #changed = false;

  private constructor(path: string, old: ReadonlyMap<string, string>, keep: boolean) {
    this.#path = path;
    this.#old = old;
    this.#keep = keep;
  }

  /** An absent or damaged file is an empty cache; one of a newer version too, and it is kept. */
  static async open(path: string): Promise<ScanCache> {
    try {
      const text = await readFile(path, 'utf8');
      if (text.startsWith(`${header}\n`)) return new ScanCache(path, await linesOf(text), false);
      return new ScanCache(path, new Map(), versionOf(text) > version);
    } catch {
      return new ScanCache(path, new Map(), false); // it is only a cache: the scan takes longer
    }
  }

  /** What is remembered of the files of a task; an empty text where nothing is. */
  find(task: ScanTask): string {
    return this.#old.get(keyOf(task)) ?? '';
  }

  /** Takes what `scanFiles` returned for a task that it was given the memory of. */
  remember(task: ScanTask, memory: string | undefined): void {
    const line = memory ?? task.remembered ?? '';
    if (line === '') return;
    this.#new.set(keyOf(task), line);
    if (memory !== undefined) this.#changed = true;
  }

  /** Replaces the file by what a whole scan found, if that is something new. Where it cannot be written the next scan takes longer. */
  async save(): Promise<void> {
    if (this.#keep || (!this.#changed && this.#new.size === this.#old.size)) return;
    const turns = new Turns();
    const lines = [header];
    for (const [key, line] of this.#new) {
      lines.push(`${key}\t${line}`);
      if (lines.length % linesAtOnce === 0) await turns.rest();
    }
    try {
      await replaceFile(this.#path, `${lines.join('\n')}\n`);
    } catch {
      // a full disk must not lose what was found
    }
  }
}

const keyOf = ({ folder, part, names }: ScanTask): string =>
  `${JSON.stringify(part < 0 ? folder + (names[0] ?? '') : folder)}\t${part}`;

async function linesOf(text: string): Promise<Map<string, string>> {
  const turns = new Turns();
  const lines = new Map<string, string>();
  let start = header.length + 1;
  for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
    const tab = text.indexOf('\t', text.indexOf('\t', start) + 1);
    if (tab >= 0 && tab < end) lines.set(text.slice(start, tab), text.slice(tab + 1, end));
    start = end + 1;
    if (lines.size % linesAtOnce === 0) await turns.rest();
  }
  return lines;
}

/** The version that the first line of a file says; 0 where it says none. */
function versionOf(text: string): number {
  const first: unknown = JSON.parse(text.split('\n', 1)[0] ?? '');
  const said = typeof first === 'object' && first !== null && 'version' in first ? first.version : 0;
  return typeof said === 'number' ? said : 0;
}
