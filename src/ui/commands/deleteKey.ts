import * as vscode from 'vscode';
import { isSecretKind } from '../../domain/kind.ts';
import type { ApiKey } from '../../domain/key.ts';
import { askText } from '../prompts/askText.ts';
import { back } from '../prompts/steps.ts';
import type { KeyNode, KeyTreeNode } from '../tree/nodes.ts';
import { dateWord, modeWord } from '../words.ts';
import { holderLines } from '../use/handedOver.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickKey } from './pickKey.ts';

/**
 * Deletes keys after saying what will stop working. Several sandbox keys are asked for at once, by name; live ones one by one, and each
 * asks for its name.
 */
export async function deleteKey(desk: KeyDesk, node?: KeyNode, selected: readonly KeyTreeNode[] = []): Promise<void> {
  const title = vscode.l10n.t('Delete Key');
  const chosen = selected.flatMap((one) => (one.type === 'key' ? [one.key] : []));
  const keys = chosen.length > 0 ? chosen : [(node ?? (await pickKey(desk.session, title))).key];
  for (const key of keys) {
    if (!isSecretKind(key.kind) && !key.expires) throw new Refusal({ kind: 'publishableNotDeletable', id: key.id });
  }
  const { sandbox = [], live = [] } = Object.groupBy(keys, ({ mode }) => mode);
  if (sandbox.length > 0) {
    await confirm(desk, sandbox);
    for (const key of sandbox) await end(desk, key);
    tell(sandbox);
  }
  for (const key of live) {
    await confirm(desk, [key]);
    await askNameOf(key, title);
    await end(desk, key);
    tell([key]);
  }
}

async function end(desk: KeyDesk, key: ApiKey): Promise<void> {
  orRefuse(await serviceOf(desk).delete(key.id));
  // A vault entry of a deleted key opens nothing any more.
  await desk.vault.forget(key.id);
  await desk.handedOver.replaced(key.id, undefined);
  desk.refresh();
}

function tell(keys: readonly ApiKey[]): void {
  const [first] = keys;
  void vscode.window.showInformationMessage(
    keys.length === 1 && first
      ? vscode.l10n.t('Deleted the key “{0}”.', first.name)
      : vscode.l10n.t('Deleted {0} keys.', keys.length),
  );
}

async function confirm({ handedOver }: KeyDesk, keys: readonly ApiKey[]): Promise<void> {
  const { t } = vscode.l10n;
  const [first, ...others] = keys;
  if (!first) return;
  const several = others.length > 0;
  const button = several ? t('Delete {0} Keys', keys.length) : first.expires ? t('End Key Now') : t('Delete Key');
  const message = several
    ? t('Delete these {0} {1} keys?', keys.length, modeWord(first.mode))
    : t('Delete the {0} key “{1}”?', modeWord(first.mode), first.name);
  const lines = keys.map(({ name, mask, lastUsed }) => t('“{0}”, {1}, last used: {2}', name, mask, dateWord(lastUsed)));
  const detail = several
    ? [...lines, '', t('Any code that uses one of them can no longer make API calls. This cannot be undone.')].join(
        '\n',
      )
    : t(
        'Last used: {0}. Any code that uses {1} can no longer make API calls. This cannot be undone.',
        dateWord(first.lastUsed),
        first.mask,
      );
  const holding = holderLines([...new Set(keys.flatMap(({ id }) => handedOver.holdersOf(id)))]);
  const chosen = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: [detail, ...holding].join('\n') },
    button,
  );
  if (chosen !== button) throw new vscode.CancellationError();
}

async function askNameOf(key: ApiKey, title: string): Promise<void> {
  const answer = await askText(
    { title },
    {
      prompt: vscode.l10n.t('This is a LIVE key. Type its name to delete it: {0}', key.name),
      submit: async (value) =>
        value.trim() === key.name ? undefined : vscode.l10n.t('This is not its name: {0}', key.name),
    },
  );
  if (answer === back) throw new vscode.CancellationError();
}
