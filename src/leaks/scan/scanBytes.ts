import { decodeText } from '../detect/decodeText.ts';
import { findLeaks } from '../detect/findLeaks.ts';
import { withoutIgnored } from '../detect/markers.ts';
import { ByteSearch } from '../detect/needles/byteSearch.ts';
import { mayHoldLeak } from '../detect/needles/mayHoldLeak.ts';
import type { PlacedLeak, TextContext } from '../leak.ts';
import { placeLeaks } from './placeLeaks.ts';

/** One for each thread: what is read into it is gone with the next file. */
const search = new ByteSearch();

/** Room to read a file into, so that `scanRead` need not copy it. */
export const roomFor = (size: number): Buffer => search.room(size);

/** False only where a piece of a file that stands in the room, at `seam` bytes of the piece before it, holds no leak. UTF-16 is not seen. */
export const pieceMayHoldLeak = (length: number): boolean => search.mayHoldLeak(length);

/** The leaks of bytes that stand anywhere: see `scanRead`. */
export function scanBytes(bytes: Buffer, context: TextContext, excuses: boolean): PlacedLeak[] {
  const room = roomFor(bytes.length);
  bytes.copy(room);
  return scanRead(room, context, excuses);
}

/** The leaks of bytes that were read into the beginning of `roomFor`: none where they are no text. `excuses`: comments that excuse a leak count. */
export function scanRead(bytes: Buffer, context: TextContext, excuses: boolean): PlacedLeak[] {
  if (!mayHoldLeak(search, bytes)) return [];
  const text = decodeText(bytes);
  if (text === undefined) return [];
  const leaks = findLeaks(text, context);
  return placeLeaks(text, excuses ? withoutIgnored(text, leaks) : leaks);
}
