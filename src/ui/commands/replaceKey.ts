import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { isSecretKind } from '../../domain/kind.ts';
import type { Expiry } from '../../domain/lifecycle.ts';
import type { Secret } from '../../domain/secret.ts';
import type { RevealedKey } from '../../management/keyService.ts';
import { problemMessage } from '../messages.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { showUntilSaved } from './showUntilSaved.ts';

/** So long a key that is to end now works at least, for the files to be changed and saved before it ends. */
const overlap: Expiry = { minutes: 60 };

/** Who has the secret of a new key: one of a publishable key the service gives again at any time. */
export type Holds = 'vault' | 'user' | 'service' | undefined;

export interface Replaced {
  readonly made: RevealedKey;
  readonly saved: Holds;
  /** What to say where a key that was to end now works on. */
  readonly stays: string | undefined;
}

/**
 * Rotates a key: a new one from the service, into the vault and then, by `intoFiles`, where the old one stands. A key that is to end now ends
 * when somebody has the new one and so has every file that should; until then it works on. `intoFiles` tells whether nothing failed.
 */
export async function replaceKey(
  desk: KeyDesk,
  key: ApiKey,
  expiry: Expiry,
  intoFiles: (replacement: Secret) => Promise<boolean>,
): Promise<Replaced> {
  const made = orRefuse(await serviceOf(desk).rotate(key.id, expiry === 'now' ? overlap : expiry));
  const saved = await keepReplacement(desk, made); // before anything else can fail
  await desk.handedOver.replaced(key.id, made.key.id);
  const complete = await intoFiles(made.secret);
  const why =
    expiry !== 'now'
      ? undefined
      : !saved
        ? vscode.l10n.t('nobody has saved the new one')
        : complete
          ? await endOld(desk, key)
          : vscode.l10n.t('not every file could be changed');
  desk.refresh();
  const stays = why === undefined ? undefined : vscode.l10n.t('The old key works for an hour still: {0}.', why);
  return { made, saved, stays };
}

/**
 * Puts the new key into the vault. One that the vault does not keep is shown until the user has it: nobody gives a live one again. Tells who
 * has it, if anyone.
 */
async function keepReplacement(desk: KeyDesk, made: RevealedKey): Promise<Holds> {
  const { key, secret } = made;
  if (!isSecretKind(key.kind)) return 'service';
  const stored = await desk.vault.store(key.id, secret, key);
  const read = stored.ok ? await desk.vault.read(key.id) : stored;
  desk.refresh();
  if (read.ok && read.value.secret.reveal() === secret.reveal()) return 'vault';
  return (await showUntilSaved(desk, made, read.ok ? '' : problemMessage(read.problem))) ? 'user' : undefined;
}

/** Ends the old key; tells why where it did not end. */
async function endOld(desk: KeyDesk, { id }: ApiKey): Promise<string | undefined> {
  const ended = await serviceOf(desk).delete(id);
  if (!ended.ok) return problemMessage(ended.problem).replace(/\.$/, '');
  await desk.vault.forget(id);
  return undefined;
}
