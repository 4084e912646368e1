import * as vscode from 'vscode';
import { currentApiVersion } from '../../domain/apiVersion.ts';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import type { Mode } from '../../domain/mode.ts';
import type { Mend } from '../../requests/explain.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse, Refusal } from '../commands/failure.ts';
import { pickKey } from '../commands/pickKey.ts';
import { keyModel, readKeyData } from '../tree/keyModel.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { mendWord } from './explainWords.ts';

export interface AfterMend {
  /** Sends the request that was mended once more. */
  readonly again: () => Promise<void>;
}

/** Does what mends a refusal; a change of a live key is asked for once more. */
export async function mend(desk: KeyDesk, what: Mend, { again }: AfterMend): Promise<void> {
  switch (what.kind) {
    case 'grant': {
      const key = await keyOf(desk, what.key);
      await confirmLive(key, mendWord(what));
      const list = what.connect ? key.connectPermissions : key.permissions;
      const edit = { [what.connect ? 'connectPermissions' : 'permissions']: [...list, what.permission] };
      orRefuse(await serviceOf(desk).edit(key.id, edit));
      done(desk, vscode.l10n.t('“{0}” may do this now.', key.name), again);
      return;
    }
    case 'allowAddress': {
      const key = await keyOf(desk, what.key);
      await confirmLive(key, mendWord(what));
      orRefuse(await serviceOf(desk).limit(key.id, [...key.addresses, what.address]));
      done(desk, vscode.l10n.t('“{0}” may be used from {1} now.', key.name, what.address), again);
      return;
    }
    case 'otherMode':
      return await copyOf(desk, what.mode, what.account);
    case 'secretKey':
      return await copyOf(desk, what.mode, what.account);
    case 'addContext':
      return await copyContext(desk);
    case 'addVersion':
      return await copyHeader(`Stripe-Version: ${currentApiVersion}`);
    case 'sendAgain':
      return await again();
    case 'duplicate':
      await vscode.commands.executeCommand('keysmith.key.duplicate', desk.rows.vouch(await nodeOf(desk, what.key)));
      return;
    case 'rotate':
      await vscode.commands.executeCommand('keysmith.key.rotate', desk.rows.vouch(await nodeOf(desk, what.key)));
      return;
    default:
      what satisfies never;
  }
}

function done(desk: KeyDesk, message: string, again: () => Promise<void>): void {
  desk.refresh();
  desk.notifier.information(message, { label: vscode.l10n.t('Send Again'), run: again });
}

async function keyOf(desk: KeyDesk, id: string): Promise<ApiKey> {
  const key = orRefuse(await serviceOf(desk).keys()).find((one) => one.id === id);
  if (!key) throw new Refusal({ kind: 'keyNotFound', id });
  return key;
}

async function nodeOf(desk: KeyDesk, id: string): Promise<KeyNode> {
  const node = keyModel(orRefuse(await readKeyData(serviceOf(desk))))
    .keys()
    .find(({ key }) => key.id === id);
  if (!node) throw new Refusal({ kind: 'keyNotFound', id });
  return node;
}

async function confirmLive(key: ApiKey, what: string): Promise<void> {
  if (key.mode !== 'live') return;
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('“{0}” is a LIVE key. Change what it may do?', key.name),
    { modal: true, detail: what },
    what,
  );
  if (chosen !== what) throw new vscode.CancellationError();
}

/** Copies the token of a key that could do it; which one is asked. */
async function copyOf(desk: KeyDesk, mode: Mode | undefined, account: string | undefined): Promise<void> {
  const fits = (key: ApiKey): boolean =>
    key.status === 'active' &&
    key.kind !== 'publishable' &&
    (mode === undefined || key.mode === mode) &&
    (account === undefined || ownerId(key.owner) === account);
  const node = await pickKey(desk.session, vscode.l10n.t('Copy a Key That May Do This'), fits);
  await vscode.commands.executeCommand('keysmith.key.copy', desk.rows.vouch(node));
}

async function copyContext(desk: KeyDesk): Promise<void> {
  const accounts = orRefuse(await serviceOf(desk).accounts());
  const chosen = await vscode.window.showQuickPick(
    accounts.map(({ id, name, platform }) => ({
      label: name,
      description: platform === undefined ? id : `${platform}/${id}`,
    })),
    { title: vscode.l10n.t('Stripe-Context'), placeHolder: vscode.l10n.t('For which account?') },
  );
  if (chosen) await copyHeader(`Stripe-Context: ${chosen.description}`);
}

async function copyHeader(header: string): Promise<void> {
  await vscode.env.clipboard.writeText(header);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', header), 5000);
}
