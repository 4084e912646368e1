import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { GrammarName } from '../places/grammarFiles.ts';
import type { Parses, Syntax } from '../places/syntax.ts';
import { yamlContent } from '../places/yamlPlaces.ts';
import { commentOf, isMarkdown, isMarkup, lastsToLineEnd, type CommentStyle } from './commentStyles.ts';
import { findLanguage } from './languages.ts';
import { allowsComment, markdownAllowsLine, sectionAt } from './lexicalPlaces.ts';
import { withoutMagics } from './notebookCell.ts';
import { applyEdits, lineEndOf, type TextEdit } from './textEdit.ts';

export interface IgnorePlace {
  readonly text: string;
  /** The leak's span. */
  readonly start: number;
  readonly end: number;
  readonly language: string;
  readonly path: string;
  readonly reason: string;
}

const noComments = 'This kind of file has no comments. Ignore the key by its fingerprint instead.';
const noPlace = 'No comment can stand on this line. Ignore the key by its fingerprint instead.';
const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

function comment([open, close]: CommentStyle, words: string, reason: string): string {
  return [open, words, oneLine(reason), close].filter(Boolean).join(' ');
}

/** Puts an excuse behind the line, or above it: wherever it is a comment and changes nothing else. */
export async function ignoreLine(parses: Parses, place: IgnorePlace): Promise<Outcome<TextEdit[], string>> {
  const { text, start, end, language, path, reason } = place;
  const style = commentOf(language, path);
  if (!style) return refuse(noComments);
  const words = comment(style, 'keysmith:ignore', reason);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = end + text.slice(end).search(/\r?\n|$/);
  const line = text.slice(lineStart, lineEnd);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const behind: TextEdit = { start: lineEnd, end: lineEnd, text: ` ${words}` };
  const above: TextEdit = { start: lineStart, end: lineStart, text: `${indent}${words}${lineEndOf(text)}` };
  const grammar = findLanguage(language, path)?.grammar;
  if (grammar) {
    const tries = [behind, above, ...inElement(grammar, place, { lineEnd, reason })];
    return await firstThatCounts(parses, { grammar, text, path }, tries);
  }
  if (isYaml(language, path)) {
    const content = yamlContent(text);
    const same = [behind, above].find(
      (edit) => content !== undefined && yamlContent(applyEdits(text, [edit])) === content,
    );
    return same ? ok([same]) : refuse(noPlace);
  }
  if (isMarkup(language, path)) return await inMarkup(parses, place, behind);
  if (isMarkdown(language, path)) return markdownAllowsLine(text, lineStart) ? ok([above]) : refuse(noPlace);
  const at = lastsToLineEnd(language, path) || /\\\s*$/.test(line) ? above : behind;
  for (const edit of at === behind ? [behind, above] : [above])
    if (allowsComment(text, edit.start, language)) return ok([edit]);
  return refuse(noPlace);
}

const isYaml = (language: string, path: string): boolean =>
  language === 'yaml' || language === 'dockercompose' || /\.ya?ml$/i.test(path);

/** Among the children of an element only braces can hold a comment; what follows must be no text, whose spaces would change. */
function inElement(
  grammar: GrammarName,
  { text }: IgnorePlace,
  { lineEnd, reason }: { readonly lineEnd: number; readonly reason: string },
): TextEdit[] {
  if (grammar !== 'javascript' && grammar !== 'tsx') return [];
  if (!/^\s*[<{]/.test(text.slice(lineEnd))) return [];
  return [{ start: lineEnd, end: lineEnd, text: `{${comment(['/*', '*/'], 'keysmith:ignore', reason)}}` }];
}

interface Code {
  readonly grammar: GrammarName;
  readonly text: string;
  readonly path: string;
}

/** The first edit that adds a comment and changes nothing else, by the parser of the language. */
async function firstThatCounts(
  parses: Parses,
  { grammar, text, path }: Code,
  edits: readonly TextEdit[],
): Promise<Outcome<TextEdit[], string>> {
  const plain = (code: string): string | undefined => withoutMagics(code, path, grammar);
  const own = plain(text);
  const before = own === undefined ? undefined : await parses.document(grammar, own);
  if (!before) return refuse(noPlace);
  try {
    for (const edit of edits) {
      const changed = plain(applyEdits(text, [edit]));
      const after = changed === undefined ? undefined : await parses.draft(grammar, changed);
      try {
        if (after && isComment(after, grammar, edit) && after.faults <= before.faults && sameCode(before, after, edit))
          return ok([edit]);
      } finally {
        after?.free();
      }
    }
    return refuse(noPlace);
  } finally {
    before.free();
  }
}

/** The grammar of PHP takes a comment for one in the page around the code, too. */
const inPage = ({ text }: Syntax, at: number): boolean => text.lastIndexOf('?>', at) > text.lastIndexOf('<?', at);

function isComment(after: Syntax, grammar: GrammarName, { start, text }: TextEdit): boolean {
  if (grammar === 'php' && inPage(after, start)) return false;
  const from = start + text.length - text.trimStart().replace(/^\{/, '').length;
  const end = from + text.trim().replace(/^\{|\}$/g, '').length;
  const node = after.around(from, end)?.findLast(({ type }) => type.includes('comment'))?.node;
  return node?.startIndex === from && node.endIndex >= end && node.endIndex <= end + 2;
}

/** Braces around a comment are nothing, and the text around them is the same. */
const withoutBraces = (shape: string): string =>
  shape.replaceAll(/ ?\(jsx_expression\s*\)/g, '').replaceAll(/(?: \(jsx_text\))+/g, ' (jsx_text)');
/** Of longer texts the number of their nodes is compared: what they are made of is too much to be written out. */
const longest = 100_000;

function sameCode(before: Syntax, after: Syntax, edit: TextEdit): boolean {
  if (after.text.length < longest) return withoutBraces(before.shape) === withoutBraces(after.shape);
  const from = edit.start + edit.text.length - edit.text.trimStart().length;
  const comment = after.around(from, from + 2)?.findLast(({ type }) => type.includes('comment'))?.node;
  return comment !== undefined && before.root.descendantCount + comment.descendantCount === after.root.descendantCount;
}

/** In a page: as in its language inside a script, else where the line ends outside a tag. */
async function inMarkup(parses: Parses, place: IgnorePlace, behind: TextEdit): Promise<Outcome<TextEdit[], string>> {
  const section = sectionAt(place.text, place.start);
  if (section.kind === 'script') {
    const { from, to } = section;
    const text = place.text.slice(from, to);
    const inside = {
      ...place,
      text,
      start: place.start - from,
      end: place.end - from,
      language: 'typescript',
      path: '',
    };
    const planned = await ignoreLine(parses, inside);
    return planned.ok
      ? ok(planned.value.map((edit) => ({ ...edit, start: edit.start + from, end: edit.end + from })))
      : planned;
  }
  const end = sectionAt(place.text, behind.start);
  return section.kind === 'content' && end.kind === 'content' ? ok([behind]) : refuse(noPlace);
}

/** Puts an excuse for a whole file at its top, behind what has to stand first. */
export async function ignoreFile(
  parses: Parses,
  { text, language, path, reason }: Omit<IgnorePlace, 'start' | 'end'>,
): Promise<Outcome<TextEdit[], string>> {
  const style = commentOf(language, path);
  if (!style) return refuse(noComments);
  const first =
    /^\uFEFF?(?:#![^\n]*\n(?:#[^\n]*coding[^\n]*\n)?|<\?php[^\n]*\n|<!doctype[^\n]*\n|<\?xml[^\n]*\n|---\r?\n|#[^\n]*coding[^\n]*\n)?/i.exec(
      text,
    );
  const at = first?.[0].length ?? 0;
  const edit = { start: at, end: at, text: `${comment(style, 'keysmith:ignore-file', reason)}${lineEndOf(text)}` };
  const grammar = findLanguage(language, path)?.grammar;
  if (grammar) return await firstThatCounts(parses, { grammar, text, path }, [edit]);
  // Between the first two lines of dashes a page's own data stands, where no comment of the page counts.
  return text.startsWith('---') && (isMarkup(language, path) || isMarkdown(language, path))
    ? refuse(noPlace)
    : ok([edit]);
}
