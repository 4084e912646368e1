import { headLength, isServed } from '../detect/clientSide.ts';
import { findLeaks } from '../detect/findLeaks.ts';
import { mostJoinedLines } from '../detect/joinedCandidates.ts';
import { ignoresFile, withoutIgnored } from '../detect/markers.ts';
import { lineEndOf } from '../fixes/textEdit.ts';
import type { Leak, LeakFacts, TextContext } from '../leak.ts';
import type { TextRange } from '../protocol.ts';
import { PlacedText } from './offsets.ts';

/** A leak of a document, where it stands. The token is not kept: it stands in the document. */
export interface DocumentLeak extends LeakFacts {
  readonly range: TextRange;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A change as the Language Server Protocol tells it: of a range, or of everything. */
export type DocumentChange = { readonly range: TextRange; readonly text: string } | { readonly text: string };

/** How many lines around a change can be touched by it: as many as a key over literals spans, and an excuse above it. */
const linesAround = mostJoinedLines + 1;
/** Of a line that is longer, only so much around a change is looked at again; the longest encoded key fits. */
const longLine = 20_000;
const reach = 4400;
/** Lines at the top that say something about the whole text. */
const headLines = 60;

/** Larger documents are not looked through. */
export const mostCharacters = 64 * 1024 * 1024;

/** A document as lines, with its leaks. A keystroke changes a line and looks at what is around it, not at the whole. */
export class DocumentModel {
  readonly #context: TextContext;
  #lines: string[] = [''];
  #leaks: DocumentLeak[] = [];
  #served = false;
  #ignored = false;
  #tooLarge = false;
  #lineEnd = '\n';
  #whole: PlacedText | undefined;

  constructor(text: string, context: TextContext) {
    this.#context = context;
    this.#reset(text);
  }

  /** In order. */
  get leaks(): readonly DocumentLeak[] {
    return this.#leaks;
  }

  /** True where the document is too large to be looked through. */
  get tooLarge(): boolean {
    return this.#tooLarge;
  }

  text(range?: TextRange): string {
    return range ? this.#slice(range.start, range.end) : this.#lines.join(this.#lineEnd);
  }

  /** The whole text, kept until it changes: what can be done about a leak is asked again with every move of the cursor. */
  whole(): PlacedText {
    return (this.#whole ??= new PlacedText(this.text()));
  }

  change(changes: readonly DocumentChange[]): void {
    this.#whole = undefined;
    for (const change of changes) {
      if (!('range' in change) || this.#tooLarge) this.#reset('range' in change ? this.#replaced(change) : change.text);
      else this.#replace(change.range, change.text);
    }
  }

  #reset(text: string): void {
    this.#tooLarge = text.length > mostCharacters;
    this.#lines = text.split(/\r\n|\n|\r/);
    this.#lineEnd = lineEndOf(text);
    this.#leaks = [];
    if (this.#tooLarge) return;
    this.#readHead();
    const end = { line: this.#lines.length - 1, character: this.#lines.at(-1)?.length ?? 0 };
    this.#leaks = this.#find({ line: 0, character: 0 }, end);
  }

  #readHead(): void {
    const head = this.#lines.slice(0, headLines).join('\n');
    this.#served = isServed(head.slice(0, headLength), this.#context);
    this.#ignored = ignoresFile(head);
  }

  #replaced({ range, text }: { readonly range: TextRange; readonly text: string }): string {
    const last = { line: this.#lines.length - 1, character: Infinity };
    return this.#slice({ line: 0, character: 0 }, range.start) + text + this.#slice(range.end, last);
  }

  #replace({ start, end: givenEnd }: TextRange, text: string): void {
    const end = givenEnd.line < this.#lines.length ? givenEnd : { line: this.#lines.length - 1, character: Infinity };
    const before = (this.#lines[start.line] ?? '').slice(0, start.character);
    const behind = (this.#lines[end.line] ?? '').slice(end.character);
    const lines = `${before}${text}${behind}`.split(/\r\n|\n|\r/);
    this.#splice(start.line, end.line - start.line + 1, lines);
    const newEnd = {
      line: start.line + lines.length - 1,
      character: (lines.at(-1)?.length ?? 0) - behind.length,
    };
    if (start.line < headLines) {
      const [served, ignored] = [this.#served, this.#ignored];
      this.#readHead();
      if (served !== this.#served || ignored !== this.#ignored) return this.#reset(this.text());
    }
    this.#leaks = this.#leaks.flatMap((leak) => {
      if (!isBefore(start, leak.range.end)) return [leak];
      if (isBefore(leak.range.start, end)) return [];
      return [
        { ...leak, range: { start: moved(leak.range.start, end, newEnd), end: moved(leak.range.end, end, newEnd) } },
      ];
    });
    this.#lookAgain(start, newEnd);
  }

  /** In the place, for a document of many lines; a spread of a hundred thousand lines would not fit the stack. */
  #splice(at: number, count: number, lines: readonly string[]): void {
    if (count === lines.length) for (const [index, line] of lines.entries()) this.#lines[at + index] = line;
    else if (lines.length < 10_000) this.#lines.splice(at, count, ...lines);
    else this.#lines = [...this.#lines.slice(0, at), ...lines, ...this.#lines.slice(at + count)];
  }

  #lookAgain(start: Position, end: Position): void {
    let from = this.#windowStart(start);
    let to = this.#windowEnd(end);
    // What the window would cut through is looked at whole.
    for (const { range } of this.#leaks) {
      if (isBefore(range.start, from) && isBefore(from, range.end)) from = range.start;
      if (isBefore(range.start, to) && isBefore(to, range.end)) to = range.end;
    }
    const kept = this.#leaks.filter(({ range }) => !isBefore(from, range.end) || !isBefore(range.start, to));
    this.#leaks = [...kept, ...this.#find(from, to)].toSorted((one, other) =>
      isBefore(one.range.start, other.range.start) ? -1 : 1,
    );
  }

  #windowStart({ line, character }: Position): Position {
    if ((this.#lines[line]?.length ?? 0) > longLine) return { line, character: Math.max(0, character - reach) };
    let first = line;
    while (first > Math.max(0, line - linesAround) && (this.#lines[first - 1]?.length ?? 0) <= longLine) first -= 1;
    const above = this.#lines[first - 1];
    if (first > 0 && above !== undefined && first > line - linesAround)
      return { line: first - 1, character: Math.max(0, above.length - reach) };
    return { line: first, character: 0 };
  }

  #windowEnd({ line, character }: Position): Position {
    const length = this.#lines[line]?.length ?? 0;
    if (length > longLine) return { line, character: Math.min(length, character + reach) };
    let last = line;
    const most = Math.min(this.#lines.length - 1, line + linesAround);
    while (last < most && (this.#lines[last + 1]?.length ?? 0) <= longLine) last += 1;
    const below = this.#lines[last + 1];
    if (below !== undefined && last < line + linesAround)
      return { line: last + 1, character: Math.min(below.length, reach) };
    return { line: last, character: this.#lines[last]?.length ?? 0 };
  }

  #find(from: Position, to: Position): DocumentLeak[] {
    if (this.#ignored) return [];
    const text = this.#slice(from, to);
    const found = findLeaks(text, { ...this.#context, served: this.#served });
    if (found.length === 0) return [];
    const cut = from.character > 0 && /[0-9A-Za-z]/.test(this.#lines[from.line]?.[from.character - 1] ?? '');
    return placed(text, withoutIgnored(text, found), from).filter(
      ({ range: { start } }) => !cut || start.line !== from.line || start.character !== from.character,
    );
  }

  #slice(from: Position, to: Position): string {
    const first = this.#lines[from.line] ?? '';
    if (from.line === to.line) return first.slice(from.character, to.character);
    const last = (this.#lines[to.line] ?? '').slice(0, to.character);
    return [first.slice(from.character), ...this.#lines.slice(from.line + 1, to.line), last].join('\n');
  }
}

const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.character < other.character);

function moved({ line, character }: Position, end: Position, newEnd: Position): Position {
  const onSameLine = line === end.line;
  return {
    line: line + newEnd.line - end.line,
    character: onSameLine ? character + newEnd.character - end.character : character,
  };
}

/** Leaks of a stretch of a text, whose lines end with LF, as leaks of the text. */
function placed(text: string, leaks: readonly Leak[], from: Position): DocumentLeak[] {
  let line = 0;
  let lineStart = 0;
  const place = (offset: number): Position => {
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < offset; next = text.indexOf('\n', lineStart)) {
      lineStart = next + 1;
      line += 1;
    }
    return { line: from.line + line, character: offset - lineStart + (line === 0 ? from.character : 0) };
  };
  return leaks.map(({ start, end, rule, kind, mode, severity, confidence, form, mask, fingerprint }) => ({
    rule,
    kind,
    mode,
    severity,
    confidence,
    form,
    mask,
    fingerprint,
    range: { start: place(start), end: place(end) },
  }));
}
