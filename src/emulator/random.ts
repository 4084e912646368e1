import { randomBytes } from 'node:crypto';
import type { RandomText } from '../domain/token.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A byte beyond this would make some characters likelier than others. */
const fairBytes = 256 - (256 % alphabet.length);

let pool = Buffer.alloc(0);
let used = 0;

function nextByte(): number {
  if (used >= pool.length) [pool, used] = [randomBytes(4096), 0]; // one call for many characters: each costs a system's while
  return pool[used++] ?? 0;
}

/** Cryptographically random base-62 text: keys and ids must not be guessable. */
export const randomText: RandomText = (length) => {
  let text = '';
  while (text.length < length) {
    const byte = nextByte();
    if (byte < fairBytes) text += alphabet[byte % alphabet.length];
  }
  return text;
};
