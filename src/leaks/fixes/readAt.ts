import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { FoundPlace } from '../places/findPlace.ts';
import type { LiteralPlace, PlaceRefusal } from '../places/place.ts';
import { placeTables } from '../places/placeTables.ts';
import type { Syntax } from '../places/syntax.ts';
import { goConstant } from './goConstant.ts';
import type { Language } from './languages.ts';
import { readInRust } from './readInRust.ts';
import type { TextEdit } from './textEdit.ts';

export interface Reading {
  readonly text: string;
  /** The leak's span. */
  readonly start: number;
  readonly end: number;
  readonly variable: string;
  readonly language: Language;
}

type Edits = Outcome<TextEdit[], PlaceRefusal>;

/** The edits that read a variable at a place; what they need besides, such as an import, is not among them. */
export function readAt(syntax: Syntax, found: FoundPlace, reading: Reading): Edits {
  const { place } = found;
  const { start, end, language } = reading;
  if (place.kind === 'jsxText') return ok([{ start, end, text: `{${expressionOf(syntax, found, reading)}}` }]);
  if (place.kind === 'expanded') return ok([expansion(found, reading)]);
  if (language.grammar === 'rust') return readInRust(found, place, reading);
  if (language.grammar === 'go') {
    const changed = goConstant(syntax, found, place, valueOf(syntax, found, place, reading));
    if (changed) return changed;
  }
  const value = valueOf(syntax, found, place, reading);
  if (!value.ok) return value;
  const chain = found.steps.findLast(({ type }) => type === 'concatenated_string')?.node;
  if (chain && (chain.startIndex < place.start || place.end < chain.endIndex))
    return inChain(found, place, reading, value.value);
  return ok([
    typeof value.value === 'string' ? { start: place.start, end: place.end, text: value.value } : value.value,
  ]);
}

/** Where the text expands what stands in it. */
function expansion({ steps }: FoundPlace, { text, start, end, variable, language }: Reading): TextEdit {
  const read = language.read(variable, '"');
  if (language.grammar !== 'bash') return { start, end, text: language.embed?.(read, '"') ?? read };
  const single = steps.findLast(
    ({ type }) => type === 'raw_string' || type === 'ansi_c_string' || type === 'command_substitution',
  );
  if (!single || single.type === 'command_substitution') return { start, end, text: read.slice(1, -1) };
  const { startIndex, endIndex } = single.node;
  const whole = /^\$?'$/.test(text.slice(startIndex, start)) && end === endIndex - 1;
  return whole ? { start: startIndex, end: endIndex, text: read } : { start, end, text: `'${read}'` };
}

/** What stands for the literal: a text, or an edit of a part of it. */
type Value = string | TextEdit;

function valueOf(
  syntax: Syntax,
  found: FoundPlace,
  place: LiteralPlace,
  reading: Reading,
): Outcome<Value, PlaceRefusal> {
  const { language, start, end } = reading;
  const expression = expressionOf(syntax, found, reading);
  const { prefix, quote, whole } = delimitersOf(place, language);
  const attribute = found.parent.startsWith('jsx_attribute');
  const bytes = language.grammar === 'python' && /b/i.test(prefix);
  if (whole) {
    if (bytes) return ok(`${expression}.encode()`);
    return ok(attribute ? `{${expression}}` : expression);
  }
  if (bytes) return refuse('bytes');
  if (quote === undefined) return refuse('part');
  const [before, behind] = [place.open.slice(prefix.length + quote.length), place.close.slice(0, -quote.length)];
  if (attribute) {
    const content = before + behind;
    return /[&\\`\n]|\$\{/.test(content) ? refuse('part') : ok(`{\`${before}\${${expression}}${behind}\`}`);
  }
  const embedded = language.embed?.(expression, quote);
  if (embedded !== undefined) return ok({ start, end, text: embedded });
  const template = language.embed?.(expression, '`');
  if (template !== undefined && language.quotes.includes('`'))
    return ok(`\`${asTemplate(before, quote)}${template}${asTemplate(behind, quote)}\``);
  if (language.join === undefined) return refuse('part');
  const parts = [
    ...(before === '' ? [] : [`${prefix}${quote}${before}${quote}`]),
    expression,
    ...(behind === '' ? [] : [`${prefix}${quote}${behind}${quote}`]),
  ];
  const sum = parts.join(language.join);
  const tight = language.grammar === 'powershell' || placeTables[language.grammar].tight.includes(found.parent);
  return ok(tight && !inParentheses(found) ? `(${sum})` : sum);
}

const inParentheses = ({ parent }: FoundPlace): boolean => parent.startsWith('parenthesized');

function expressionOf(syntax: Syntax, { steps, place }: FoundPlace, { variable, language }: Reading): string {
  if (language.grammar === 'csharp') {
    const { text } = syntax;
    // The short name may be that of a member, as it often is where a web application starts.
    const short = /^\s*(?:global\s+)?using\s+System\s*;/m.test(text) && !/\bEnvironment\b(?!\s*\.\s*GetEnv)/.test(text);
    return short ? language.read(variable, '"') : `System.${language.read(variable, '"')}`;
  }
  const nested = steps.some(({ type }) => type === 'interpolation') && place.kind === 'literal';
  const own = nested ? /["']/.exec(place.open)?.[0] : undefined;
  return language.read(variable, own ?? '"');
}

function delimitersOf(
  { open, close, joined }: LiteralPlace,
  language: Language,
): { readonly prefix: string; readonly quote: string | undefined; readonly whole: boolean } {
  const prefix = language.literalPrefix ? (/^[A-Za-z@$]*#*/.exec(open)?.[0] ?? '') : '';
  const quote = language.quotes.find((one) => open.startsWith(prefix + one));
  if (quote === undefined) return { prefix: '', quote, whole: /^%[qQ]?[^\w\s]$/.test(open) && close.length === 1 };
  // Of several literals each may have quotes of its own.
  if (joined)
    return { prefix, quote, whole: open === prefix + quote && language.quotes.includes(close.replace(/#+$/, '')) };
  const opened = open.slice(prefix.length + quote.length);
  const hashes = prefix.endsWith('#') ? prefix.replace(/^[^#]*/, '') : '';
  const closed = close.slice(0, Math.max(0, close.length - quote.length - hashes.length));
  const rest = close.endsWith(quote + hashes) ? opened + closed : 'x';
  return { prefix, quote, whole: quote === '"""' && language.grammar === 'java' ? rest.trim() === '' : rest === '' };
}

/** Python puts literals together that stand beside each other: what is none of them is added. */
function inChain({ steps, parent }: FoundPlace, place: LiteralPlace, { text, language }: Reading, value: Value): Edits {
  const chain = steps.findLast(({ type }) => type === 'concatenated_string')?.node;
  if (!chain || typeof value !== 'string') return refuse('part');
  if (chain.namedChildren.some((literal) => /^[rR]?[bB]/.test(literal?.text ?? ''))) return refuse('bytes');
  const join = language.join ?? ' + ';
  const [before, behind] = [text.slice(chain.startIndex, place.start), text.slice(place.end, chain.endIndex)];
  const sum = [before, before === '' ? '' : join.trimStart(), value, behind === '' ? '' : join.trimEnd(), behind].join(
    '',
  );
  const wrapped = placeTables[language.grammar].tight.includes(parent) ? `(${sum})` : sum;
  return ok([{ start: chain.startIndex, end: chain.endIndex, text: wrapped }]);
}

/** The content of a quoted literal as that of a template: its own quotes need no escape there, and backticks do. */
function asTemplate(content: string, quote: string): string {
  return content.replaceAll(`\\${quote}`, quote).replaceAll('`', '\\`').replaceAll('${', '\\${');
}
