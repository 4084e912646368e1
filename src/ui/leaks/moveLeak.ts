import * as vscode from 'vscode';
import { isSecretKind, kinds, type Kind } from '../../domain/kind.ts';
import { Secret } from '../../domain/secret.ts';
import type { FixAnswer, KnownKey, LeakPlace, TakenKey } from '../../leaks/protocol.ts';
import type { Vault } from '../../vault/vault.ts';
import { ownKeyId } from '../../vault/ownKey.ts';
import { orRefuse } from '../commands/failure.ts';
import type { Notifier } from '../notifier.ts';
import { applyFix, askFix, type Fix } from './applyFix.ts';
import type { GuardConnection } from './guardConnection.ts';
import { keepOutOfGit, stopTracking } from './keepOutOfGit.ts';
import { askLoading } from './loadVariable.ts';
import { pickLeak } from './pickLeak.ts';

export interface LeakDesk {
  readonly guard: GuardConnection;
  readonly vault: Vault;
  readonly notifier: Notifier;
  readonly knownKeys: () => Promise<readonly KnownKey[]>;
  /** Called when the vault has something new. */
  readonly refresh: () => void;
}

/**
 * Takes a key out of a text: into the vault and an environment file, which the text then reads. Whether the file may have the key is asked
 * before the vault is touched; in the text the key stands until both have it.
 */
export async function moveLeak(desk: LeakDesk, given?: LeakPlace): Promise<void> {
  const place = given ?? (await pickLeak(vscode.l10n.t('Move to Vault')));
  if (!place) return;
  const fix = await planMove(desk, place);
  if (!fix.ok) {
    const label = vscode.l10n.t('Keep It out of Git');
    const action = fix.environmentFile ? { label, run: () => keepOutOfGit(desk, place) } : undefined;
    return desk.notifier.warning(fix.why, action);
  }
  const inVault = await keepLeaked(desk, fix);
  const applied = await applyFix(desk.guard, place, fix);
  if (!applied.ok) {
    const where = inVault ? vscode.l10n.t('The vault has the key too.') : '';
    return desk.notifier.error([applied.why, where].filter(Boolean).join(' '));
  }
  const { message, action } = await askLoading(desk.guard, vscode.Uri.parse(place.uri), fix.file);
  const words = [movedMessage(fix, inVault), ...applied.notes, fix.example ? message : ''].filter(Boolean).join(' ');
  desk.notifier.information(words, fix.example ? action : undefined);
}

/** The fix; where its file is tracked by git, the one that the user has instead, or the same when git has let go of it. */
async function planMove({ guard }: LeakDesk, place: LeakPlace): Promise<FixAnswer> {
  const fix = await askFix(guard, place);
  if (fix.ok || !fix.tracked) return fix;
  const { file, instead } = fix.tracked;
  const use = instead === undefined ? undefined : vscode.l10n.t('Use {0}', instead);
  const stop = vscode.workspace.isTrusted ? vscode.l10n.t('Stop Tracking {0}', file) : undefined;
  const buttons = [use, stop].filter((button) => button !== undefined);
  if (buttons.length === 0) return fix;
  const detail = [
    fix.why,
    ...(stop === undefined
      ? []
      : [vscode.l10n.t('No longer tracked, the file stays here, and the next commit removes it from the repository.')]),
  ].join('\n\n');
  const message = vscode.l10n.t('Where shall the key go?');
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  if (chosen === undefined) throw new vscode.CancellationError();
  if (chosen === use && instead !== undefined) return askFix(guard, place, { file: instead });
  const why = await stopTracking(guard, vscode.Uri.parse(place.uri), file);
  return why === undefined ? askFix(guard, place, { file }) : { ok: false, why };
}

function movedMessage({ variable, mode, example }: Fix, inVault: boolean): string {
  if (!example)
    return inVault
      ? vscode.l10n.t(
          'The example has no value now; the vault has the key, and your environment file as {0}.',
          variable,
        )
      : vscode.l10n.t('The example has no value now; your environment file has it as {0}.', variable);
  if (mode === 'live')
    return vscode.l10n.t(
      'The code reads {0} now. It was a LIVE key: rotate it if anybody else may have seen it.',
      variable,
    );
  return inVault
    ? vscode.l10n.t('The code reads {0} now, and the vault has the key.', variable)
    : vscode.l10n.t('The code reads {0} now.', variable);
}

/**
 * Puts a leaked key into the vault, under its own id where it is known, and reads it back. False for other secrets than keys, which have no
 * place there.
 */
export async function keepLeaked(
  desk: LeakDesk,
  { token, kind: found, mode, variable, fingerprint }: TakenKey,
): Promise<boolean> {
  const kind = kinds.find((known): known is Kind => known === found);
  if (!kind || !isSecretKind(kind) || !mode) return false;
  const known = (await desk.knownKeys()).filter((key) => key.fingerprint === fingerprint);
  if (known.some(({ where }) => where === 'vault')) return true;
  const secret = new Secret(token);
  const [own] = known;
  const id = own?.keyId ?? ownKeyId(secret);
  orRefuse(await desk.vault.store(id, secret, { name: own?.name ?? variable, kind, mode }));
  const kept = orRefuse(await desk.vault.read(id));
  if (kept.secret.reveal() !== token) throw new Error('The vault gave back another key than it was given.');
  desk.refresh();
  return true;
}
