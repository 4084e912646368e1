import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { isEncoded, type LeakForm } from '../leak.ts';
import { findLiteral, literalPrefixBefore, type Literal } from './findLiteral.ts';
import { findLanguage, type Language } from './languages.ts';
import { importEdits } from './imports.ts';
import type { TextEdit } from './textEdit.ts';

/** A leak in a text that is to be read from an environment variable instead. */
export interface VariablePlan {
  readonly text: string;
  /** The leak's span. */
  readonly start: number;
  readonly end: number;
  readonly form: LeakForm;
  readonly language: string;
  readonly path: string;
  readonly variable: string;
}

/** The edits of the source; a refusal is a sentence that says what to do instead. */
export function planVariable(plan: VariablePlan): Outcome<TextEdit[], string> {
  const { form, language: id, path } = plan;
  if (/(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env$/.test(path) || id === 'dotenv')
    return refuse('This file is where environment variables belong. Keep it out of git.');
  if (id === 'dockerfile' || /(?:^|\/)(?:Dockerfile|Containerfile)[\w.]*$/i.test(path))
    return refuse('What an image is built with stays in it. Pass the variable when the container starts.');
  const language = findLanguage(id, path);
  if (!language) return refuse('This kind of file cannot read a variable. Let the program read it instead.');
  if (isEncoded(form)) return refuse('The key is encoded here. Let the program encode the variable instead.');
  const made = form === 'joined' ? replaceJoined(plan, language) : replacePlain(plan, language);
  return made.ok ? ok([...importEdits(plan, language), ...made.value]) : made;
}

/** A key over several literals: from the first one's quote, and what stands in front of it, to the last one's. */
function replaceJoined({ text, start, end, variable }: VariablePlan, language: Language): Outcome<TextEdit[], string> {
  const isQuote = (character: string | undefined): boolean => language.quotes.includes(character ?? '');
  const nested = /\$\{|\.concat\(/.test(text.slice(start, end));
  if (nested || !isQuote(text[start - 1]) || !isQuote(text[end]))
    return refuse('The key is a part of a longer text here. Replace it by hand.');
  const before = literalPrefixBefore(text, start - 1, language);
  return ok([{ start: start - 1 - before.length, end: end + 1, text: language.read(variable) }]);
}

function replacePlain({ text, start, end, variable }: VariablePlan, language: Language): Outcome<TextEdit[], string> {
  const literal = findLiteral(text, start, end, language);
  if (language.template) {
    const whole = literal?.contentStart === start && literal.contentEnd === end;
    if (whole && literal.quote === "'" && language.read(variable).startsWith('"'))
      return ok([{ start: literal.start, end: literal.end, text: language.read(variable) }]);
    return ok([{ start, end, text: language.template(variable, literal?.quote ?? '') }]);
  }
  if (!literal) return refuse('The key stands in no text literal of one line here. Replace it by hand.');
  const expression = language.read(variable);
  if (literal.contentStart === start && literal.contentEnd === end)
    return ok([{ start: literal.start, end: literal.end, text: expression }]);
  return replacePart(text, literal, { start, end, expression, language });
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
  readonly language: Language;
}

/** A key in the middle of a literal: embedded where the literal allows it, else joined from parts. */
function replacePart(
  text: string,
  literal: Literal,
  { start, end, expression, language }: Part,
): Outcome<TextEdit[], string> {
  const { quote, prefix, contentStart, contentEnd } = literal;
  const embedded = language.embed?.(expression, quote);
  if (embedded !== undefined) return ok([{ start, end, text: embedded }]);
  const [before, behind] = [text.slice(contentStart, start), text.slice(end, contentEnd)];
  const template = language.embed?.(expression, '`');
  if (template !== undefined && language.quotes.includes('`')) {
    const content = asTemplate(before, quote) + template + asTemplate(behind, quote);
    return ok([{ start: literal.start, end: literal.end, text: `\`${content}\`` }]);
  }
  if (language.join === undefined) return refuse('The key is a part of a longer text here. Replace it by hand.');
  const parts = [
    ...(before === '' ? [] : [`${prefix}${quote}${before}${quote}`]),
    expression,
    ...(behind === '' ? [] : [`${prefix}${quote}${behind}${quote}`]),
  ];
  return ok([{ start: literal.start, end: literal.end, text: parts.join(language.join) }]);
}

/** The content of a quoted literal as that of a template: its own quotes need no escape there, and backticks do. */
function asTemplate(content: string, quote: string): string {
  return content.replaceAll(`\\${quote}`, quote).replaceAll('`', '\\`').replaceAll('${', '\\${');
}
