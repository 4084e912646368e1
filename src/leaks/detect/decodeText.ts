/** How much of a file tells whether it is text. */
const sniffed = 8192;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const utf16le = new TextDecoder('utf-16le', { ignoreBOM: true });
const utf16be = new TextDecoder('utf-16be', { ignoreBOM: true });

/** The text of a file's bytes; invalid UTF-8 is read as far as it goes. Undefined where they are no text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16le.decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16be.decode(bytes);
  const head = bytes.subarray(0, sniffed);
  if (!head.includes(0)) return utf8.decode(bytes);
  const order = wideOrder(head);
  return order === 'little' ? utf16le.decode(bytes) : order === 'big' ? utf16be.decode(bytes) : undefined;
}

/** So many bytes tell it. */
const enough = 512;

/** UTF-16 without its mark: nearly every other byte of Western text is zero. */
export function wideOrder(head: Uint8Array): 'little' | 'big' | undefined {
  let even = 0;
  let odd = 0;
  const length = Math.min(head.length, enough);
  for (let index = 0; index < length; index += 1) {
    if (head[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = length / 2;
  if (odd > half * 0.7 && even < half * 0.05) return 'little';
  return even > half * 0.7 && odd < half * 0.05 ? 'big' : undefined;
}
