import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { LeakPlace } from '../../leaks/protocol.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse } from '../commands/failure.ts';
import { replaceKey } from '../commands/replaceKey.ts';
import { askExpiry } from '../prompts/askExpiry.ts';
import { back } from '../prompts/steps.ts';
import { dateWord } from '../words.ts';
import type { LeakDesk } from './moveLeak.ts';
import { pickLeak } from './pickLeak.ts';
import { findPlaces, replaceEverywhere, type LeakedFile } from './replaceLeaked.ts';
import { reportText, type Replacement } from './rotationReport.ts';

type RotationDesk = LeakDesk & { readonly keys: KeyDesk };

/**
 * Ends a leak whole: a new key from the service, into the vault and wherever the old one stands in the workspace. A key that is to end now
 * ends when the vault and every file that could be changed have the new one; until then it works on.
 */
export async function rotateLeak(desk: RotationDesk, given?: LeakPlace): Promise<void> {
  const title = vscode.l10n.t('Rotate Leaked Key');
  const place = given ?? (await pickLeak(title));
  if (!place) return;
  const key = await findKey(desk, place.fingerprint);
  if (!key) return offerDashboard(desk);
  const service = serviceOf(desk.keys);
  const expiry = await askExpiry({ title: `${title}: ${key.name}` }, orRefuse(await service.now()));
  if (expiry === back) return;
  const files = await findPlaces(desk.guard, place);
  await confirm(key, files);
  let replaced: Replacement[] = [];
  const { saved, stays } = await replaceKey(desk.keys, key, expiry, async (replacement) => {
    replaced = await replaceEverywhere(desk.guard, files, place.fingerprint, replacement);
    return replaced.every(({ why, expected }) => why === undefined || expected);
  });
  desk.refresh();
  const changed = replaced.filter(({ why }) => why === undefined).length;
  const words = [
    vscode.l10n.t('“{0}” was rotated and replaced at {1} of {2} places.', key.name, changed, replaced.length),
    saved === 'vault' ? vscode.l10n.t('The vault has the new key.') : '',
    stays ?? '',
  ];
  const report = {
    label: vscode.l10n.t('Show Report'),
    run: async () => {
      const content = reportText(key.name, key.mask, replaced);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
    },
  };
  desk.notifier.information(words.filter(Boolean).join(' '), report);
}

/** The key of the connected service that a token belongs to; undefined where it is none of them, or has ended. */
async function findKey(desk: RotationDesk, fingerprint: string): Promise<ApiKey | undefined> {
  const known = (await desk.knownKeys()).find((key) => key.fingerprint === fingerprint && key.where === 'emulator');
  if (!known) return undefined;
  const keys = orRefuse(await serviceOf(desk.keys).keys());
  return keys.find(({ id, status }) => id === known.keyId && status === 'active');
}

function offerDashboard({ notifier }: LeakDesk): void {
  const message = vscode.l10n.t(
    'This key is not one of the connected service. Rotate it on the Dashboard, then move it to the vault.',
  );
  notifier.warning(message, {
    label: vscode.l10n.t('Open Dashboard'),
    run: () => vscode.env.openExternal(vscode.Uri.parse('https://dashboard.stripe.com/apikeys')),
  });
}

/** How many places a question lists: a dialog does not scroll everywhere. */
const mostListed = 10;

async function confirm(key: ApiKey, files: readonly LeakedFile[]): Promise<void> {
  const { t } = vscode.l10n;
  const places = files.flatMap((file) => file.places.map((place) => ({ ...place, name: file.name })));
  const left = places.flatMap(({ why, name, line }) => (why === undefined ? [] : [`${name}:${line}: ${why}`]));
  const unsaved = files.filter((file) => file.unsaved && file.places.some(({ why }) => why === undefined));
  const detail = [
    t(
      'It stands at {0} places of this workspace. There the new key is read from an environment variable.',
      places.length,
    ),
    ...(left.length === 0
      ? []
      : [
          t('These stay as they are, and have the old key:'),
          ...left.slice(0, mostListed),
          ...(left.length > mostListed ? [t('… and {0} more', left.length - mostListed)] : []),
        ]),
    ...(unsaved.length === 0
      ? []
      : [t('These have changes that are saved with it: {0}', unsaved.map(({ name }) => name).join(', '))]),
    t('Last used: {0}.', dateWord(key.lastUsed)),
  ].join('\n');
  const rotate = t('Rotate and Replace');
  const message =
    key.mode === 'live' ? t('Rotate the LIVE key “{0}”?', key.name) : t('Rotate the sandbox key “{0}”?', key.name);
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, rotate);
  if (chosen !== rotate) throw new vscode.CancellationError();
}
