import type { Mode } from '../domain/mode.ts';

/** What the editor puts into its terminals, and `keysmith run` reads. */
export const socketVariable = 'KEYSMITH_SOCKET';
export const nonceVariable = 'KEYSMITH_NONCE';

/** One line of JSON each way; a longer one is not read. */
export const maxRequestBytes = 256 * 1024;
/** Of a longer command only the program is sent, and the request says so. */
export const maxCommandBytes = 128 * 1024;

export interface WantedKey {
  readonly variable: string;
  /** A key's name or id; without one it is the key that was chosen for the variable. */
  readonly key?: string | undefined;
}

/** What keys are for. */
export interface WantedFor {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Whether the arguments are left out, because they are too long to be sent. */
  readonly cut: boolean;
}

export interface KeyRequest extends WantedFor {
  readonly version: 2;
  /** Of the window: proves that who asks was started in one of its terminals. */
  readonly nonce: string;
  /** Which variables get which keys; none means all that were chosen for the workspace. */
  readonly keys: readonly WantedKey[];
}

/** Why no key is given. */
export const refusals = [
  'nonce',
  'malformed',
  'untrusted',
  'unknown',
  'ambiguous',
  'notChosen',
  'cancelled',
  'refused',
] as const;
export type RefusalReason = (typeof refusals)[number];

export interface SentKey {
  readonly variable: string;
  readonly token: string;
  readonly name: string;
  readonly mode: Mode;
}

export type KeyReply =
  | {
      readonly ok: true;
      readonly keys: readonly SentKey[];
      /** Where the emulator listens, for keys that are worth something there alone. */
      readonly base?: string | undefined;
    }
  /** `says` is the editor's own sentence, or the name it is about. */
  | { readonly ok: false; readonly why: RefusalReason; readonly says: string };

export const refusal = (why: RefusalReason, says = ''): KeyReply => ({ ok: false, why, says });
