import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findLeaks } from '../detect/findLeaks.ts';
import type { Fixes } from '../fixes/fixes.ts';
import { applyEdits, composeEdits, overlap, type TextEdit } from '../fixes/textEdit.ts';
import { suggestVariable } from '../fixes/variableName.ts';
import { isEnvironmentExample } from '../exclusions/environmentFile.ts';
import type { Leak } from '../leak.ts';
import { PlacedText } from '../placedText.ts';
import type { PasteAnswer, PasteParams } from '../protocol.ts';
import { chooseTarget } from './fixTarget.ts';
import { factsOf, lspEdit, planRead, textBefore, type FixTools } from './planFix.ts';
import { readableAt, type Readable } from './readable.ts';

/**
 * What a paste becomes: the text as if it were pasted is mended, and both changes are made one, of the text as it is. Undefined where no key
 * is pasted, or one of them cannot be read from a variable where it would stand.
 */
export async function planPaste(
  { documents, fixes }: FixTools,
  { uri, pastes, folder: folderUri }: PasteParams,
): Promise<PasteAnswer> {
  const folder = fileURLToPath(folderUri);
  const document = documents.get(uri) ? await readableAt(documents, uri, folder) : undefined;
  if (!document?.ok) return undefined;
  const { placed } = document.value;
  const pasting = pastes.map(({ range, text }) => ({
    start: placed.offsetAt(range.start),
    end: placed.offsetAt(range.end),
    text,
  }));
  if (overlap(pasting)) return undefined;
  const pasted: Readable = { ...document.value, placed: new PlacedText(applyEdits(placed.text, pasting)) };
  const leaks = leaksIn(pasted, pasting);
  if (leaks.length === 0) return undefined;
  const target = await chooseTarget(documents, folder, { onDisk: true });
  if (!target.ok) return undefined;
  const taken = new Map(target.value.taken);
  const keys = new Map<string, NonNullable<PasteAnswer>['keys'][number]>();
  const mends: TextEdit[] = [];
  for (const leak of leaks) {
    const value = leak.secret.reveal();
    const variable = suggestVariable(leak.kind, textBefore(pasted, leak), taken, value);
    taken.set(variable, value);
    keys.set(leak.fingerprint, { variable, ...factsOf(leak) });
    const edits = await readAt(fixes, pasted, leak, variable);
    if (!edits) return undefined;
    for (const edit of edits) if (!mends.some((one) => same(one, edit))) mends.push(edit);
  }
  if (overlap(mends)) return undefined;
  const edits = composeEdits(placed.text, pasting, mends);
  if (edits.some(({ text }) => leaks.some(({ secret }) => text.includes(secret.reveal())))) return undefined;
  return {
    keys: [...keys.values()],
    file: target.value.file.name,
    example: !isEnvironmentExample(basename(pasted.path)),
    edits: edits.map((edit) => lspEdit(placed, edit)),
  };
}

/** The keys that are in what is pasted, or come together by it. */
function leaksIn(pasted: Readable, pasting: readonly TextEdit[]): Leak[] {
  let shift = 0;
  const spans = pasting
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end, text }) => {
      const from = start + shift;
      shift += text.length - (end - start);
      return { from, to: from + text.length };
    });
  const found = findLeaks(pasted.placed.text, pasted).filter(({ start, end }) =>
    spans.some(({ from, to }) => start < to && from < end),
  );
  return found.filter(isReal);
}

/** Whether a key is one that somebody has to keep. */
const isReal = ({ rule, kind, confidence }: Leak): boolean =>
  rule !== 'emulator-key' && rule !== 'sample-key' && kind !== 'publishable' && confidence !== 'doubtful';

const same = (one: TextEdit, other: TextEdit): boolean =>
  one.start === other.start && one.end === other.end && one.text === other.text;

/** What reads the variable where the key stands: in its literal, or, where it was pasted into the code itself, as if it stood in one. */
async function readAt(fixes: Fixes, pasted: Readable, leak: Leak, variable: string): Promise<TextEdit[] | undefined> {
  const inLiteral = await planRead(fixes, pasted, leak, variable);
  if (inLiteral.ok) return inLiteral.value;
  const { text } = pasted.placed;
  // Behind a part of a word or a literal it is no value of its own.
  if (leak.form !== 'plain' || /[\w"'`.-]/.test(text[leak.start - 1] ?? '')) return undefined;
  for (const quote of ['"', "'"]) {
    const quoting = [leak.start, leak.end].map((at) => ({ start: at, end: at, text: quote }));
    const quoted: Readable = { ...pasted, placed: new PlacedText(applyEdits(text, quoting)) };
    const planned = await planRead(fixes, quoted, { ...leak, start: leak.start + 1, end: leak.end + 1 }, variable);
    // Only what takes the quotes with it leaves nothing of the guess behind.
    const covers = planned.ok && planned.value.some(({ start, end }) => start <= leak.start && end >= leak.end + 2);
    if (planned.ok && covers) return composeEdits(text, quoting, planned.value);
  }
  return undefined;
}
