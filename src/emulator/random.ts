import { randomInt } from 'node:crypto';
import type { RandomText } from '../domain/token.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Cryptographically random base-62 text: keys and ids must not be guessable. */
export const randomText: RandomText = (length) => {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet[randomInt(alphabet.length)];
  return text;
};
