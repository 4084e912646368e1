import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findLeaks } from '../detect/findLeaks.ts';
import { addToExample, addToGitignore, chooseEnvFile, readVariables, setVariable } from '../fixes/envFile.ts';
import { planVariable } from '../fixes/environmentVariable.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { suggestVariable } from '../fixes/variableName.ts';
import type { FixAnswer, FixedFile, FixParams } from '../protocol.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { offsetAt, rangeAt } from './offsets.ts';

/** The edits that read a leak from an environment variable, and the files that give it its value. Nothing is written. */
export async function planFix(documents: Documents, { place, folder, replacement }: FixParams): Promise<FixAnswer> {
  const document = readableOf(documents.get(place.uri)) ?? (await unopened(place.uri));
  if (!document) return { ok: false, why: 'The file cannot be read.' };
  const { text, language, path } = document;
  const start = offsetAt(text, place.range.start);
  const leak = findLeaks(text, { path, language }).find(
    (one) => one.start === start && one.fingerprint === place.fingerprint,
  );
  if (!leak) return { ok: false, why: 'The key no longer stands there.' };
  const value = replacement ?? leak.secret.reveal();
  const root = fileURLToPath(folder);
  const names = await readdir(root).catch(() => []); // a folder that is not there yet has no files
  const envFile = chooseEnvFile(names);
  const env = await fileText(documents, join(root, envFile));
  const before = text.slice(Math.max(0, leak.start - 200), leak.start);
  const variable = suggestVariable(leak.kind, before, readVariables(env.text), value);
  const planned = planVariable({ ...leak, text, language, path, variable });
  if (!planned.ok) return { ok: false, why: planned.problem };
  const example = await fileText(documents, join(root, '.env.example'));
  const gitignore = await fileText(documents, join(root, '.gitignore'));
  const files = [
    changed(env, setVariable(env.text, variable, value)),
    changed(example, addToExample(example.text, variable)),
    changed(gitignore, addToGitignore(gitignore.text, envFile)),
  ].flat();
  return { ok: true, variable, edits: planned.value.map((edit) => lspEdit(text, edit)).toReversed(), files };
}

function lspEdit(
  text: string,
  { start, end, text: newText }: TextEdit,
): { range: ReturnType<typeof rangeAt>; newText: string } {
  return { range: rangeAt(text, start, end), newText };
}

interface Readable {
  readonly text: string;
  readonly language: string;
  readonly path: string;
}

async function unopened(uri: string): Promise<Readable | undefined> {
  try {
    const path = fileURLToPath(uri);
    return { text: await readFile(path, 'utf8'), language: '', path };
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
  if (open) return { uri, text: open.model.text(), exists: true };
  try {
    return { uri, text: await readFile(path, 'utf8'), exists: true };
  } catch {
    return { uri, text: '', exists: false };
  }
}

const changed = ({ uri, text: old, exists }: FileText, text: string): FixedFile[] =>
  text === old ? [] : [{ uri, text, exists }];

const readableOf = (document: OpenDocument | undefined): Readable | undefined =>
  document && { text: document.model.text(), language: document.language, path: document.path };
