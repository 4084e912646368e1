import type { ByteSearch } from './byteSearch.ts';

const wideNeedles = ['_live_', '_test_', 'whsec_', 'oak_'].flatMap((needle) => [
  Buffer.from(needle, 'utf16le'),
  Buffer.from(needle, 'utf16le').swap16(),
]);

/** False only where bytes that stand at the beginning of the search's room hold no leak. They may be UTF-16. */
export function mayHoldLeak(search: ByteSearch, bytes: Buffer): boolean {
  if (search.mayHoldLeak(bytes.length)) return true;
  return mayBeWide(bytes) && wideNeedles.some((needle) => bytes.includes(needle));
}

/** UTF-16 says so by its mark, or has a zero among its first letters. */
export const mayBeWide = (bytes: Buffer): boolean => (bytes[0] ?? 0) >= 0xfe || bytes.subarray(0, 64).includes(0);
