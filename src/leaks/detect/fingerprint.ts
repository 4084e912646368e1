import { createHash } from 'node:crypto';

/** A name for a token that does not give it away: 32 hexadecimal digits of a hash over at least 24 random characters. */
export const fingerprintOf = (token: string): string =>
  createHash('sha256').update(`keysmith\0${token}`).digest('hex').slice(0, 32);
