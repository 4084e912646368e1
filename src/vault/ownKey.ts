import { fingerprintOf } from '../domain/fingerprint.ts';
import type { Secret } from '../domain/secret.ts';

const prefix = 'own_';

/** The id of a key that was put into the vault by hand: by its token's SHA-256, so that the same key is kept once. */
export function ownKeyId(secret: Secret): string {
  return `${prefix}${fingerprintOf(secret.reveal()).slice(0, 16)}`;
}

/** Whether an id of the vault is that of a key that was put in by hand: nobody else can give it again. */
export const isOwnKey = (id: string): boolean => id.startsWith(prefix);
