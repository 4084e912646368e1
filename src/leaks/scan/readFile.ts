import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { wideOrder } from '../detect/decodeText.ts';
import { seam } from '../detect/needles/byteSearch.ts';
import { mayBeWide } from '../detect/needles/mayHoldLeak.ts';
import type { FileStamp } from './memory.ts';
import { pieceMayHoldLeak, roomFor } from './scanBytes.ts';
import { sealedBy, type Sealed } from './sealed.ts';
import { mostBytes, tooLarge } from './scanResult.ts';

/** Most files are smaller, and read with one call; larger ones are read in such pieces, which stay in a processor's cache. */
const pieceBytes = 128 * 1024;
const sniffed = 8192;

/**
 * What was read: the whole file, in room that the next read uses again; `binary` where it is no text; `harmless` where it is one
 * without anything that a leak has; an archive or a database, whose contents are not seen. Or why nothing was.
 */
export type ReadOutcome =
  | {
      readonly read: true;
      readonly content: Buffer | 'binary' | 'harmless' | Sealed;
      readonly size: number;
      readonly stamp: FileStamp | undefined;
    }
  | { readonly read: false; readonly why: string };

/**
 * Reads a file, whole if it may hold a leak. `stamped`: asks for the stamp too, which costs a call to the system. Throws what the file
 * system throws.
 */
export function readFile(file: string, stamped: boolean, most = mostBytes): ReadOutcome {
  // Without O_NONBLOCK a pipe that took a file's place would keep us waiting for ever.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const early = stamped ? fstatSync(descriptor) : undefined;
    const stamp = early && { mtimeMs: early.mtimeMs, size: early.size, ino: early.ino };
    const room = roomFor(seam + pieceBytes);
    const length = readSync(descriptor, room, 0, pieceBytes, null);
    const whole = length < pieceBytes;
    const stats = whole ? undefined : fstatSync(descriptor);
    if (stats?.isFile() === false) return { read: false, why: 'not a file' }; // it took the place of one, and has no end
    const size = stats?.size ?? length;
    const head = room.subarray(0, length);
    const sealed = sealedBy(head);
    if (sealed) return { read: true, content: sealed, size, stamp };
    if (isBinary(head)) return { read: true, content: 'binary', size, stamp };
    if (size > most) return { read: false, why: tooLarge };
    if (whole) return { read: true, content: head, size, stamp };
    const content =
      mayBeWide(head) || piecesMayHoldLeak(descriptor, room, size) ? readWhole(descriptor, size) : 'harmless';
    return { read: true, content, size, stamp };
  } finally {
    closeSync(descriptor);
  }
}

/** Looks through the first piece, which stands in the room, and those behind it. */
function piecesMayHoldLeak(descriptor: number, room: Buffer, size: number): boolean {
  if (pieceMayHoldLeak(pieceBytes)) return true;
  let end = pieceBytes;
  for (let [read, more] = [pieceBytes, -1]; more !== 0 && read < size; read += more) {
    room.copyWithin(0, end - seam, end);
    more = readSync(descriptor, room, seam, pieceBytes, null);
    end = seam + more;
    if (pieceMayHoldLeak(end)) return true;
  }
  return false;
}

function readWhole(descriptor: number, size: number): Buffer {
  const room = roomFor(size);
  let length = 0;
  for (let more = -1; more !== 0 && length < size; length += more)
    more = readSync(descriptor, room, length, size - length, length); // none where it became shorter meanwhile
  return room.subarray(0, length);
}

/** Whether a regular file is no text, by its beginning. Throws what the file system throws. */
export function holdsNoText(file: string): boolean {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(descriptor).isFile()) return false;
    const head = Buffer.alloc(sniffed);
    return isBinary(head.subarray(0, readSync(descriptor, head, 0, sniffed, 0)));
  } finally {
    closeSync(descriptor);
  }
}

/** By the beginning of a file. */
export function isBinary(content: Buffer): boolean {
  const head = content.subarray(0, sniffed);
  if (!head.includes(0)) return false;
  const [first = 0, second = 0] = head;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !marked && wideOrder(head) === undefined;
}
