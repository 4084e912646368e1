import * as vscode from 'vscode';
import { isSecretKind } from '../../domain/kind.ts';
import type { ApiKey } from '../../domain/key.ts';
import type { Secret } from '../../domain/secret.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { Vault } from '../../vault/vault.ts';
import { problemMessage } from '../messages.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickKey } from './pickKey.ts';

export interface KeyDesk {
  readonly session: EmulatorSession;
  readonly vault: Vault;
  /** Called when a command has changed what the tree shows. */
  readonly refresh: () => void;
}

/** Reveals a key by copying it. A live secret can be had once, so it is asked for first and kept in the vault. */
export async function revealKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const { key } = node ?? (await pickKey(desk.session, vscode.l10n.t('Reveal Key')));
  if (key.kind === 'publishable') return copyText(key.mask, key);
  await revealSecret(desk, key);
}

/** Copies a key: a publishable one as it is, a secret from the vault, or else by revealing it. */
export async function copyKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const { key } = node ?? (await pickKey(desk.session, vscode.l10n.t('Copy Key')));
  if (key.kind === 'publishable') return copyText(key.mask, key);
  const kept = await desk.vault.read(key.id);
  if (kept.ok) return copyText(kept.value.secret.reveal(), key);
  if (kept.problem.kind !== 'vaultEntryMissing') throw new Refusal(kept.problem);
  await revealSecret(desk, key);
}

async function revealSecret(desk: KeyDesk, key: ApiKey): Promise<void> {
  const { state } = desk.session;
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  if (!key.revealable) throw new Refusal({ kind: 'alreadyRevealed', id: key.id });
  const once = key.mode === 'live' && isSecretKind(key.kind);
  if (once) await confirmLive(key);
  const { secret } = orRefuse(await state.service.reveal(key.id));
  await copyText(secret.reveal(), key);
  if (once) await keep(desk, key, secret);
}

async function confirmLive(key: ApiKey): Promise<void> {
  const reveal = vscode.l10n.t('Reveal Once');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reveal the LIVE key “{0}”?', key.name),
    {
      modal: true,
      detail: vscode.l10n.t('It can be revealed only once. Keysmith copies it and keeps it in the vault.'),
    },
    reveal,
  );
  if (chosen !== reveal) throw new vscode.CancellationError();
}

async function keep(desk: KeyDesk, key: ApiKey, secret: Secret): Promise<void> {
  const stored = await desk.vault.store(key.id, secret);
  desk.refresh();
  if (stored.ok) return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The key is on the clipboard but not in the vault: paste it somewhere safe now. {0}',
      problemMessage(stored.problem),
    ),
  );
}

async function copyText(text: string, key: ApiKey): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage(
    key.mode === 'live'
      ? vscode.l10n.t('Copied the LIVE key “{0}”.', key.name)
      : vscode.l10n.t('Copied the sandbox key “{0}”.', key.name),
  );
}
