import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { LeakPlace } from '../../leaks/protocol.ts';
import { guardMethods, type ScanAnswer, type ScanParams } from '../../leaks/protocol.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse } from '../commands/failure.ts';
import { askExpiry } from '../prompts/askExpiry.ts';
import { back } from '../prompts/steps.ts';
import { applyFix, askFix, saveAll } from './applyFix.ts';
import type { LeakDesk } from './moveLeak.ts';
import { pickLeak } from './pickLeak.ts';
import { reportText, type Replacement } from './rotationReport.ts';

/** Ends a leak whole: a new key from the service, into the vault and wherever the old one stands in the workspace. */
export async function rotateLeak(desk: LeakDesk & { readonly keys: KeyDesk }, given?: LeakPlace): Promise<void> {
  const title = vscode.l10n.t('Rotate Leaked Key');
  const place = given ?? (await pickLeak(title));
  if (!place) return;
  const key = await findKey(desk, place.fingerprint);
  if (!key) return offerDashboard(desk);
  const service = serviceOf(desk.keys);
  const expiry = await askExpiry({ title: `${title}: ${key.name}` }, orRefuse(await service.now()));
  if (expiry === back) return;
  const places = await findPlaces(desk, place);
  await confirm(key, places.length);
  const made = orRefuse(await service.rotate(key.id, expiry));
  const kept = await desk.vault.store(made.key.id, made.secret, made.key);
  if (expiry === 'now') await desk.vault.forget(key.id);
  const replaced: Replacement[] = [];
  for (const one of places) replaced.push(await replaceAt(desk, one, made.secret.reveal()));
  desk.refresh();
  const changed = replaced.filter(({ why }) => why === undefined).length;
  const message = kept.ok
    ? vscode.l10n.t(
        '“{0}” was rotated and replaced at {1} of {2} places. The vault has the new key.',
        key.name,
        changed,
        places.length,
      )
    : vscode.l10n.t('“{0}” was rotated, but the vault could not keep the new key: reveal it from the tree.', key.name);
  desk.notifier.information(message, {
    label: vscode.l10n.t('Show Report'),
    run: async () => {
      const content = reportText(key.name, key.mask, replaced);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
    },
  });
}

/** The key of the connected service that a token belongs to; undefined where it is none of them, or has ended. */
async function findKey(desk: LeakDesk & { readonly keys: KeyDesk }, fingerprint: string): Promise<ApiKey | undefined> {
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

async function findPlaces({ guard }: LeakDesk, place: LeakPlace): Promise<LeakPlace[]> {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.toString()) ?? [];
  const params: ScanParams = {
    roots: folders.length > 0 ? folders : [place.uri],
    exclude: [],
    id: 0,
    everything: true,
  };
  const { files } = (await guard.request(guardMethods.scan, params)) as ScanAnswer;
  const places = files.flatMap(({ uri, leaks }) =>
    leaks
      .filter(({ fingerprint }) => fingerprint === place.fingerprint)
      .map(({ range, fingerprint }) => ({ uri, range, fingerprint })),
  );
  // The document may be unsaved, or in no folder.
  const same = (one: LeakPlace): boolean =>
    vscode.Uri.parse(one.uri).toString() === vscode.Uri.parse(place.uri).toString();
  const all = places.some(same) ? places : [place, ...places];
  // From the end of each file to its beginning, so that what is changed moves nothing that is still to be changed.
  return all.toSorted((one, other) =>
    one.uri === other.uri
      ? other.range.start.line - one.range.start.line || other.range.start.character - one.range.start.character
      : one.uri.localeCompare(other.uri),
  );
}

async function confirm(key: ApiKey, places: number): Promise<void> {
  const rotate = vscode.l10n.t('Rotate and Replace');
  const message =
    key.mode === 'live'
      ? vscode.l10n.t('Rotate the LIVE key “{0}”?', key.name)
      : vscode.l10n.t('Rotate the sandbox key “{0}”?', key.name);
  const detail = vscode.l10n.t(
    'It stands at {0} places of this workspace. There the new key is read from an environment variable.',
    places,
  );
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, rotate);
  if (chosen !== rotate) throw new vscode.CancellationError();
}

/** Puts the reference where the old key stands; in an environment file the new key itself. */
async function replaceAt({ guard }: LeakDesk, place: LeakPlace, replacement: string): Promise<Replacement> {
  const uri = vscode.Uri.parse(place.uri);
  const at = { file: vscode.workspace.asRelativePath(uri), line: place.range.start.line + 1 };
  const document = await vscode.workspace.openTextDocument(uri);
  const fix = await askFix(guard, place, replacement);
  if (fix.ok) {
    const applied = await applyFix(fix, uri);
    return { ...at, by: fix.variable, why: applied ? undefined : vscode.l10n.t('the file could not be changed') };
  }
  if (!/(?:^|\/)\.env[^/]*$|\.env$/.test(uri.path)) return { ...at, by: undefined, why: fix.why };
  const { start, end } = place.range;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), replacement);
  const applied = await vscode.workspace.applyEdit(edit);
  if (applied) await saveAll([document.uri]);
  return {
    ...at,
    by: vscode.l10n.t('the new key'),
    why: applied ? undefined : vscode.l10n.t('the file could not be changed'),
  };
}
