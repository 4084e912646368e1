import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { isSecretKind } from '../../domain/kind.ts';
import { Secret } from '../../domain/secret.ts';
import { problemMessage } from '../messages.ts';
import { noteRevealed } from './noteRevealed.ts';
import type { KeptNode, KeyNode } from '../tree/nodes.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickAnyKey } from './pickKey.ts';
import { copyStored, revealStored } from './storedKeys.ts';
import { isLive, letOut, toClipboard, toScreen, type WayOut } from '../use/liveGuard.ts';

/** Shows a key's token: a publishable one as it is, a secret from the vault, or else by asking the service for it. */
export async function revealKey(desk: KeyDesk, given?: KeyNode | KeptNode): Promise<void> {
  const node = given ?? (await pickAnyKey(desk, vscode.l10n.t('Reveal Key')));
  if (node.type === 'kept') return revealStored(desk, node.entry.id);
  const { key } = node;
  const { secret, from } = await secretOf(desk, key, toScreen());
  noteRevealed(key);
  await desk.secretBox.show(key, secret, from);
}

/** Copies a key's token, without showing it. */
export async function copyKey(desk: KeyDesk, given?: KeyNode | KeptNode): Promise<void> {
  const node = given ?? (await pickAnyKey(desk, vscode.l10n.t('Copy Key')));
  if (node.type === 'kept') return copyStored(desk, node.entry.id);
  const { key } = node;
  const { secret } = await secretOf(desk, key, toClipboard());
  noteRevealed(key);
  if (isSecretKind(key.kind)) await desk.clipboard.copy(secret);
  else await vscode.env.clipboard.writeText(secret.reveal());
  void vscode.window.showInformationMessage(
    key.mode === 'live'
      ? vscode.l10n.t('Copied the LIVE key “{0}”.', key.name)
      : vscode.l10n.t('Copied the sandbox key “{0}”.', key.name),
  );
}

/** The token of a key, once it may leave the editor, and where it came from in a sentence. */
async function secretOf(desk: KeyDesk, key: ApiKey, way: WayOut): Promise<{ secret: Secret; from: string }> {
  if (!isSecretKind(key.kind))
    return { secret: new Secret(key.mask), from: vscode.l10n.t('This key may be seen by everyone.') };
  const kept = await desk.vault.read(key.id);
  if (kept.ok) {
    const { secret } = kept.value;
    await letOut([{ name: key.name, live: isLive(key.mode, secret) }], way);
    return { secret, from: vscode.l10n.t('From the vault.') };
  }
  // A sandbox secret can be had again, so a vault that cannot be read is no reason to refuse it.
  if (kept.problem.kind !== 'vaultEntryMissing' && key.mode === 'live') throw new Refusal(kept.problem);
  return await revealBy(desk, key, way);
}

async function revealBy(desk: KeyDesk, key: ApiKey, way: WayOut): Promise<{ secret: Secret; from: string }> {
  const service = serviceOf(desk);
  if (!key.revealable) throw new Refusal({ kind: 'alreadyRevealed', id: key.id });
  if (key.mode === 'sandbox') {
    await letOut([{ name: key.name, live: false }], way);
    const { secret } = orRefuse(await service.reveal(key.id));
    return { secret, from: vscode.l10n.t('A sandbox secret can be revealed at any time.') };
  }
  const once = vscode.l10n.t('It can be revealed only once. Keysmith then keeps it in the vault.');
  await letOut([{ name: key.name, live: true }], {
    ...way,
    means: `${once} ${way.means}`,
    yes: vscode.l10n.t('Reveal Once'),
  });
  const { secret } = orRefuse(await service.reveal(key.id));
  const stored = await desk.vault.store(key.id, secret, key);
  desk.refresh();
  const from = stored.ok
    ? vscode.l10n.t('This was the only time it could be revealed. It is kept in the vault.')
    : vscode.l10n.t(
        'This is the only time it can be revealed, and it is not in the vault: copy it now. {0}',
        problemMessage(stored.problem),
      );
  return { secret, from };
}
