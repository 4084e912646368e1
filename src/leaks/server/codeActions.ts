import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readFile } from 'node:fs/promises';
import { CodeActionKind, type CodeAction, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import { excuseFingerprint, ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import type { Fixes } from '../fixes/fixes.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { guardCommands, type ExcuseParams, type FixedFile, type LeakPlace } from '../protocol.ts';
import type { Outcome } from '../../shared/result.ts';
import { diagnosticOf } from './diagnostics.ts';
import type { DocumentLeak } from './documentModel.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { planFix } from './planFix.ts';
import { remediesOf, type Remedy } from './remedies.ts';

export interface ActionFacts {
  readonly documents: Documents;
  /** What may be slow is worked out elsewhere. */
  readonly fixes: Fixes;
  readonly document: OpenDocument;
  readonly leak: DocumentLeak;
  /** The workspace's folder that the document is in. */
  readonly folder: string | undefined;
  /** The client has a vault. */
  readonly vault: boolean;
}

/** What can be done about a leak, the best first. No argument holds a token; an edit holds one only where it goes into the environment file. */
export async function actionsFor(facts: ActionFacts): Promise<CodeAction[]> {
  const { document, leak, vault } = facts;
  const diagnostics = [diagnosticOf(leak)];
  const place: LeakPlace = { uri: document.uri, range: leak.range, fingerprint: leak.fingerprint };
  const remedies = await possible(facts, remediesOf(leak));
  const ends = vault
    ? vaultActions(place, remedies, diagnostics)
    : remedies.includes('moveToVault')
      ? await variableActions(facts, place, diagnostics)
      : [];
  return [...ends, ...(await ignoreActions(facts, diagnostics))];
}

/** What works where the leak stands: a fix that would break the file, or that cannot be made, is not offered. */
async function possible({ fixes, document, leak, vault }: ActionFacts, remedies: readonly Remedy[]): Promise<Remedy[]> {
  if (!vault || !remedies.includes('moveToVault')) return [...remedies];
  const { language, path, model } = document;
  const placed = model.whole();
  const [start, end] = [placed.offsetAt(leak.range.start), placed.offsetAt(leak.range.end)];
  const { form } = leak;
  const read = await fixes.variable({ text: placed.text, start, end, form, language, path, variable: 'STRIPE_KEY' });
  return read.ok ? [...remedies] : remedies.filter((remedy) => remedy !== 'moveToVault');
}

const titles: Readonly<Record<Remedy, string>> = {
  moveToVault: 'Move to vault and use an environment variable',
  rotate: 'Rotate this key and replace it everywhere it occurs',
};

const vaultActions = (place: LeakPlace, remedies: readonly Remedy[], diagnostics: Diagnostic[]): CodeAction[] =>
  remedies.map((remedy, index) => ({
    title: titles[remedy],
    kind: CodeActionKind.QuickFix,
    diagnostics,
    isPreferred: index === 0,
    command: { title: titles[remedy], command: guardCommands[remedy], arguments: [place] },
  }));

/** For clients without a vault: the same, but the environment file is the only place that has the token. */
async function variableActions(
  { documents, fixes, folder, document }: ActionFacts,
  place: LeakPlace,
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  if (folder === undefined) return [];
  const planned = await planFix(documents, fixes, { place, folder });
  if (!planned.ok) return [];
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: planned.edits.map(({ range, newText }) => ({ range, newText })),
    },
  ];
  for (const { uri, text, exists } of planned.files) {
    if (!exists) documentChanges.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    documentChanges.push({
      textDocument: { uri, version: null },
      edits: [{ range: everything, newText: text }],
    });
  }
  return [
    {
      title: `Use the environment variable ${planned.variable}`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      isPreferred: true,
      edit: { documentChanges },
    },
  ];
}

async function ignoreActions(facts: ActionFacts, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
  const { document, fixes, leak } = facts;
  const { uri, version, language, path, model } = document;
  const placed = model.whole();
  const { text } = placed;
  const [start, end] = [placed.offsetAt(leak.range.start), placed.offsetAt(leak.range.end)];
  const inDocument = (title: string, planned: Outcome<TextEdit[], string>): CodeAction[] => {
    if (!planned.ok) return [];
    const edits = planned.value.map((edit) => ({ range: placed.rangeAt(edit.start, edit.end), newText: edit.text }));
    const edit = { documentChanges: [{ textDocument: { uri, version }, edits }] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  };
  return [
    ...inDocument(
      'Ignore on this line',
      await fixes.ignoreLine({ text, start, end, language, path, reason: 'it is no secret' }),
    ),
    ...inDocument(
      'Ignore in this file',
      await fixes.ignoreFile({ text, language, path, reason: 'its keys are no secrets' }),
    ),
    ...(await ignoreEverywhere(facts, diagnostics)),
  ];
}

/** By its fingerprint, in the workspace folder's own file. */
async function ignoreEverywhere(
  { document, leak, folder, vault }: ActionFacts,
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  const root = folder ?? (document.uri.startsWith('file:') ? dirname(document.uri) : undefined);
  if (root === undefined) return [];
  const title = `Ignore this key everywhere (${ignoreFileName})`;
  const action = { title, kind: CodeActionKind.QuickFix, diagnostics };
  const { fingerprint, mask } = leak;
  if (vault) {
    // As a command it can save the file: what is not saved excuses nothing.
    const place: LeakPlace = { uri: document.uri, range: leak.range, fingerprint };
    return [{ ...action, command: { title, command: guardCommands.ignore, arguments: [place] } }];
  }
  const { uri, text, exists } = await planExcuse({ folder: root, fingerprint, reason: mask });
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [
    ...(exists ? [] : [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }]),
    { textDocument: { uri, version: null }, edits: [{ range: everything, newText: text }] },
  ];
  return [{ ...action, edit: { documentChanges } }];
}

/** A folder's ignore file with one more key in it. Nothing is written. */
export async function planExcuse({ folder, fingerprint, reason }: ExcuseParams): Promise<FixedFile> {
  const file = join(fileURLToPath(folder), ignoreFileName);
  const old = await readFile(file, 'utf8').catch(() => undefined); // there need not be one yet
  return {
    uri: pathToFileURL(file).href,
    text: excuseFingerprint(old ?? '', fingerprint, reason),
    exists: old !== undefined,
  };
}

/** Further than any text goes: clients end a range where the text does. */
const everything = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
