import type { Mode } from '../domain/mode.ts';

/** What the editor puts into its terminals, and `keysmith run` reads. */
export const socketVariable = 'KEYSMITH_SOCKET';
export const nonceVariable = 'KEYSMITH_NONCE';

/** One line of JSON each way; a longer one is not read. */
export const maxRequestBytes = 16 * 1024;

export interface KeyRequest {
  readonly version: 1;
  /** Of the window: proves that who asks was started in one of its terminals. */
  readonly nonce: string;
  /** A key's name or id. */
  readonly key: string;
  /** What the key is for, as a person is told it. */
  readonly command: string;
}

/** Why no key is given. */
export const refusals = ['nonce', 'malformed', 'untrusted', 'unknown', 'ambiguous', 'cancelled', 'refused'] as const;
export type RefusalReason = (typeof refusals)[number];

export type KeyReply =
  | { readonly ok: true; readonly token: string; readonly name: string; readonly mode: Mode }
  /** `says` is the editor's own sentence, where it has one. */
  | { readonly ok: false; readonly why: RefusalReason; readonly says: string };

export const refusal = (why: RefusalReason, says = ''): KeyReply => ({ ok: false, why, says });
