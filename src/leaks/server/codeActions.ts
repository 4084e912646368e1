import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readFile } from 'node:fs/promises';
import { CodeActionKind, type CodeAction, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import { excuseFingerprint, ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import { ignoreFile, ignoreLine } from '../fixes/ignoreComment.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { guardCommands, type LeakPlace } from '../protocol.ts';
import type { Outcome } from '../../shared/result.ts';
import { diagnosticOf } from './diagnostics.ts';
import type { DocumentLeak } from './documentModel.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { planFix } from './planFix.ts';
import { offsetAt, rangeAt } from './offsets.ts';

export interface ActionFacts {
  readonly documents: Documents;
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
  const worthless = leak.rule === 'sample-key' || leak.rule === 'live-publishable-key';
  const ends = worthless
    ? []
    : vault
      ? vaultActions(place, leak, diagnostics)
      : await variableActions(facts, place, diagnostics);
  return [...ends, ...(await ignoreActions(facts, diagnostics))];
}

function vaultActions(place: LeakPlace, { kind }: DocumentLeak, diagnostics: Diagnostic[]): CodeAction[] {
  const action = (title: string, command: string, isPreferred: boolean): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    isPreferred,
    command: { title, command, arguments: [place] },
  });
  const rotates = ['secret', 'restricted', 'organization'].includes(kind);
  return [
    action('Move to vault and use an environment variable', guardCommands.moveToVault, true),
    ...(rotates ? [action('Rotate this key and replace it everywhere it occurs', guardCommands.rotate, false)] : []),
  ];
}

/** For clients without a vault: the same, but the environment file is the only place that has the token. */
async function variableActions(
  { documents, folder, document }: ActionFacts,
  place: LeakPlace,
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  if (folder === undefined) return [];
  const planned = await planFix(documents, { place, folder });
  if (!planned.ok) return [];
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: planned.edits.map(({ range, newText }) => ({ range, newText })),
    },
  ];
  for (const { uri, text, exists } of planned.files) {
    if (!exists) documentChanges.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    const end = { line: Number.MAX_SAFE_INTEGER >>> 22, character: 0 };
    documentChanges.push({
      textDocument: { uri, version: null },
      edits: [
        { range: { start: { line: 0, character: 0 }, end: exists ? end : { line: 0, character: 0 } }, newText: text },
      ],
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

async function ignoreActions(
  { document, leak, folder }: ActionFacts,
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  const { uri, version, language, path, model } = document;
  const text = model.text();
  const [start, end] = [offsetAt(text, leak.range.start), offsetAt(text, leak.range.end)];
  const inDocument = (title: string, planned: Outcome<TextEdit[], string>): CodeAction[] => {
    if (!planned.ok) return [];
    const edits = planned.value.map((edit) => ({ range: rangeAt(text, edit.start, edit.end), newText: edit.text }));
    const edit = { documentChanges: [{ textDocument: { uri, version }, edits }] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  };
  return [
    ...inDocument('Ignore on this line', ignoreLine({ text, start, end, language, path, reason: 'it is no secret' })),
    ...inDocument('Ignore in this file', ignoreFile({ text, language, path, reason: 'its keys are no secrets' })),
    ...(await ignoreEverywhere(uri, leak, folder, diagnostics)),
  ];
}

/** By its fingerprint, in the workspace folder's own file. */
async function ignoreEverywhere(
  uri: string,
  { fingerprint, mask }: DocumentLeak,
  folder: string | undefined,
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  const root = folder ?? (uri.startsWith('file:') ? pathToFileURL(dirname(fileURLToPath(uri))).href : undefined);
  if (root === undefined) return [];
  const file = join(fileURLToPath(root), ignoreFileName);
  const old = await readFile(file, 'utf8').catch(() => undefined); // there need not be one yet
  const target = pathToFileURL(file).href;
  const text = excuseFingerprint(old ?? '', fingerprint, mask);
  const lines = (old ?? '').split('\n').length;
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [
    ...(old === undefined ? [{ kind: 'create' as const, uri: target, options: { ignoreIfExists: true } }] : []),
    {
      textDocument: { uri: target, version: null },
      edits: [{ range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } }, newText: text }],
    },
  ];
  return [
    {
      title: `Ignore this key everywhere (${ignoreFileName})`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit: { documentChanges },
    },
  ];
}
