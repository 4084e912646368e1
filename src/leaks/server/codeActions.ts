import { dirname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CodeActionKind, type CodeAction, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import { excuseFingerprint, ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import type { Fixes } from '../fixes/fixes.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { guardCommands, type FixedFile, type LeakPlace } from '../protocol.ts';
import type { Outcome } from '../../shared/result.ts';
import { diagnosticOf } from './diagnostics.ts';
import type { DocumentLeak } from './documentModel.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { findKeyFile, findPlainFile } from './keyFile.ts';
import { planFix, planRead } from './planFix.ts';
import { remediesOf, type Remedy } from './remedies.ts';

interface LeakFacts {
  /** What may be slow is worked out elsewhere. */
  readonly fixes: Fixes;
  readonly document: OpenDocument;
  readonly leak: DocumentLeak;
}

export interface ActionFacts extends LeakFacts {
  readonly documents: Documents;
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
  // Without a vault the plan itself is what is offered, or is not there.
  const remedies = vault ? await possibleRemedies(facts) : remediesOf(leak, document.path);
  const ends = vault
    ? vaultActions(place, remedies, diagnostics)
    : remedies.includes('moveToVault')
      ? await variableActions(facts, place, diagnostics)
      : remedies.includes('keepOut')
        ? await keepOutActions(facts, diagnostics)
        : [];
  return [...ends, ...(await ignoreActions(facts, diagnostics))];
}

/** What works where the leak stands: a fix that would break the file, or that cannot be made, is not offered. */
export async function possibleRemedies({ fixes, document, leak }: LeakFacts): Promise<Remedy[]> {
  const remedies = remediesOf(leak, document.path);
  if (!remedies.includes('moveToVault')) return remedies;
  const { language, path, model } = document;
  const placed = model.whole();
  const [start, end] = [placed.offsetAt(leak.range.start), placed.offsetAt(leak.range.end)];
  const { form } = leak;
  const read = await planRead(fixes, { placed, language, path }, { start, end, form }, 'STRIPE_KEY');
  return read.ok ? remedies : remedies.filter((remedy) => remedy !== 'moveToVault');
}

const titles: Readonly<Record<Remedy, string>> = {
  moveToVault: 'Move to vault and use an environment variable',
  keepOut: 'Keep this file out of git (.gitignore)',
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
  const planned = await planFix({ documents, fixes }, { place, folder });
  if (!planned.ok) return [];
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: planned.edits.map(({ range, newText }) => ({ range, newText })),
    },
  ];
  for (const file of planned.files) documentChanges.push(...wholeFile(file));
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

/** For clients without a vault: the line in `.gitignore`. What git tracks needs more than that, which no edit of a text does. */
async function keepOutActions({ folder, document }: ActionFacts, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
  if (folder === undefined || !document.uri.startsWith('file:')) return [];
  const root = fileURLToPath(folder);
  const file = await findKeyFile(root, relative(root, fileURLToPath(document.uri)).replaceAll(sep, '/'));
  const change = file.ok ? file.value.ignore : undefined;
  if (!change) return [];
  const { path, mode } = change.file;
  const edit = {
    documentChanges: wholeFile({ uri: pathToFileURL(path).href, text: change.text, exists: mode !== undefined }),
  };
  return [{ title: titles.keepOut, kind: CodeActionKind.QuickFix, diagnostics, isPreferred: true, edit }];
}

/** The edits that give a file its whole new text. */
const wholeFile = ({ uri, text, exists }: FixedFile): NonNullable<WorkspaceEdit['documentChanges']> => [
  ...(exists ? [] : [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }]),
  { textDocument: { uri, version: null }, edits: [{ range: everything, newText: text }] },
];

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
  const file = await findPlainFile(fileURLToPath(root), ignoreFileName);
  if (!file.ok) return [];
  const { path, text, mode } = file.value;
  const uri = pathToFileURL(path).href;
  const excused = excuseFingerprint(text, fingerprint, mask);
  return [{ ...action, edit: { documentChanges: wholeFile({ uri, text: excused, exists: mode !== undefined }) } }];
}

/** Further than any text goes: clients end a range where the text does. */
const everything = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
