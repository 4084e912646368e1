import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import { findLeaks } from '../detect/findLeaks.ts';
import { isEnvironmentExample, isEnvironmentFile } from '../exclusions/environmentFile.ts';
import { emptyValue } from '../fixes/exampleFile.ts';
import type { Fixes } from '../fixes/fixes.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { suggestVariable } from '../fixes/variableName.ts';
import type { Leak } from '../leak.ts';
import type { PlacedText } from '../placedText.ts';
import type { FixAnswer, FixParams, LeakPlace, TextRange } from '../protocol.ts';
import { declaredBeside } from './declaredBeside.ts';
import type { Documents } from './documents.ts';
import { chooseTarget, targetFiles } from './fixTarget.ts';
import { readableAt, type Readable } from './readable.ts';

/** What a fix is planned with. */
export interface FixTools {
  readonly documents: Documents;
  /** What may be slow is worked out elsewhere. */
  readonly fixes: Fixes;
}

/** How much around a leak tells what it is: names in front of it, the rest of an encoded key behind its start. */
const around = 4400;

/**
 * The edits that read a leak from an environment variable, and the files that give it its value. Nothing is written.
 *
 * @param onDisk the files will be changed past the client
 */
export async function planFix(
  { documents, fixes }: FixTools,
  { place, folder: uri, replacement, file }: FixParams,
  { onDisk = false }: { readonly onDisk?: boolean } = {},
): Promise<FixAnswer> {
  const folder = fileURLToPath(uri);
  const document = await readableAt(documents, place.uri, folder);
  if (!document.ok) return { ok: false, why: document.problem };
  const leak = leakAt(document.value, place);
  if (!leak) return { ok: false, why: 'The key no longer stands there.' };
  const name = basename(document.value.path);
  const isValue = isEnvironmentFile(name) && !isEnvironmentExample(name);
  if (isValue)
    return {
      ok: false,
      why: 'This file is where environment variables belong. Keep it out of git.',
      environmentFile: true,
    };
  const target = await chooseTarget(documents, folder, { file, onDisk });
  if (!target.ok) {
    const { why, tracked, file: about, instead } = target.problem;
    return {
      ok: false,
      why,
      ...(tracked ? { tracked: { file: about, ...(instead === undefined ? {} : { instead }) } } : {}),
    };
  }
  const value = replacement ?? leak.secret.reveal();
  const variable = suggestVariable(leak.kind, textBefore(document.value, leak), target.value.taken, value);
  const planned = await planRead(fixes, document.value, leak, variable, documents);
  if (!planned.ok) return { ok: false, why: planned.problem };
  const example = !isEnvironmentExample(name);
  return {
    ok: true,
    variable,
    ...factsOf(leak),
    file: target.value.file.name,
    example,
    edits: planned.value.map((edit) => lspEdit(document.value.placed, edit)).toReversed(),
    files: await targetFiles(documents, folder, target.value, { variables: [{ name: variable, value }], example }),
  };
}

/** What a client is told of a key that it is to keep. */
export const factsOf = ({ mode, kind, fingerprint, secret }: Leak) => ({
  mode: mode ?? null,
  kind,
  fingerprint,
  token: secret.reveal(),
});

export const textBefore = ({ placed: { text } }: Readable, { start }: Leak): string =>
  text.slice(Math.max(0, start - 200), start);

/** What reads the variable where the key stands; in an example of an environment file nothing stands there any more. */
export async function planRead(
  fixes: Fixes,
  { placed: { text }, language, path }: Readable,
  { start, end, form }: Pick<Leak, 'start' | 'end' | 'form'>,
  variable: string,
  documents?: Documents,
): Promise<Outcome<TextEdit[], string>> {
  if (isEnvironmentExample(basename(path))) return ok([emptyValue(text, { start, end })]);
  const declared = await declaredBeside(path, documents);
  return await fixes.variable({ start, end, form, text, language, path, variable, declared });
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

export function lspEdit(
  placed: PlacedText,
  { start, end, text: newText }: TextEdit,
): { range: TextRange; newText: string } {
  return { range: placed.rangeAt(start, end), newText };
}
