import { hash } from 'node:crypto';

/**
 * A name for a token that does not give it away: the first 32 hexadecimal digits of its SHA-256. A body has at least 24 random
 * characters, so the token cannot be found by trying.
 */
export const fingerprintOf = (token: string): string => hash('sha256', token, 'hex').slice(0, 32);
