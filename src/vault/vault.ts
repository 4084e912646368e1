import type { Result, VaultProblem } from '../domain/problem.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';
import type { ListedEntry, SecretLabel, VaultEntry } from './entry.ts';
import type { SecretMap } from './secretMap.ts';

const prefix = 'keysmith.key.';

/** Secrets by key id, on the editor's secret storage; one entry a key. */
export class Vault {
  readonly #secrets: SecretMap;
  readonly #clock: Clock;
  /** What is shown of each entry, once it was read; a change of an entry forgets it. */
  readonly #listed = new Map<string, Promise<Result<ListedEntry, VaultProblem>>>();

  constructor(secrets: SecretMap, clock: Clock) {
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /** Keeps a secret under the key's id, replacing an older one. */
  store(id: string, secret: Secret, { name, kind, mode }: SecretLabel): Promise<Result<void, VaultProblem>> {
    return available(async () => {
      const { printEntry } = await import('./entry.ts');
      await this.#write(id, printEntry({ id, secret, name, kind, mode, stored: this.#clock() }));
      return ok(undefined);
    });
  }

  /** Gives a kept secret another name. A damaged entry is refused and kept. */
  rename(id: string, name: string): Promise<Result<void, VaultProblem>> {
    return available(async () => {
      const read = await this.read(id);
      if (!read.ok) return read;
      const { printEntry } = await import('./entry.ts');
      await this.#write(id, printEntry({ ...read.value, name }));
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
      this.#listed.delete(id);
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

  /** What may be shown of every entry, by id. Entries are read when they are first listed, and again when they have changed. */
  list(): Promise<Result<readonly ListedEntry[], VaultProblem>> {
    return available(async () => {
      const ids = await this.ids();
      if (!ids.ok) return ids;
      const listed = await Promise.all(ids.value.map((id) => this.#describe(id)));
      const unavailable = listed.find((entry) => !entry.ok && entry.problem.kind === 'vaultUnavailable');
      if (unavailable && !unavailable.ok) return unavailable;
      return ok(listed.flatMap((entry) => (entry.ok ? [entry.value] : [])));
    });
  }

  /** To be told what the editor tells of a change of its storage, made by whatever window; `name` is the storage's own. */
  noteChange(name: string): void {
    if (name.startsWith(prefix)) this.#listed.delete(name.slice(prefix.length));
  }

  async #write(id: string, text: string): Promise<void> {
    await this.#secrets.store(prefix + id, text);
    this.#listed.delete(id);
  }

  #describe(id: string): Promise<Result<ListedEntry, VaultProblem>> {
    const known = this.#listed.get(id);
    if (known) return known;
    const reading = this.read(id).then((read): Result<ListedEntry, VaultProblem> => {
      if (read.ok) {
        const { name, kind, mode, secret, stored } = read.value;
        return ok({ state: 'kept', id, name, kind, mode, mask: secret.mask, stored });
      }
      if (read.problem.kind === 'vaultEntryDamaged') return ok({ state: 'damaged', id });
      if (read.problem.kind === 'vaultEntryNewer') return ok({ state: 'newer', id });
      if (this.#listed.get(id) === reading) this.#listed.delete(id); // it may be there another time
      return read;
    });
    this.#listed.set(id, reading);
    return reading;
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
