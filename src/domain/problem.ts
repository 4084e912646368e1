import type { Outcome } from '../shared/result.ts';
import type { AddressProblem } from './addressRules.ts';
import type { Mode } from './mode.ts';
import type { LifecycleProblem } from './lifecycle.ts';
import type { VerificationProblem } from './verification.ts';

/** Why the API refuses to let a request in: who asks, from where, for whom. `token` is redacted as Stripe redacts it. */
export type AccessProblem =
  | { readonly kind: 'noKey' }
  | { readonly kind: 'unknownKey'; readonly token: string }
  | { readonly kind: 'expiredKey'; readonly token: string }
  | { readonly kind: 'addressNotAllowed'; readonly address: string }
  | { readonly kind: 'organizationContextMissing' }
  | { readonly kind: 'organizationVersionMissing' }
  | { readonly kind: 'versionMissing' }
  | { readonly kind: 'versionInvalid'; readonly version: string }
  | { readonly kind: 'accountInaccessible'; readonly token: string; readonly account: string }
  | { readonly kind: 'notAPlatform' }
  | { readonly kind: 'noConnectPermissions' }
  | { readonly kind: 'publishableKeyNotAllowed' }
  /** Where nothing is enforced, web pages are kept out, and requests that name another host than this machine or Stripe. */
  | { readonly kind: 'pageNotAllowed'; readonly enforcement: string }
  | { readonly kind: 'hostNotAllowed'; readonly host: string; readonly enforcement: string }
  | PermissionProblem;

export type PermissionProblem =
  | {
      readonly kind: 'permissionMissing';
      readonly token: string;
      readonly account: string;
      readonly keyId: string;
      readonly mode: Mode;
      /** `plan_read` */
      readonly permission: string;
      /** `Prices Read` */
      readonly label: string;
    }
  | { readonly kind: 'permissionUnavailable'; readonly token: string; readonly account: string };

/** Why the API refuses a request that it has let in. */
export type RequestProblem =
  | { readonly kind: 'unknownPath'; readonly method: string; readonly path: string }
  | { readonly kind: 'unreadableBody'; readonly why: string }
  | { readonly kind: 'parameterInvalid'; readonly parameter: string; readonly why: string }
  | { readonly kind: 'parameterMissing'; readonly parameter: string }
  | { readonly kind: 'idempotencyKeyEmpty' }
  | { readonly kind: 'idempotencyKeyTooLong' }
  | { readonly kind: 'idempotencyMismatch'; readonly key: string }
  | { readonly kind: 'idempotencyInProgress'; readonly key: string }
  | {
      readonly kind: 'objectNotFound';
      readonly noun: string;
      readonly id: string;
      /** The parameter that named it, as Stripe calls it; `inPath` where that was a part of the path. */
      readonly parameter: string;
      readonly inPath: boolean;
      /** The mode in which an object of this id does exist. */
      readonly twin: Mode | undefined;
    }
  | { readonly kind: 'objectExists'; readonly noun: string; readonly id: string }
  | { readonly kind: 'fieldInvalid'; readonly field: string; readonly why: string }
  | { readonly kind: 'clientSecretWrong' }
  | { readonly kind: 'storeUnwritable'; readonly why: string }
  | { readonly kind: 'notEmulated'; readonly what: string };

export type ApiProblem = AccessProblem | RequestProblem;

/** Why managing a key is refused. */
export type KeyProblem =
  | LifecycleProblem
  | VerificationProblem
  | AddressProblem
  | { readonly kind: 'keyNotFound'; readonly id: string }
  | { readonly kind: 'ownerNotFound'; readonly id: string }
  | { readonly kind: 'alreadyRevealed'; readonly id: string }
  | { readonly kind: 'kindNotCreatable'; readonly what: string }
  | { readonly kind: 'permissionUnknown'; readonly permission: string; readonly suggestion: string | undefined };

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
  | { readonly kind: 'seedInvalid'; readonly path: string; readonly why: string }
  | { readonly kind: 'emulatorCrashed'; readonly why: string }
  | { readonly kind: 'emulatorUnreachable'; readonly why: string }
  | { readonly kind: 'emulatorStopped' };

/** Why the vault does not keep or give a secret. */
export type VaultProblem =
  | { readonly kind: 'vaultEntryMissing'; readonly id: string }
  | { readonly kind: 'vaultEntryDamaged'; readonly id: string }
  | { readonly kind: 'vaultEntryNewer'; readonly id: string; readonly version: number }
  | { readonly kind: 'vaultUnavailable'; readonly why: string };

/** Why a key is not handed over to a terminal, a debug session or a program. `name` is the key's. */
export type UseProblem =
  | { readonly kind: 'useUntrusted' }
  | { readonly kind: 'useUnknown'; readonly wanted: string }
  | { readonly kind: 'useAmbiguous'; readonly wanted: string; readonly ids: readonly string[] }
  | { readonly kind: 'liveNotInVault'; readonly name: string }
  | { readonly kind: 'liveForbidden'; readonly name: string }
  | { readonly kind: 'useShownInTerminal' }
  | { readonly kind: 'useInArguments' }
  | { readonly kind: 'useWrittenDown'; readonly setting: string }
  | { readonly kind: 'useNotChosen'; readonly variable: string }
  | { readonly kind: 'liveTooLongToShow' }
  | { readonly kind: 'useMalformed'; readonly what: string };

/** What a person can meet in the editor. */
export type Problem =
  | KeyProblem
  | EmulatorProblem
  | VaultProblem
  | UseProblem
  | { readonly kind: 'serviceRefused'; readonly why: string }
  /** The service answers, but not what it should: it is not gone. */
  | { readonly kind: 'answerUnreadable'; readonly why: string }
  | { readonly kind: 'workspaceUntrusted' };

export type Result<T, P = Problem> = Outcome<T, P>;
