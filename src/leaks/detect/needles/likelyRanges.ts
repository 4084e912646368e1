import { ByteSearch, seam } from './byteSearch.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** In UTF-16 units, of which each takes at most three bytes of UTF-8. */
const piece = 65_536;
const bytesOfUnit = 3;
/** How far around a needle its leak and what tells about it may reach: the longest encoded key, and as much again. */
const reach = 8800;

/** Made when the first long text is looked through, and then kept: its memory is that of one piece. */
let search: ByteSearch | undefined;

/** The parts of a text that may hold leaks, in order and apart from each other. A short text is one part: to look is as quick as to ask. */
export function likelyRanges(text: string): Range[] {
  if (text.length <= piece) return [{ start: 0, end: text.length }];
  search ??= new ByteSearch();
  const ranges: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length; start += piece) {
    const room = search.room((piece + seam) * bytesOfUnit);
    const length = room.write(text.slice(start, start + piece + seam));
    if (!search.mayHoldLeak(length)) continue;
    const [from, to] = [Math.max(0, start - reach), Math.min(text.length, start + piece + reach)];
    const last = ranges.at(-1);
    if (last && last.end >= from) last.end = to;
    else ranges.push({ start: from, end: to });
  }
  return ranges;
}
