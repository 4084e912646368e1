import * as vscode from 'vscode';
import type { Secret } from '../../domain/secret.ts';
import {
  guardMethods,
  type FoundLeak,
  type InspectParams,
  type LeakPlace,
  type ReplaceAnswer,
  type ReplaceParams,
  type ScanAnswer,
  type ScanParams,
} from '../../leaks/protocol.ts';
import { applyFix, askFix, folderOf, noFolder } from './applyFix.ts';
import type { GuardConnection } from './guardConnection.ts';
import type { Replacement } from './rotationReport.ts';

/** A file that has a key, and what can be done there. */
export interface LeakedFile {
  readonly uri: vscode.Uri;
  /** As it is shown. */
  readonly name: string;
  /** The key stands in it as a value: it is replaced where it stands. */
  readonly environment: boolean;
  readonly unsaved: boolean;
  readonly places: readonly {
    /** From 1. */
    readonly line: number;
    /** Why it has to stay as it is. */
    readonly why: string | undefined;
  }[];
}

/** Where a key stands in the workspace, and in `place`. Nothing is changed, and nothing is left out because it is ignored. */
export async function findPlaces(guard: GuardConnection, place: LeakPlace): Promise<LeakedFile[]> {
  const { fingerprint } = place;
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.toString()) ?? [];
  const params: ScanParams = { roots: folders, exclude: [], id: 0, everything: true };
  const { files } =
    folders.length > 0 ? ((await guard.request(guardMethods.scan, params)) as ScanAnswer) : { files: [] };
  const found = new Map<string, readonly LeakPlace[]>();
  for (const { uri, leaks } of files) {
    const here = leaks.filter((leak) => leak.fingerprint === fingerprint);
    if (here.length > 0)
      found.set(
        vscode.Uri.parse(uri).toString(),
        here.map(({ range }) => ({ uri, range, fingerprint })),
      );
  }
  // What an editor has not saved is not on the disk, and the document may be in no folder.
  const given = vscode.Uri.parse(place.uri).toString();
  for (const document of vscode.workspace.textDocuments) {
    const uri = document.uri.toString();
    if (uri !== given && (!document.isDirty || document.uri.scheme !== 'file')) continue;
    const here = await placesIn(guard, document, fingerprint);
    if (here.length > 0) found.set(uri, here);
    else found.delete(uri);
  }
  const judged = [...found].map(([uri, places]) => judge(guard, vscode.Uri.parse(uri), places));
  const all = await Promise.all(judged);
  // A variable that an environment file has already is the one that the texts then read.
  return all.toSorted(
    (one, other) => Number(other.environment) - Number(one.environment) || one.name.localeCompare(other.name),
  );
}

async function placesIn(
  guard: GuardConnection,
  document: vscode.TextDocument,
  fingerprint: string,
): Promise<LeakPlace[]> {
  const uri = document.uri.toString();
  const params: InspectParams = {
    text: document.getText(),
    path: uri,
    language: document.languageId,
    everything: true,
  };
  const leaks = (await guard.request(guardMethods.inspect, params)) as readonly FoundLeak[];
  return leaks.filter((leak) => leak.fingerprint === fingerprint).map(({ range }) => ({ uri, range, fingerprint }));
}

async function judge(guard: GuardConnection, uri: vscode.Uri, places: readonly LeakPlace[]): Promise<LeakedFile> {
  const name = vscode.workspace.asRelativePath(uri);
  const unsaved = vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  let environment = false;
  const judged: { line: number; why: string | undefined }[] = [];
  for (const place of places) {
    const fix = await askFix(guard, place);
    let why = fix.ok ? undefined : fix.why;
    if (!fix.ok && fix.environmentFile) {
      environment = true;
      const answer = await replaceIn(guard, uri, place.fingerprint);
      why = answer.ok ? undefined : answer.why;
    }
    judged.push({ line: place.range.start.line + 1, why });
  }
  return { uri, name, environment, unsaved, places: judged };
}

/** Puts another key where one stands in an environment file; without a replacement it is only asked whether that can be done. */
export async function replaceIn(
  guard: GuardConnection,
  uri: vscode.Uri,
  fingerprint: string,
  replacement?: Secret,
): Promise<ReplaceAnswer> {
  const folder = folderOf(uri)?.toString();
  if (folder === undefined) return { ok: false, why: noFolder() };
  const params: ReplaceParams = {
    uri: uri.toString(),
    folder,
    fingerprint,
    ...(replacement ? { replacement: replacement.reveal() } : {}),
  };
  return (await guard.request(guardMethods.replace, params)) as ReplaceAnswer;
}

/** Puts the new key, or what reads it, where the old one stands, and saves. One failure stops nothing. */
export async function replaceEverywhere(
  guard: GuardConnection,
  files: readonly LeakedFile[],
  fingerprint: string,
  replacement: Secret,
): Promise<Replacement[]> {
  const replaced: Replacement[] = [];
  for (const file of files) {
    const work = file.environment ? replaceValues : replaceReferences;
    try {
      replaced.push(...(await work(guard, file, fingerprint, replacement)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      replaced.push(...file.places.map(({ line }) => ({ file: file.name, line, by: undefined, why, expected: false })));
    }
  }
  return replaced;
}

async function replaceValues(
  guard: GuardConnection,
  { uri, name, places }: LeakedFile,
  fingerprint: string,
  replacement: Secret,
): Promise<Replacement[]> {
  const possible = places.some(({ why }) => why === undefined);
  const answer = possible ? await replaceIn(guard, uri, fingerprint, replacement) : undefined;
  return places.map(({ line, why }) => ({
    file: name,
    line,
    by: vscode.l10n.t('the new key'),
    why: why ?? (answer && !answer.ok ? answer.why : undefined),
    expected: why !== undefined,
  }));
}

/** From the end of the text to its beginning. After each change the rest is found anew: an import may have moved it. */
async function replaceReferences(
  guard: GuardConnection,
  { uri, name, places }: LeakedFile,
  fingerprint: string,
  replacement: Secret,
): Promise<Replacement[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const done: Replacement[] = [];
  let left = 0;
  for (let count = 0; count < places.length; count += 1) {
    const place = (await placesIn(guard, document, fingerprint)).at(-1 - left);
    if (!place) break;
    const line = place.range.start.line + 1;
    const expected = places.some((planned) => planned.line === line && planned.why !== undefined);
    const fix = await askFix(guard, place, { replacement: replacement.reveal() });
    const applied = fix.ok ? await applyFix(guard, place, fix, replacement.reveal()) : fix;
    if (!applied.ok) left += 1;
    done.push({
      file: name,
      line,
      by: fix.ok ? fix.variable : undefined,
      why: applied.ok ? undefined : applied.why,
      expected,
    });
  }
  if (done.every(({ why }) => why !== undefined) || (await document.save())) return done;
  const why = vscode.l10n.t('The file could not be saved.');
  return done.map((one) => ({ ...one, why: one.why ?? why }));
}
