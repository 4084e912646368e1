import { headLength, isServed } from '../detect/clientSide.ts';
import { findLeaks } from '../detect/findLeaks.ts';
import { mostJoinedLines } from '../detect/joinedCandidates.ts';
import { ignoresFile, withoutIgnored } from '../detect/markers.ts';
import { lineEndOf } from '../fixes/textEdit.ts';
import { factsOf, type Leak, type LeakFacts, type TextContext } from '../leak.ts';
import type { TextRange } from '../protocol.ts';
import { LongLine } from './longLine.ts';
import { PlacedText } from '../placedText.ts';

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

/** How much of them is looked at: a line alone may be 20 MB. */
const headReach = 40_000;

/** Larger documents are not looked through. */
export const mostCharacters = 64 * 1024 * 1024;

/** A document as lines, with its leaks. A keystroke changes a line and looks at what is around it, not at the whole. */
export class DocumentModel {
  readonly #context: TextContext;
  #lines: (string | LongLine)[] = [''];
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
      const range = 'range' in change && change.range ? this.#within(change.range) : undefined;
      if (!range) this.#reset(change.text);
      else if (this.#tooLarge) this.#reset(this.#replaced(range, change.text));
      else this.#replace(range, change.text);
    }
  }

  /** A range as it lies in the text: columns end with their line, lines with the text. */
  #within({ start, end }: TextRange): TextRange {
    const [from, to] = [this.#clamp(start), this.#clamp(end)];
    return isBefore(to, from) ? { start: to, end: from } : { start: from, end: to };
  }

  #clamp({ line, character }: Position): Position {
    const last = this.#lines.length - 1;
    if (line > last) return { line: last, character: this.#lines[last]?.length ?? 0 };
    return { line, character: Math.min(character, this.#lines[line]?.length ?? 0) };
  }

  #reset(text: string): void {
    this.#tooLarge = text.length > mostCharacters;
    this.#lines = text.split(/\r\n|\n|\r/).map(kept);
    this.#lineEnd = lineEndOf(text);
    this.#leaks = [];
    if (this.#tooLarge) return;
    this.#readHead();
    const end = { line: this.#lines.length - 1, character: this.#lines.at(-1)?.length ?? 0 };
    this.#leaks = this.#find({ line: 0, character: 0 }, end);
  }

  #readHead(): void {
    let head = '';
    for (const line of this.#lines.slice(0, headLines))
      head += `${line.slice(0, Math.max(0, headReach - head.length))}\n`;
    this.#served = isServed(head.slice(0, headLength), this.#context);
    this.#ignored = ignoresFile(head);
  }

  #replaced({ start, end }: TextRange, text: string): string {
    const last = { line: this.#lines.length - 1, character: Infinity };
    return this.#slice({ line: 0, character: 0 }, start) + text + this.#slice(end, last);
  }

  #replace({ start, end }: TextRange, text: string): void {
    const lines = text.split(/\r\n|\n|\r/);
    const newEnd = { line: start.line + lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    if (lines.length === 1) newEnd.character += start.character;
    const line = this.#lines[start.line] ?? '';
    if (typeof line !== 'string' && start.line === end.line && lines.length === 1) {
      this.#lines[start.line] = line.replaced(start.character, end.character, text);
    } else {
      // Only what is new is looked through for line ends: what stays of a line may be 20 MB.
      lines[0] = line.slice(0, start.character) + (lines[0] ?? '');
      lines[lines.length - 1] += (this.#lines[end.line] ?? '').slice(end.character);
      this.#splice(start.line, end.line - start.line + 1, lines.map(kept));
    }
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
  #splice(at: number, count: number, lines: readonly (string | LongLine)[]): void {
    if (count === lines.length) for (const [index, line] of lines.entries()) this.#lines[at + index] = line;
    else if (lines.length < 10_000) this.#lines.splice(at, count, ...lines);
    else this.#lines = [...this.#lines.slice(0, at), ...lines, ...this.#lines.slice(at + count)];
  }

  /** Finds anew what the change can have touched, and for that looks twice as far: what ends there is seen whole. */
  #lookAgain(start: Position, end: Position): void {
    const [from, to] = [this.#placeBefore(start, 1), this.#placeBehind(end, 1)];
    const touched = ({ range }: DocumentLeak): boolean => !isBefore(range.end, from) && !isBefore(to, range.start);
    const kept = this.#leaks.filter((leak) => !touched(leak));
    const found = this.#find(this.#placeBefore(start, 2), this.#placeBehind(end, 2)).filter(touched);
    this.#leaks = [...kept, ...found].toSorted((one, other) => (isBefore(one.range.start, other.range.start) ? -1 : 1));
  }

  #placeBefore({ line, character }: Position, times: number): Position {
    const [lines, characters] = [linesAround * times, reach * times];
    if (this.#lengthOf(line) > longLine && character > characters) return { line, character: character - characters };
    for (let above = line - 1; above >= Math.max(0, line - lines); above -= 1) {
      const length = this.#lengthOf(above);
      if (length > longLine) return { line: above, character: length - characters };
    }
    return { line: Math.max(0, line - lines), character: 0 };
  }

  #placeBehind({ line, character }: Position, times: number): Position {
    const [lines, characters] = [linesAround * times, reach * times];
    const length = this.#lengthOf(line);
    if (length > longLine && character + characters < length) return { line, character: character + characters };
    const last = Math.min(this.#lines.length - 1, line + lines);
    for (let below = line + 1; below <= last; below += 1)
      if (this.#lengthOf(below) > longLine) return { line: below, character: characters };
    return { line: last, character: this.#lengthOf(last) };
  }

  #lengthOf(line: number): number {
    return this.#lines[line]?.length ?? 0;
  }

  #find(from: Position, to: Position): DocumentLeak[] {
    if (this.#ignored) return [];
    const text = this.#slice(from, to);
    const found = findLeaks(text, { ...this.#context, served: this.#served });
    return found.length === 0 ? [] : placed(text, withoutIgnored(text, found), from);
  }

  #slice(from: Position, to: Position): string {
    const first = this.#lines[from.line] ?? '';
    if (from.line === to.line) return first.slice(from.character, to.character);
    const last = (this.#lines[to.line] ?? '').slice(0, to.character);
    return [first.slice(from.character), ...this.#lines.slice(from.line + 1, to.line), last].join('\n');
  }
}

const kept = (line: string): string | LongLine => (line.length > longLine ? LongLine.of(line) : line);

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
  return leaks.map((leak) => ({ ...factsOf(leak), range: { start: place(leak.start), end: place(leak.end) } }));
}
