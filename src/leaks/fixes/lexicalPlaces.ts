/** Where no grammar is at hand: what can be told of a place by its characters, with "no" wherever that is not enough. */

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a comment at an offset is outside every text and comment of several lines that is seen to begin before it. */
export function allowsComment(text: string, at: number, language: string): boolean {
  const before = text.slice(0, at);
  const previous = before.slice(0, before.lastIndexOf('\n') + 1).trimEnd();
  const atLineStart = before === '' || before.endsWith('\n');
  if (atLineStart && previous.endsWith('\\')) return false;
  if (['"""', "'''", '`'].some((quote) => before.split(quote).length % 2 === 0)) return false;
  if (before.lastIndexOf('/*') > before.lastIndexOf('*/')) return false;
  if (language === 'lua' && before.lastIndexOf('[[') > before.lastIndexOf(']]')) return false;
  if (language === 'sql' && before.replaceAll(/--[^\n]*/g, '').split("'").length % 2 === 0) return false;
  return !inHeredoc(before);
}

function inHeredoc(before: string): boolean {
  for (const { 2: name = '', index, 0: begin } of before.matchAll(/<<[~-]?\s*(["'`]?)([A-Za-z_]\w*)\1/g)) {
    const end = new RegExp(`^[ \\t]*${escaped(name)}[;,)]*[ \\t]*\\r?$`, 'm');
    if (!end.test(before.slice(index + begin.length))) return true;
  }
  return false;
}

/** Whether a line of a page in Markdown can have a comment above it: not in a block of code, and not in a table. */
export function markdownAllowsLine(text: string, lineStart: number): boolean {
  const before = text.slice(0, lineStart);
  const fences = before.match(/^[ \t>]*(?:```|~~~)/gm)?.length ?? 0;
  const inFrontMatter = /^---\r?\n/.test(text) && !/\n---[ \t]*\r?\n/.test(before);
  return fences % 2 === 0 && !inFrontMatter && !/^(?:[ \t]*\||\t| {4})/.test(text.slice(lineStart, lineStart + 200));
}

/** A stretch of a page. */
export interface Section {
  readonly kind: 'content' | 'tag' | 'comment' | 'script' | 'raw';
  readonly from: number;
  readonly to: number;
}

const rawElements = /^<(script|style|textarea|title|pre|xmp|plaintext)\b/i;
const json = /\btype\s*=\s*["']?[^"'>]*(?:json|importmap|speculationrules|template|html)/i;

/** The stretch of a page that an offset lies in: at most one pass over what is before it. */
export function sectionAt(text: string, offset: number): Section {
  let at = /^---\r?\n/.test(text) ? Math.max(0, text.indexOf('\n---', 3) + 4) : 0;
  if (offset < at) return { kind: 'raw', from: 0, to: at };
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0 || offset <= open) return { kind: 'content', from: at, to: open < 0 ? text.length : open };
    if (text.startsWith('<!--', open)) {
      at = endOf(text, '-->', open + 4);
      if (offset < at) return { kind: 'comment', from: open, to: at };
      continue;
    }
    if (text.startsWith('<![CDATA[', open)) {
      at = endOf(text, ']]>', open);
      if (offset < at) return { kind: 'raw', from: open, to: at };
      continue;
    }
    if (!/^<[a-zA-Z/!?]/.test(text.slice(open, open + 2))) {
      at = open + 1;
      continue;
    }
    const close = endOfTag(text, open + 1);
    if (offset < close) return { kind: 'tag', from: open, to: close };
    const tag = text.slice(open, close);
    const name = rawElements.exec(tag)?.[1]?.toLowerCase();
    at = close;
    if (name === undefined || tag.endsWith('/>')) continue;
    const rest = new RegExp(`</${name}\\b`, 'i').exec(text.slice(close));
    at = rest ? close + rest.index : text.length;
    if (offset <= at) return { kind: name === 'script' && !json.test(tag) ? 'script' : 'raw', from: close, to: at };
  }
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '>') return at + 1;
    if (character !== '"' && character !== "'") continue;
    const end = text.indexOf(character, at + 1);
    if (end < 0) return text.length;
    at = end;
  }
  return text.length;
}
