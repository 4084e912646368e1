import * as vscode from 'vscode';
import { isSecretKind } from '../../domain/kind.ts';
import type { ApiKey } from '../../domain/key.ts';
import type { Expiry } from '../../domain/lifecycle.ts';
import type { Secret } from '../../domain/secret.ts';
import { askExpiry } from '../prompts/askExpiry.ts';
import { back } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { dateWord } from '../words.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { holderLines } from '../use/handedOver.ts';
import { askNote, present } from './keepSecret.ts';
import { pickKey } from './pickKey.ts';
import { replaceKey } from './replaceKey.ts';
import { offerReplacement } from './replaceToken.ts';

/**
 * Replaces a key by a new one, keeps the new one in the vault and, after asking, puts it where the old one stands. Files that the user leaves
 * as they are keep no key alive that is to end now: its end was asked for.
 */
export async function rotateKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Rotate Key');
  const { key } = node ?? (await pickKey(desk.session, title, ({ expires }) => expires === undefined));
  const service = serviceOf(desk);
  const now = orRefuse(await service.now());
  const expiry = await askExpiry({ title: `${title}: ${key.name}` }, now);
  if (expiry === back) return;
  await confirm(desk, key, expiry);
  const old = await oldSecret(desk, key);
  const { made, saved, stays } = await replaceKey(desk, key, expiry, async (replacement) => {
    if (!old) return true;
    const work = (): Promise<boolean> => offerReplacement(desk.guard, old, replacement);
    return (await desk.notifier.run('Replacing a key', work)) ?? false;
  });
  if (stays !== undefined) desk.notifier.warning(stays);
  const kept = saved === 'vault';
  if (kept || saved === 'service') await present(desk, made, { what: vscode.l10n.t('The replacement key.'), kept });
  else await askNote(desk, made);
}

async function confirm({ handedOver }: KeyDesk, key: ApiKey, expiry: Expiry): Promise<void> {
  const holding = holderLines(handedOver.holdersOf(key.id));
  if (key.mode === 'sandbox' && expiry !== 'now' && holding.length === 0) return;
  const rotate = vscode.l10n.t('Rotate Key');
  const detail =
    expiry === 'now'
      ? vscode.l10n.t(
          'The old key is deleted at once: code that uses {0} can no longer make API calls. Last used: {1}.',
          key.mask,
          dateWord(key.lastUsed),
        )
      : vscode.l10n.t('Both keys work until the old one ends. Last used: {0}.', dateWord(key.lastUsed));
  const message =
    key.mode === 'live'
      ? vscode.l10n.t('Rotate the LIVE key “{0}”?', key.name)
      : expiry === 'now'
        ? vscode.l10n.t('Rotate the sandbox key “{0}” now?', key.name)
        : vscode.l10n.t('Rotate the sandbox key “{0}”?', key.name);
  const carried = vscode.l10n.t('Choices of workspaces, new terminals and launch configurations get the replacement.');
  const chosen = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: [detail, ...holding, ...(holding.length > 0 ? [carried] : [])].join('\n') },
    rotate,
  );
  if (chosen !== rotate) throw new vscode.CancellationError();
}

/** The token that will have to be replaced, where it can be had without using up a live key's only reveal. */
async function oldSecret(desk: KeyDesk, key: ApiKey): Promise<Secret | undefined> {
  if (!isSecretKind(key.kind)) return undefined;
  const kept = await desk.vault.read(key.id);
  if (kept.ok) return kept.value.secret;
  if (key.mode === 'live') return undefined;
  const revealed = await serviceOf(desk).reveal(key.id);
  return revealed.ok ? revealed.value.secret : undefined;
}
