import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';

/** Longer than any path a system opens. */
const mostPathBytes = 4096;
/** Version 4 says of a path only how it differs from the one before: a small file may hold any amount of text. */
const mostTextBytes = 512 * 1024 * 1024;

/** What comes behind the paths of an index. */
export interface IndexEnd {
  /** The name of the file beside it that holds the other paths, where the index is split. */
  readonly shared: string | undefined;
}

/**
 * The paths in an index of git, from the root of the work tree, one after the other: those of files, and with a `/` at its end that of a
 * folder which a sparse index holds as one. Ends with a sentence where the file is none, or is damaged; what was given until then is in it.
 * Paths that are no UTF-8 come with replacement characters, as everywhere here. Of a split index they may be more than there are.
 */
export function* indexPaths(bytes: Buffer): Generator<string, Outcome<IndexEnd, string>> {
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') return refuse('it is no index of git');
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return refuse(`version ${version} of it is not known`);
  // An index does not say which hash its repository has, but with the wrong one its entries make no sense.
  const hashBytes = [20, 32].find((size) => headIsSound(entries(bytes, version, size))) ?? 20;
  const found = entries(bytes, version, hashBytes);
  for (let step = found.next(); ; step = found.next()) {
    if (step.done === true) return step.value.ok ? extensions(bytes, step.value.value, hashBytes) : step.value;
    yield step.value.toString('utf8');
  }
}

const soundEntries = 8;

function headIsSound(found: Generator<Buffer, Outcome<number, string>>): boolean {
  for (let count = 0; count < soundEntries; count += 1) {
    const step = found.next();
    if (step.done === true) return step.value.ok;
  }
  return true;
}

const headerBytes = 12;
/** Times, device, inode, mode, owner and size of a file stand before its hash. */
const statBytes = 40;
const extended = 0x40_00;
const nameMask = 0x0f_ff;

/** The paths as they stand there; ends with where the extensions begin. */
function* entries(bytes: Buffer, version: number, hashBytes: number): Generator<Buffer, Outcome<number, string>> {
  const count = bytes.readUInt32BE(8);
  const end = bytes.length - hashBytes;
  let [at, text] = [headerBytes, 0];
  let path: Buffer = Buffer.alloc(0);
  for (let entry = 0; entry < count; entry += 1) {
    const start = at;
    const flagsAt = at + statBytes + hashBytes;
    if (flagsAt + 2 > end) return refuse('it is cut off');
    const flags = bytes.readUInt16BE(flagsAt);
    at = flagsAt + ((flags & extended) === 0 || version < 3 ? 2 : 4);
    let kept = 0;
    if (version === 4) {
      const less = readVarint(bytes, at, end);
      if (!less || less.value > path.length) return refuse('it is damaged');
      kept = path.length - less.value;
      at = less.next;
    }
    const nameEnd = bytes.indexOf(0, at);
    if (nameEnd < 0 || nameEnd > end) return refuse('it is cut off');
    const length = kept + nameEnd - at;
    if ((flags & nameMask) !== Math.min(length, nameMask)) return refuse('it is damaged');
    if (length > mostPathBytes) return refuse('it has a path that is too long');
    text += length;
    if (text > mostTextBytes) return refuse('it is too large');
    const name = bytes.subarray(at, nameEnd);
    path = kept === 0 ? name : Buffer.concat([path.subarray(0, kept), name]);
    // Before version 4, one to eight zeros make an entry's length a multiple of eight.
    at = version === 4 ? nameEnd + 1 : start + (nameEnd - start + 8 - ((nameEnd - start) % 8));
    if (length > 0) yield path; // in a split index, an entry without a path changes one of the shared part
  }
  return ok(at);
}

/** The number format of git's packs for offsets. */
function readVarint(
  bytes: Buffer,
  start: number,
  end: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let at = start; at < end && at < start + 5; at += 1) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: at + 1 };
    value += 1;
  }
  return undefined;
}

/** What of an index is not a path. A name in small letters belongs to what must be understood. */
function extensions(bytes: Buffer, start: number, hashBytes: number): Outcome<IndexEnd, string> {
  let shared: string | undefined;
  for (let at = start; at + 8 <= bytes.length - hashBytes; at += 8 + bytes.readUInt32BE(at + 4)) {
    const name = bytes.toString('latin1', at, at + 4);
    if (name === 'link') shared = sharedIndex(bytes.toString('hex', at + 8, at + 8 + hashBytes));
    else if (/^[a-z]/.test(name) && name !== 'sdir') return refuse('it has a part that is not known');
  }
  return ok({ shared });
}

const sharedIndex = (hash: string): string | undefined => (/^0+$/.test(hash) ? undefined : `sharedindex.${hash}`);
