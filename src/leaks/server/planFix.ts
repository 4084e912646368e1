import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findLeaks } from '../detect/findLeaks.ts';
import { addToExample, addToGitignore, chooseEnvFile, readVariables, setVariable } from '../fixes/envFile.ts';
import type { Fixes } from '../fixes/fixes.ts';
import { applyEdits, type TextEdit } from '../fixes/textEdit.ts';
import { suggestVariable } from '../fixes/variableName.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Leak } from '../leak.ts';
import type { FixAnswer, FixedFile, FixParams, LeakPlace, PasteAnswer, PasteParams, TextRange } from '../protocol.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { PlacedText } from '../placedText.ts';

/** How much around a leak tells what it is: names in front of it, the rest of an encoded key behind its start. */
const around = 4400;

/** The edits that read a leak from an environment variable, and the files that give it its value. Nothing is written. */
export async function planFix(
  documents: Documents,
  fixes: Fixes,
  { place, folder, replacement }: FixParams,
): Promise<FixAnswer> {
  const document = readableOf(documents.get(place.uri)) ?? (await unopened(place.uri));
  if (!document) return { ok: false, why: 'The file cannot be read.' };
  const leak = leakAt(document, place);
  if (!leak) return { ok: false, why: 'The key no longer stands there.' };
  const planned = await planLeak({ documents, fixes }, document, {
    leak,
    folder,
    value: replacement ?? leak.secret.reveal(),
  });
  if (!planned.ok) return { ok: false, why: planned.problem };
  const { edits, ...rest } = planned.value;
  return { ok: true, ...rest, edits: edits.map((edit) => lspEdit(document.placed, edit)).toReversed() };
}

function leakAt({ placed, language, path }: Readable, { range, fingerprint }: LeakPlace): Leak | undefined {
  const start = placed.offsetAt(range.start);
  const from = Math.max(0, start - around);
  const near = placed.text.slice(from, start + around);
  const leak = findLeaks(near, { path, language }).find(
    (one) => one.start === start - from && one.fingerprint === fingerprint,
  );
  return leak && { ...leak, start, end: from + leak.end };
}

/** What a paste becomes: the text as if it were pasted is mended, and what differs from the old one is told. */
export async function planPaste(
  documents: Documents,
  fixes: Fixes,
  { uri, range, text: pasted, folder }: PasteParams,
): Promise<PasteAnswer> {
  const document = readableOf(documents.get(uri));
  if (!document) return undefined;
  const { placed } = document;
  const old = placed.text;
  const [from, to] = [placed.offsetAt(range.start), placed.offsetAt(range.end)];
  const text = old.slice(0, from) + pasted + old.slice(to);
  const end = from + pasted.length;
  const leaks = findLeaks(text, document).filter((leak) => leak.start < end && from < leak.end);
  const [leak] = leaks;
  const real = leak && leak.rule !== 'emulator-key' && leak.rule !== 'sample-key' && leak.kind !== 'publishable';
  if (leaks.length !== 1 || !real) return undefined;
  const mended: Readable = { ...document, placed: new PlacedText(text) };
  const planned = await planLeak({ documents, fixes }, mended, { leak, folder, value: leak.secret.reveal() });
  if (!planned.ok) return undefined;
  const { edits, ...rest } = planned.value;
  // What touches the pasted text becomes a part of it; the rest lies before or behind it, and moves back to where it is in the old text.
  const near = edits.filter((edit) => edit.end >= from && edit.start <= end);
  const first = Math.min(from, ...near.map((edit) => edit.start));
  const last = Math.max(end, ...near.map((edit) => edit.end));
  const inside = near.map((edit) => ({ ...edit, start: edit.start - first, end: edit.end - first }));
  const insertText = applyEdits(text.slice(first, last), inside);
  const shift = (offset: number): number => (offset >= end ? offset - pasted.length + (to - from) : offset);
  const others = edits.filter((edit) => !near.includes(edit));
  const outside: TextEdit[] = [
    ...others.map((edit) => ({ ...edit, start: shift(edit.start), end: shift(edit.end) })),
    ...(first < from ? [{ start: first, end: from, text: '' }] : []),
    ...(last > end ? [{ start: to, end: shift(last), text: '' }] : []),
  ];
  return { ok: true, ...rest, insertText, edits: outside.map((edit) => lspEdit(placed, edit)) };
}

interface LeakPlan {
  readonly leak: Leak;
  readonly folder: string;
  /** What the environment file gets. */
  readonly value: string;
}

async function planLeak(
  { documents, fixes }: { readonly documents: Documents; readonly fixes: Fixes },
  { placed: { text }, language, path }: Readable,
  { leak, folder, value }: LeakPlan,
): Promise<Outcome<Planned, string>> {
  const root = fileURLToPath(folder);
  const names = await readdir(root).catch(() => []); // a folder that is not there yet has no files
  const envFile = chooseEnvFile(names);
  const env = await fileText(documents, join(root, envFile));
  const before = text.slice(Math.max(0, leak.start - 200), leak.start);
  const variable = suggestVariable(leak.kind, before, readVariables(env.text), value);
  const { start, end, form } = leak;
  const planned = await fixes.variable({ start, end, form, text, language, path, variable });
  if (!planned.ok) return planned;
  const example = await fileText(documents, join(root, '.env.example'));
  const gitignore = await fileText(documents, join(root, '.gitignore'));
  return ok({
    variable,
    mode: leak.mode ?? null,
    kind: leak.kind,
    fingerprint: leak.fingerprint,
    token: leak.secret.reveal(),
    edits: planned.value,
    files: [
      changed(env, setVariable(env.text, variable, value)),
      changed(example, addToExample(example.text, variable)),
      changed(gitignore, addToGitignore(gitignore.text, envFile)),
    ].flat(),
  });
}

type Planned = Omit<Extract<FixAnswer, { ok: true }>, 'ok' | 'edits'> & { readonly edits: readonly TextEdit[] };

function lspEdit(placed: PlacedText, { start, end, text: newText }: TextEdit): { range: TextRange; newText: string } {
  return { range: placed.rangeAt(start, end), newText };
}

interface Readable {
  readonly placed: PlacedText;
  readonly language: string;
  readonly path: string;
}

async function unopened(uri: string): Promise<Readable | undefined> {
  try {
    const path = fileURLToPath(uri);
    return { placed: new PlacedText(await readFile(path, 'utf8')), language: '', path };
  } catch {
    return undefined;
  }
}

interface FileText {
  readonly uri: string;
  readonly text: string;
  readonly exists: boolean;
}

/** A file as the editor has it, with what is not saved, else as it is on the disk. */
async function fileText(documents: Documents, path: string): Promise<FileText> {
  const uri = pathToFileURL(path).href;
  const open: OpenDocument | undefined = documents.get(uri);
  if (open) return { uri, text: open.model.whole().text, exists: true };
  try {
    return { uri, text: await readFile(path, 'utf8'), exists: true };
  } catch {
    return { uri, text: '', exists: false };
  }
}

const changed = ({ uri, text: old, exists }: FileText, text: string): FixedFile[] =>
  text === old ? [] : [{ uri, text, exists }];

const readableOf = (document: OpenDocument | undefined): Readable | undefined =>
  document && { placed: document.model.whole(), language: document.language, path: document.path };
