import type { Account } from '../domain/account.ts';
import type { ApiKey } from '../domain/key.ts';
import type { Result } from '../domain/problem.ts';
import type { Secret } from '../domain/secret.ts';

export interface RevealedKey {
  readonly key: ApiKey;
  readonly secret: Secret;
}

/** What a person can do with keys, whoever keeps them: the emulator's dashboard or Stripe. */
export interface KeyService {
  accounts(): Promise<Result<readonly Account[]>>;
  /** Every key that is not deleted, oldest first. */
  keys(): Promise<Result<readonly ApiKey[]>>;
  /** The token of a key. For a live secret this is the only time. */
  reveal(id: string): Promise<Result<RevealedKey>>;
  delete(id: string): Promise<Result<ApiKey>>;
  /** Ends the service itself, for one that runs on this machine. */
  stopService(): Promise<Result<void>>;
}
