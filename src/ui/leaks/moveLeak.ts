import * as vscode from 'vscode';
import { isSecretKind, kinds, type Kind } from '../../domain/kind.ts';
import { Secret } from '../../domain/secret.ts';
import type { KnownKey, LeakPlace } from '../../leaks/protocol.ts';
import type { Vault } from '../../vault/vault.ts';
import { ownKeyId } from '../../vault/ownKey.ts';
import { orRefuse } from '../commands/failure.ts';
import type { Notifier } from '../notifier.ts';
import { applyFix, askFix, type Fix } from './applyFix.ts';
import type { GuardConnection } from './guardConnection.ts';
import { pickLeak } from './pickLeak.ts';

export interface LeakDesk {
  readonly guard: GuardConnection;
  readonly vault: Vault;
  readonly notifier: Notifier;
  readonly knownKeys: () => Promise<readonly KnownKey[]>;
  /** Called when the vault has something new. */
  readonly refresh: () => void;
}

/** Takes a key out of a text: into the vault and an environment file, which the text then reads. */
export async function moveLeak(desk: LeakDesk, given?: LeakPlace): Promise<void> {
  const place = given ?? (await pickLeak(vscode.l10n.t('Move to Vault')));
  if (!place) return;
  const fix = await askFix(desk.guard, place);
  if (!fix.ok) {
    void vscode.window.showWarningMessage(fix.why);
    return;
  }
  await keepLeaked(desk, fix); // first: what is taken out of the text must be somewhere
  if (!(await applyFix(fix, vscode.Uri.parse(place.uri)))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be changed. The key is in the vault.'));
    return;
  }
  desk.notifier.information(movedMessage(fix));
}

const movedMessage = ({ variable, mode }: Fix): string =>
  mode === 'live'
    ? vscode.l10n.t('The code reads {0} now. It was a LIVE key: rotate it if anybody else may have seen it.', variable)
    : vscode.l10n.t('The code reads {0} now, and the vault has the key.', variable);

/** Puts a leaked key into the vault, under its own id where it is known; other secrets than keys have no place there. */
export async function keepLeaked(
  desk: LeakDesk,
  { token, kind: found, mode, variable, fingerprint }: Fix,
): Promise<void> {
  const kind = kinds.find((known): known is Kind => known === found);
  if (!kind || !isSecretKind(kind) || !mode) return;
  const known = (await desk.knownKeys()).filter((key) => key.fingerprint === fingerprint);
  if (known.some(({ where }) => where === 'vault')) return;
  const secret = new Secret(token);
  const [own] = known;
  orRefuse(await desk.vault.store(own?.keyId ?? ownKeyId(secret), secret, { name: own?.name ?? variable, kind, mode }));
  desk.refresh();
}
