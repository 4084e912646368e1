import { decodeText } from '../detect/decodeText.ts';
import { findLeaks } from '../detect/findLeaks.ts';
import { withoutIgnored } from '../detect/markers.ts';
import { mayHoldLeak } from '../detect/mayHoldLeak.ts';
import type { PlacedLeak, TextContext } from '../leak.ts';
import { placeLeaks } from './placeLeaks.ts';

/** The leaks of a file's bytes: none where they are no text. `excuses`: comments that excuse a leak count. */
export function scanBytes(bytes: Buffer, context: TextContext, excuses: boolean): PlacedLeak[] {
  if (!mayHoldLeak(bytes)) return [];
  const text = decodeText(bytes);
  if (text === undefined) return [];
  const leaks = findLeaks(text, context);
  return placeLeaks(text, excuses ? withoutIgnored(text, leaks) : leaks);
}
