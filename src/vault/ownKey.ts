import { fingerprintOf } from '../domain/fingerprint.ts';
import type { Secret } from '../domain/secret.ts';

/** The id of a key that was put into the vault by hand: by its token's SHA-256, so that the same key is kept once. */
export function ownKeyId(secret: Secret): string {
  return `own_${fingerprintOf(secret.reveal()).slice(0, 16)}`;
}
