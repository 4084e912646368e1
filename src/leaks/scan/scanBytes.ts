import { findLeaks } from '../detect/findLeaks.ts';
import type { PlacedLeak } from '../leak.ts';
import { placeLeaks } from './placeLeaks.ts';

/** The leaks of a file's bytes; undefined where they are no text. `path` as for `TextContext`. */
export function scanBytes(bytes: Uint8Array, path: string): PlacedLeak[] | undefined {
  const text = new TextDecoder().decode(bytes);
  return placeLeaks(text, findLeaks(text, { path }));
}
