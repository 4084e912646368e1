import type { Result, VaultProblem } from '../domain/problem.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';
import type { SecretLabel, VaultEntry } from './entry.ts';
import type { SecretMap } from './secretMap.ts';

const prefix = 'keysmith.key.';

/** Secrets by key id, on the editor's secret storage; one entry a key. */
export class Vault {
  readonly #secrets: SecretMap;
  readonly #clock: Clock;

  constructor(secrets: SecretMap, clock: Clock) {
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /** Keeps a secret under the key's id, replacing an older one. */
  store(id: string, secret: Secret, { name, kind, mode }: SecretLabel): Promise<Result<void, VaultProblem>> {
    return available(async () => {
      const { printEntry } = await import('./entry.ts');
      await this.#secrets.store(prefix + id, printEntry({ id, secret, name, kind, mode, stored: this.#clock() }));
      return ok(undefined);
    });
  }

  /** The entry of a key. A damaged entry is refused and kept. */
  read(id: string): Promise<Result<VaultEntry, VaultProblem>> {
    return available(async () => {
      const text = await this.#secrets.get(prefix + id);
      if (text === undefined) return refuse({ kind: 'vaultEntryMissing', id });
      return (await import('./entry.ts')).parseEntry(id, text);
    });
  }

  /** Removes a secret; nothing happens where there is none. */
  forget(id: string): Promise<Result<void, VaultProblem>> {
    return available(async () => {
      await this.#secrets.delete(prefix + id);
      return ok(undefined);
    });
  }

  /** The ids of the keys that have an entry, sorted. */
  ids(): Promise<Result<readonly string[], VaultProblem>> {
    return available(async () => {
      const names = await this.#secrets.keys();
      return ok(
        names
          .filter((name) => name.startsWith(prefix))
          .map((name) => name.slice(prefix.length))
          .toSorted(),
      );
    });
  }
}

/** A machine without a keyring makes the editor's storage throw; that is an expected refusal, not a bug. */
async function available<T>(work: () => Promise<Result<T, VaultProblem>>): Promise<Result<T, VaultProblem>> {
  try {
    return await work();
  } catch (error) {
    return refuse({ kind: 'vaultUnavailable', why: messageOf(error) });
  }
}
