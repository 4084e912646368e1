import * as vscode from 'vscode';
import { askText } from '../prompts/askText.ts';
import { askVerification } from '../prompts/askVerification.ts';
import { back } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { nameObjection } from './createKey.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { handOver } from './keepSecret.ts';
import { pickKey } from './pickKey.ts';

/** Clones a key with its permissions; its name is offered, as on the Dashboard. */
export async function duplicateKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Duplicate Key');
  const { key } = node ?? (await pickKey(desk.session, title, ({ kind }) => kind !== 'publishable'));
  const { owner, mode } = key;
  const service = serviceOf(desk);
  const name = await askText(
    { title },
    { prompt: vscode.l10n.t('Name of the new key'), value: key.name, validate: nameObjection },
  );
  if (name === back) return;
  const outcome = await askVerification({ title }, { service, notifier: desk.notifier, owner, mode }, (verification) =>
    service.duplicate(key.id, { name, verification }),
  );
  if (outcome === back) return;
  await handOver(desk, orRefuse(outcome), vscode.l10n.t('The new key.'));
}
