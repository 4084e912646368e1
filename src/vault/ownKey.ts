import type { Secret } from '../domain/secret.ts';

/** The id of a key that was put into the vault by hand: by its token's SHA-256, so that the same key is kept once. */
export async function ownKeyId(secret: Secret): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret.reveal()));
  const hex = [...new Uint8Array(digest, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `own_${hex}`;
}
