import { fingerprintOf } from '../../domain/fingerprint.ts';
import type { KnownKey } from '../../leaks/protocol.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { Vault } from '../../vault/vault.ts';

/** The tokens of the vault and of the emulator, by their fingerprints. What cannot be asked knows none. */
export async function findKnownKeys(vault: Vault, session: EmulatorSession): Promise<readonly KnownKey[]> {
  const [kept, emulated] = await Promise.all([keptKeys(vault), emulatedKeys(session)]);
  return [...kept, ...emulated];
}

async function keptKeys(vault: Vault): Promise<KnownKey[]> {
  const ids = await vault.ids();
  if (!ids.ok) return [];
  const entries = await Promise.all(ids.value.map((id) => vault.read(id)));
  return entries.flatMap((entry): KnownKey[] => {
    if (!entry.ok) return [];
    const { id, name, secret } = entry.value;
    return [{ fingerprint: fingerprintOf(secret.reveal()), keyId: id, name, where: 'vault' }];
  });
}

async function emulatedKeys({ state }: EmulatorSession): Promise<KnownKey[]> {
  if (state.kind !== 'running') return [];
  const [keys, fingerprints] = await Promise.all([state.service.keys(), state.service.fingerprints()]);
  if (!keys.ok || !fingerprints.ok) return [];
  const byId = new Map(keys.value.map((key) => [key.id, key]));
  return fingerprints.value.flatMap(({ key: keyId, fingerprint }): KnownKey[] => {
    const key = byId.get(keyId);
    if (!key) return [{ fingerprint, keyId, name: keyId, where: 'emulator', status: 'deleted' }];
    const { name, status, lastUsed } = key;
    return [
      {
        fingerprint,
        keyId,
        name,
        where: 'emulator',
        status,
        ...(lastUsed ? { lastUsed: lastUsed.toISOString() } : {}),
      },
    ];
  });
}
