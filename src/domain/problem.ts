import type { Outcome } from '../shared/result.ts';

/** Why the API refuses a request. `token` is already redacted as Stripe redacts it. */
export type ApiProblem =
  | { readonly kind: 'noKey' }
  | { readonly kind: 'unknownKey'; readonly token: string }
  | { readonly kind: 'expiredKey'; readonly token: string }
  | { readonly kind: 'publishableKeyNotAllowed' }
  | { readonly kind: 'unknownPath'; readonly method: string; readonly path: string }
  | { readonly kind: 'unreadableBody'; readonly why: string }
  | {
      readonly kind: 'objectNotFound';
      readonly noun: string;
      readonly id: string;
      readonly twinMode: 'test' | 'live' | undefined;
    }
  | { readonly kind: 'parameterInvalid'; readonly parameter: string; readonly why: string }
  | { readonly kind: 'notEmulated'; readonly what: string };

/** Why managing a key is refused. */
export type KeyProblem =
  | { readonly kind: 'keyNotFound'; readonly id: string }
  | { readonly kind: 'alreadyRevealed'; readonly id: string }
  | { readonly kind: 'publishableNotDeletable'; readonly id: string };

/** Why the emulator does not start or does not answer. `path` and `port` are what the message has to name. */
export type EmulatorProblem =
  | { readonly kind: 'portTaken'; readonly port: number; readonly free: number }
  | { readonly kind: 'storeDamaged'; readonly path: string }
  | { readonly kind: 'storeNewer'; readonly path: string; readonly found: number; readonly known: number }
  | {
      readonly kind: 'storeInUse';
      readonly path: string;
      readonly origin: string | undefined;
      readonly pid: number | undefined;
    }
  | { readonly kind: 'storeUnwritable'; readonly path: string; readonly why: string }
  | { readonly kind: 'emulatorCrashed'; readonly why: string }
  | { readonly kind: 'emulatorUnreachable'; readonly why: string }
  | { readonly kind: 'emulatorStopped' };

/** Why the vault does not keep or give a secret. */
export type VaultProblem =
  | { readonly kind: 'vaultEntryMissing'; readonly id: string }
  | { readonly kind: 'vaultEntryDamaged'; readonly id: string }
  | { readonly kind: 'vaultEntryNewer'; readonly id: string; readonly version: number }
  | { readonly kind: 'vaultUnavailable'; readonly why: string };

/** What a person can meet in the editor. */
export type Problem =
  | KeyProblem
  | EmulatorProblem
  | VaultProblem
  | { readonly kind: 'serviceRefused'; readonly why: string }
  | { readonly kind: 'workspaceUntrusted' };

export type Result<T, P = Problem> = Outcome<T, P>;
