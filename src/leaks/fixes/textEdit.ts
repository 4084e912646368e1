/** A change of a text: what stands from `start` to `end`, in UTF-16 units of the old text, becomes `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits made; they must not lie over each other. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of edits.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

/** Whether an edit begins before the one in front of it has ended. */
export function overlap(edits: readonly TextEdit[]): boolean {
  const sorted = edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  return sorted.some(({ start }, index) => index > 0 && start < (sorted[index - 1]?.end ?? 0));
}

/**
 * The edits that do at once what two sets do one after the other: `second` counts in the text that `first` has made. Edits that touch each
 * other become one, so that nobody has to know in which order they are made.
 */
export function composeEdits(text: string, first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  const made = first
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end, text: replacement }) => {
      const from = start + shift;
      shift += replacement.length - (end - start);
      return { from, to: from + replacement.length, grown: replacement.length - (end - start) };
    });
  const spans = [...made, ...second.map(({ start, end }) => ({ from: start, to: end, grown: 0 }))];
  const groups: { from: number; to: number; grown: number }[] = [];
  for (const { from, to, grown } of spans.toSorted((one, other) => one.from - other.from || one.to - other.to)) {
    const last = groups.at(-1);
    if (!last || from > last.to) groups.push({ from, to, grown });
    else [last.to, last.grown] = [Math.max(last.to, to), last.grown + grown];
  }
  const between = applyEdits(text, first);
  let before = 0;
  return groups.map(({ from, to, grown }) => {
    const inside = second.filter(({ start, end }) => from <= start && end <= to);
    const moved = inside.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
    const edit = { start: from - before, end: to - before - grown, text: applyEdits(between.slice(from, to), moved) };
    before += grown;
    return edit;
  });
}

export const lineEndOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
