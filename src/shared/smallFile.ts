import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { lstat, open, stat } from 'node:fs/promises';
import { systemCode } from './errors.ts';
import type { Outcome } from './result.ts';
import { ok, refuse } from './result.ts';

/** Why a small file was not read. `notRegular`: a folder, a device, a pipe or a socket. */
export type SmallFileProblem = 'absent' | 'link' | 'notRegular' | 'tooLarge' | 'unreadable';

export interface SmallFileOptions {
  /** Larger files are refused, however much of them is there. */
  readonly most?: number;
  /** `follow` only for what the user named: a link that a repository brings may lead anywhere. */
  readonly links?: 'refuse' | 'follow';
}

/** What ignore files, environment files and their like stay below by far. */
export const mostSmallBytes = 1024 * 1024;

/**
 * Reads a small file that a repository may have brought: only a regular one, never more than the limit, and without waiting for whoever
 * writes into a pipe. Every such file is read by this function or by its twin, `readSmallFileSync`.
 */
export async function readSmallFile(
  file: string,
  { most = mostSmallBytes, links = 'refuse' }: SmallFileOptions = {},
): Promise<Outcome<Buffer, SmallFileProblem>> {
  try {
    // Asked before it is opened: a device may act on being opened.
    const before = problemOf(await (links === 'follow' ? stat(file) : lstat(file)), most);
    if (before) return refuse(before);
    const handle = await open(file, flagsFor(links));
    try {
      const stats = await handle.stat();
      const problem = problemOf(stats, most);
      if (problem) return refuse(problem);
      const room = roomFor(stats.size);
      let length = 0;
      for (let more = -1; more !== 0 && length < room.length; length += more)
        ({ bytesRead: more } = await handle.read(room, length, room.length - length, length));
      return taken(room, length, stats);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return refuse(problemFrom(error));
  }
}

/** For where one step of a walk must end before the next. */
export function readSmallFileSync(
  file: string,
  { most = mostSmallBytes, links = 'refuse' }: SmallFileOptions = {},
): Outcome<Buffer, SmallFileProblem> {
  try {
    const before = problemOf(links === 'follow' ? statSync(file) : lstatSync(file), most);
    if (before) return refuse(before);
    const descriptor = openSync(file, flagsFor(links));
    try {
      const stats = fstatSync(descriptor);
      const problem = problemOf(stats, most);
      if (problem) return refuse(problem);
      const room = roomFor(stats.size);
      let length = 0;
      for (let more = -1; more !== 0 && length < room.length; length += more)
        more = readSync(descriptor, room, length, room.length - length, length);
      return taken(room, length, stats);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return refuse(problemFrom(error));
  }
}

/** The end of a sentence that begins with the file: why it was not read. */
export const smallFileWords: Readonly<Record<SmallFileProblem, string>> = {
  absent: 'does not exist',
  link: 'is a link, and links are not followed here',
  notRegular: 'is not a regular file',
  tooLarge: 'is too large',
  unreadable: 'cannot be read',
};

/** Whatever takes the file's place between the question and the answer: no link is followed, and no pipe is waited for. */
const flagsFor = (links: 'refuse' | 'follow'): number =>
  constants.O_RDONLY |
  (constants.O_NONBLOCK ?? 0) |
  (constants.O_NOCTTY ?? 0) |
  (links === 'refuse' ? (constants.O_NOFOLLOW ?? 0) : 0);

function problemOf(stats: Stats, most: number): SmallFileProblem | undefined {
  if (stats.isSymbolicLink()) return 'link';
  if (!stats.isFile()) return 'notRegular';
  return stats.size > most ? 'tooLarge' : undefined;
}

/** One byte more than the file had, which tells whether it has grown. */
const roomFor = (size: number): Buffer => Buffer.allocUnsafe(size + 1);

/** A file that grew while it was read is read no further: what was there is enough. */
const taken = (room: Buffer, length: number, { size }: Stats): Outcome<Buffer, SmallFileProblem> =>
  ok(room.subarray(0, Math.min(length, size)));

function problemFrom(error: unknown): SmallFileProblem {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
  if (code === 'ELOOP' || code === 'EMLINK') return 'link'; // what O_NOFOLLOW answers
  return 'unreadable';
}
