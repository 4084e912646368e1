import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { wideOrder } from '../detect/decodeText.ts';
import type { FileStamp } from './memory.ts';
import { roomFor } from './scanBytes.ts';

/** Larger files are told of, not read. */
export const mostBytes = 64 * 1024 * 1024;

/** Most files are smaller, and read with one call. */
const firstBytes = 128 * 1024;
const sniffed = 8192;

/** What was read: bytes in room that the next read uses again, none of a binary file; or why nothing was. */
export type ReadOutcome =
  | {
      readonly read: true;
      readonly bytes: Buffer | undefined;
      readonly size: number;
      readonly stamp: FileStamp | undefined;
    }
  | { readonly read: false; readonly why: string };

/**
 * Reads a file whole into the one room there is. Binary files are left after their beginning: they hold no text. `stamped`: asks for the
 * stamp too, which costs a call to the system. Throws what the file system throws.
 */
export function readFile(file: string, stamped: boolean): ReadOutcome {
  // Without O_NONBLOCK a pipe that took a file's place would keep us waiting for ever.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const early = stamped ? fstatSync(descriptor) : undefined;
    const stamp = early && { mtimeMs: early.mtimeMs, size: early.size, ino: early.ino };
    let room = roomFor(firstBytes);
    let length = readSync(descriptor, room, 0, firstBytes, null);
    const whole = length < firstBytes;
    const size = whole ? length : fstatSync(descriptor).size;
    if (isBinary(room.subarray(0, Math.min(length, sniffed)))) return { read: true, bytes: undefined, size, stamp };
    if (whole) return { read: true, bytes: room.subarray(0, length), size, stamp };
    if (size > mostBytes) return { read: false, why: 'too large' };
    room = roomFor(size); // keeps what was read: the room only grows at its end
    for (let more = -1; more !== 0 && length < size; length += more) {
      more = readSync(descriptor, room, length, size - length, null); // none where it became shorter meanwhile
    }
    return { read: true, bytes: room.subarray(0, length), size, stamp };
  } finally {
    closeSync(descriptor);
  }
}

function isBinary(head: Buffer): boolean {
  if (!head.includes(0)) return false;
  const [first = 0, second = 0] = head;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !marked && wideOrder(head) === undefined;
}
