import * as vscode from 'vscode';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import { messageOf } from '../../shared/errors.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import {
  differenceTo,
  leastPrivilege,
  names,
  type LeastPrivilege,
} from '../../requests/leastPrivilege/leastPrivilege.ts';
import { leastPrivilegeJson } from '../../requests/leastPrivilege/leastPrivilegeReport.ts';
import { createKey } from '../commands/createKey.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse } from '../commands/failure.ts';
import { askChoice, heading, type Choice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import { modeWord } from '../words.ts';
import { reportMarkdown } from './leastPrivilegeWords.ts';

type Answer = 'create' | 'export' | 'report' | { readonly apply: ApiKey };

/** Shows what requests need and does with it what the person chooses: a new key, a smaller old one, a file. */
export async function propose(
  desk: KeyDesk,
  requests: readonly LoggedRequest[],
  { guess = false }: { readonly guess?: boolean } = {},
): Promise<void> {
  const keys = orRefuse(await serviceOf(desk).keys());
  const chosen = await askWhose(requests, keys);
  const found = leastPrivilege(chosen, keys);
  const used = keys.filter(({ id }) => chosen.some(({ key }) => key === id));
  const only = used.length === 1 ? used[0] : undefined;
  for (;;) {
    const answer = await askWhat(found, used, guess);
    switch (answer) {
      case 'create':
        return await createKey(desk, 'restricted', undefined, await draftOf(desk, found, chosen));
      case 'export':
        return await exportReport(leastPrivilegeJson(found, { key: only, guess }));
      case 'report': {
        const document = await vscode.workspace.openTextDocument({
          language: 'markdown',
          content: reportMarkdown(found, used, guess),
        });
        await vscode.window.showTextDocument(document, { preserveFocus: true, preview: false });
        break; // with the report before one's eyes one can choose
      }
      default:
        return await apply(desk, found, answer.apply);
    }
  }
}

/** Where several keys were used, asks of which. */
async function askWhose(
  requests: readonly LoggedRequest[],
  keys: readonly ApiKey[],
): Promise<readonly LoggedRequest[]> {
  const byKey = Map.groupBy(requests, ({ key }) => key ?? '');
  if (byKey.size < 2) return requests;
  const choices: Choice<readonly LoggedRequest[]>[] = [...byKey].map(([id, all]) => {
    const key = keys.find((one) => one.id === id);
    return {
      label: key?.name ?? (id === '' ? vscode.l10n.t('Without a known key') : id),
      description: [...(key ? [modeWord(key.mode)] : []), vscode.l10n.t('{0} requests', all.length)].join(' · '),
      value: all,
    };
  });
  const answer = await askChoice(
    { title: vscode.l10n.t('Several Keys Were Used') },
    {
      placeholder: vscode.l10n.t('Whose requests?'),
      choices: [...choices, { label: vscode.l10n.t('All of them'), value: requests }],
    },
  );
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}

async function askWhat(found: LeastPrivilege, used: readonly ApiKey[], guess: boolean): Promise<Answer> {
  const { t } = vscode.l10n;
  const count = found.permissions.length + found.connectPermissions.length;
  const restricted = used.filter(({ kind, status }) => kind === 'restricted' && status === 'active');
  const choices: Choice<Answer>[] = [
    {
      label: t('Create a restricted key with exactly these'),
      iconPath: new vscode.ThemeIcon('add'),
      value: 'create',
    },
    ...restricted.map((key) => ({
      label: t('Apply to “{0}”', key.name),
      iconPath: new vscode.ThemeIcon('shield'),
      description: modeWord(key.mode),
      detail: differenceWord(found, key),
      value: { apply: key },
    })),
    { label: t('Show the report'), iconPath: new vscode.ThemeIcon('book'), value: 'report' },
    { label: t('Export as JSON…'), iconPath: new vscode.ThemeIcon('export'), value: 'export' },
    heading(count === 0 ? t('No permission is needed') : t('Needed')),
    ...[...found.permissions, ...found.connectPermissions].map(({ label, permission, uses }) => ({
      label,
      description: permission,
      detail: uses.map(({ method, path }) => `${method} ${path}`).join(', '),
    })),
  ];
  const title = count === 1 ? t('1 Permission Is Enough') : t('{0} Permissions Are Enough', count);
  const says = guess
    ? t('A guess: {0} calls in the source say so, and nobody ran them', found.counted)
    : t('{0} requests say so', found.counted);
  const answer = await askChoice({ title }, { placeholder: says, choices });
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}

function differenceWord(found: LeastPrivilege, key: ApiKey): string {
  const { t } = vscode.l10n;
  const difference = differenceTo(found, key);
  const excess = [...(difference?.excess ?? []), ...(difference?.connectExcess ?? [])];
  const missing = [...(difference?.missing ?? []), ...(difference?.connectMissing ?? [])];
  if (excess.length + missing.length === 0) return t('It has exactly these already');
  const takes = excess.length > 0 ? [t('takes away {0}', excess.join(', '))] : [];
  const gives = missing.length > 0 ? [t('adds {0}', missing.join(', '))] : [];
  return [...takes, ...gives].join(' · ');
}

async function apply(desk: KeyDesk, found: LeastPrivilege, key: ApiKey): Promise<void> {
  const { t } = vscode.l10n;
  const change = t('Apply');
  const confirmed = await vscode.window.showWarningMessage(
    key.mode === 'live'
      ? t('Change what the LIVE key “{0}” may do?', key.name)
      : t('Change what “{0}” may do?', key.name),
    { modal: true, detail: differenceWord(found, key) },
    change,
  );
  if (confirmed !== change) return;
  orRefuse(
    await serviceOf(desk).edit(key.id, {
      permissions: names(found.permissions),
      connectPermissions: names(found.connectPermissions),
    }),
  );
  desk.refresh();
  void vscode.window.showInformationMessage(t('“{0}” may do what was recorded, and nothing else.', key.name));
}

/** The new key belongs to where the requests went. */
async function draftOf(desk: KeyDesk, found: LeastPrivilege, requests: readonly LoggedRequest[]) {
  const keys = orRefuse(await serviceOf(desk).keys());
  const accounts = orRefuse(await serviceOf(desk).accounts());
  const key = keys.find(({ id }) => requests.some((request) => request.key === id));
  const id = key && 'account' in key.owner ? ownerId(key.owner) : undefined;
  const account = accounts.find((one) => one.id === id);
  return {
    permissions: names(found.permissions),
    connectPermissions: names(found.connectPermissions),
    ...(account && key ? { owner: { account: account.id }, ownerName: account.name, mode: key.mode } : {}),
  };
}

async function exportReport(text: string): Promise<void> {
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export as JSON'),
    filters: { JSON: ['json'] },
  });
  if (!file) return;
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written: {0}', messageOf(error)));
  }
}
