import type { Account, Organization } from '../domain/account.ts';
import type { ApiKey, Owner } from '../domain/key.ts';
import type { Outcome } from '../domain/checks.ts';
import type { Kind } from '../domain/kind.ts';
import type { Expiry } from '../domain/lifecycle.ts';
import type { Mode } from '../domain/mode.ts';
import type { Result } from '../domain/problem.ts';
import type { Secret } from '../domain/secret.ts';
import type { LoggedRequest } from '../requests/loggedRequest.ts';
import type { MinuteCount } from '../requests/perMinute.ts';

export interface RevealedKey {
  readonly key: ApiKey;
  readonly secret: Secret;
}

/** A verification code as a person types it, for the verification it was sent for. */
export interface CodeEntry {
  readonly id: string;
  readonly code: string;
}

/** A code that was sent, where the service lets its messages be read. */
export interface SentCode {
  readonly verification: string;
  readonly code: string;
  readonly sent: Date;
}

/** What has to be told of a new key. Permissions are for restricted and organization keys. */
export interface NewKey {
  readonly owner: Owner;
  readonly mode: Mode;
  readonly kind: Exclude<Kind, 'publishable'>;
  readonly name: string;
  readonly note?: string;
  readonly permissions?: readonly string[];
  readonly connectPermissions?: readonly string[];
  readonly verification: CodeEntry;
}

/** What may be changed of a key; what is left out stays. */
export interface KeyEdit {
  readonly name?: string;
  readonly note?: string;
  readonly permissions?: readonly string[];
  readonly connectPermissions?: readonly string[];
}

/** How many changes there have been, and whether the service is about to end because somebody asked it to. */
export interface Change {
  readonly count: number;
  readonly stopping: boolean;
}

/** How strict an emulator is: `audit` lets everything through and writes down what would have been refused. */
export const enforcements = ['enforce', 'audit', 'off'] as const;
export type Enforcement = (typeof enforcements)[number];

/** What requests of the log have in common. */
export interface RequestFilter {
  readonly key?: string | undefined;
  readonly account?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly status?: number | undefined;
  readonly outcome?: Outcome | undefined;
  readonly method?: string | undefined;
  /** Words that all stand somewhere in its method, path, query, id or kind of refusal. */
  readonly text?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** `req_…`: only older ones. */
  readonly before?: string | undefined;
  /** `req_…`: only newer ones. */
  readonly after?: string | undefined;
  /** `req_…`: this one, and older ones. */
  readonly upTo?: string | undefined;
}

/** Which requests of the log are wanted, newest first. */
export interface RequestQuery extends RequestFilter {
  /** Without bodies. */
  readonly brief?: boolean;
  /** How many of the newest are passed over. */
  readonly offset?: number;
  /** At most 1000. */
  readonly limit: number;
}

/** What there is in the log, and what a filter leaves of it. */
export interface RequestSummary {
  /** `req_…` */
  readonly newest: string | undefined;
  readonly total: number;
  /** How many the filter leaves. */
  readonly count: number;
  /** Where the request that was asked for stands among those, counted from 0, the newest. */
  readonly place: number | undefined;
  readonly statuses: readonly number[];
  readonly methods: readonly string[];
  /** Ids. */
  readonly keys: readonly string[];
  readonly accounts: readonly string[];
  /** Of the last half hour, whatever the filter. */
  readonly minutes: readonly MinuteCount[];
}

export interface RequestPage {
  readonly requests: readonly LoggedRequest[];
  /** There are more of them, older than these. */
  readonly more: boolean;
}

/** What a person can do with keys, whoever keeps them: the emulator's dashboard or Stripe. */
export interface KeyService {
  organizations(): Promise<Result<readonly Organization[]>>;
  accounts(): Promise<Result<readonly Account[]>>;
  /** Every key that is not deleted, oldest first; expired ones too. */
  keys(): Promise<Result<readonly ApiKey[]>>;
  /** By what the tokens are told apart (`fingerprintOf`), of deleted keys too. */
  fingerprints(): Promise<Result<readonly { readonly key: string; readonly fingerprint: string }[]>>;
  /** Sends a code to whoever owns the account; the id says which code is meant. */
  sendCode(owner: Owner, mode: Mode): Promise<Result<string>>;
  /** The codes that were sent, newest first, where the service lets them be read. */
  outbox(): Promise<Result<readonly SentCode[]>>;
  /** Creates a key. The token of a live one is told now and never again. */
  create(key: NewKey): Promise<Result<RevealedKey>>;
  /** Clones a key: its permissions, and its name unless another is given. */
  duplicate(
    id: string,
    change: { readonly name?: string; readonly verification: CodeEntry },
  ): Promise<Result<RevealedKey>>;
  edit(id: string, edit: KeyEdit): Promise<Result<ApiKey>>;
  /** Replaces the address rules; none allow every address. */
  limit(id: string, addresses: readonly string[]): Promise<Result<ApiKey>>;
  /** Replaces the key by a new one; the old one is deleted now, or works until its end. */
  rotate(id: string, expiry: Expiry): Promise<Result<RevealedKey>>;
  /** The token of a key. For a live secret this is the only time. */
  reveal(id: string): Promise<Result<RevealedKey>>;
  delete(id: string): Promise<Result<ApiKey>>;
  requests(query: RequestQuery): Promise<Result<RequestPage>>;
  /** `find` is the id of a request whose place is wanted. */
  requestSummary(filter: RequestFilter, find?: string): Promise<Result<RequestSummary>>;
  /** The keys of the log's requests, deleted ones too. */
  requestKeys(): Promise<Result<readonly ApiKey[]>>;
  request(id: string): Promise<Result<LoggedRequest>>;
  enforcement(): Promise<Result<Enforcement>>;
  /** Sets it for good, and ends every lease. */
  setEnforcement(enforcement: Enforcement): Promise<Result<Enforcement>>;
  /** Sets it for some seconds, and gives the id of the lease: what is not renewed ends. */
  leaseEnforcement(enforcement: Enforcement, seconds: number): Promise<Result<string>>;
  /** False where it has run out or was ended. */
  renewLease(id: string, seconds: number): Promise<Result<boolean>>;
  endLease(id: string): Promise<Result<void>>;
  /** The service's own time: an emulator's can be set. */
  now(): Promise<Result<Date>>;
  /** Waits until something has changed since the count `seen`; answers also after a while without a change. */
  nextChange(seen: number, signal: AbortSignal): Promise<Result<Change>>;
  /** Ends the service itself, for one that runs on this machine. */
  stopService(): Promise<Result<void>>;
}
