import type { ApiKey } from '../../domain/key.ts';
import { isSecretKind } from '../../domain/kind.ts';
import { Secret } from '../../domain/secret.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { orRefuse, Refusal } from '../commands/failure.ts';
import type { ListedEntry } from '../../vault/entry.ts';
import { setting } from '../settings.ts';
import { keyModel, readKeyData } from '../tree/keyModel.ts';
import { shortMask } from '../tree/keyWords.ts';
import { findKey, type UsableKey, type WorkedIn } from './findKey.ts';

export interface UsableKeys {
  readonly keys: readonly UsableKey[];
  readonly workedIn: WorkedIn;
  /** False where the service does not run, so that only the vault was looked at. */
  readonly complete: boolean;
  /** The id of the key that stands for one now, which may have been rotated. */
  readonly current: (id: string) => string;
}

/** The keys that work, of the service where it runs and of the vault, in the order of the tree. */
export async function usableKeys({ session, vault, selection, handedOver }: KeyDesk): Promise<UsableKeys> {
  // After a reload of the window the service is on its way; this waits for it and starts nothing.
  if (session.state.kind === 'starting') await session.start(setting('keysmith.emulator.port'));
  const { state } = session;
  const data = state.kind === 'running' ? orRefuse(await readKeyData(state.service)) : undefined;
  const nodes = data ? keyModel({ ...data, keys: data.keys.filter(isActive) }).keys() : [];
  const ofService = nodes.map(({ key, owner }): UsableKey => {
    const { id, name, kind, mode } = key;
    return { id, name, kind, mode, mask: shortMask(key), owner: { id: owner.id, name: owner.name } };
  });
  const known = new Set(data?.keys.map(({ id }) => id)); // of one that has expired too: the vault's copy is no other key
  const listed = await vault.list();
  // A machine without a keyring still has the sandbox keys of the service.
  const kept: readonly ListedEntry[] = listed.ok || ofService.length === 0 ? orRefuse(listed) : [];
  const ofVault = kept.flatMap((entry): UsableKey[] => {
    if (entry.state !== 'kept' || known.has(entry.id)) return [];
    const { id, name, kind, mode, mask } = entry;
    return [{ id, name, kind, mode, mask, owner: undefined }];
  });
  const { account, mode } = selection.value;
  return {
    keys: [...ofService, ...ofVault],
    workedIn: { account: account ?? data?.accounts[0]?.id, mode },
    complete: data !== undefined,
    current: (id) => handedOver.current(id),
  };
}

const isActive = ({ status }: ApiKey): boolean => status === 'active';

/** Finds a key by its id or name; where the service does not run, that may be why it is not found. */
export function namedKey({ keys, workedIn, complete, current }: UsableKeys, wanted: string): UsableKey {
  const found = findKey(keys, wanted, workedIn, current);
  if (!found.ok && found.problem.kind === 'useUnknown' && !complete) throw new Refusal({ kind: 'emulatorStopped' });
  return orRefuse(found);
}

/**
 * The token of a key: from the vault, or for a sandbox key from the service, which tells it at any time. A live key is never revealed for
 * this: that happens once, and is a person's own act.
 */
export async function tokenOf({ session, vault }: KeyDesk, key: UsableKey): Promise<Secret> {
  const kept = await vault.read(key.id);
  if (kept.ok) return kept.value.secret;
  if (key.mode === 'live' && isSecretKind(key.kind))
    throw new Refusal(
      kept.problem.kind === 'vaultEntryMissing' ? { kind: 'liveNotInVault', name: key.name } : kept.problem,
    );
  if (session.state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const { service } = session.state;
  if (isSecretKind(key.kind)) return orRefuse(await service.reveal(key.id)).secret;
  const publishable = orRefuse(await service.keys()).find(({ id }) => id === key.id);
  if (!publishable) throw new Refusal({ kind: 'keyNotFound', id: key.id });
  return new Secret(publishable.mask); // everyone may see it
}
