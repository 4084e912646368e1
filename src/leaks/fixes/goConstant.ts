import type { Node } from '@vscode/tree-sitter-wasm';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { FoundPlace } from '../places/findPlace.ts';
import type { LiteralPlace, PlaceRefusal } from '../places/place.ts';
import type { Syntax } from '../places/syntax.ts';
import { lineEndOf, type TextEdit } from './textEdit.ts';

type Edits = Outcome<TextEdit[], PlaceRefusal>;

/** Go's constants are no place for a call: the declaration becomes one of a variable. Undefined where the literal is in none with a type. */
export function goConstant(
  syntax: Syntax,
  { steps }: FoundPlace,
  place: LiteralPlace,
  value: Outcome<string | TextEdit, PlaceRefusal>,
): Edits | undefined {
  const spec = steps.findLast(({ type }) => type === 'const_spec' || type === 'var_spec' || type === 'block');
  if (!spec || spec.type === 'block') return undefined;
  if (!value.ok) return value;
  if (typeof value.value !== 'string') return refuse('part');
  const type = spec.node.childForFieldName('type')?.text;
  const direct = steps.at(-2)?.type === 'expression_list';
  const converted = type !== undefined && type !== 'string' && direct ? `${type}(${value.value})` : value.value;
  const read = { start: place.start, end: place.end, text: converted };
  if (spec.type === 'var_spec') return ok([read]);
  const declaration = steps.findLast(({ type: of }) => of === 'const_declaration')?.node;
  return declaration ? asVariable(syntax, declaration, spec.node, read) : refuse('constant');
}

function asVariable({ text }: Syntax, declaration: Node, spec: Node, read: TextEdit): Edits {
  const name = spec.childForFieldName('name')?.text ?? '';
  const specs = declaration.namedChildren.filter((child) => child?.type === 'const_spec');
  const names = spec.children.filter((child) => child?.type === 'identifier').length;
  if (names !== 1 || !/^\w+$/.test(name) || !usable(text, name, declaration)) return refuse('constant');
  const keyword = { start: declaration.startIndex, end: declaration.startIndex + 'const'.length, text: 'var' };
  if (specs.length === 1) return ok([keyword, read]);
  // One of several: it moves behind the others, which stay constants.
  if (specs.some((one) => one?.childForFieldName('value') === null) || /\biota\b/.test(declaration.text))
    return refuse('constant');
  const lineStart = text.lastIndexOf('\n', spec.startIndex) + 1;
  const lineEnd = text.indexOf('\n', spec.endIndex);
  const alone =
    text.slice(lineStart, spec.startIndex).trim() === '' && text.slice(spec.endIndex, lineEnd).trim() === '';
  if (lineEnd < 0 || !alone || spec.text.includes('\n')) return refuse('constant');
  const written = text.slice(spec.startIndex, read.start) + read.text + text.slice(read.end, spec.endIndex);
  const end = lineEndOf(text);
  const indent = /[ \t]*$/.exec(text.slice(0, declaration.startIndex))?.[0] ?? '';
  return ok([
    { start: lineStart, end: lineEnd + 1, text: '' },
    {
      start: declaration.endIndex,
      end: declaration.endIndex,
      text: `${end}${end}${indent}var ${written.replace(/\s{2,}=/, ' =')}`,
    },
  ]);
}

/** Whether what uses the name takes a variable as well: no other constant may be made of it, and in a function something must use it. */
function usable(text: string, name: string, declaration: Node): boolean {
  const rest = text.slice(0, declaration.startIndex) + text.slice(declaration.endIndex);
  const inConstants = new RegExp(`\\bconst\\b(?:\\s*\\([^)]*|[^\\n(]*=[^\\n]*)\\b${name}\\b`);
  if (inConstants.test(rest) || new RegExp(`=[^\\n]*\\b${name}\\b`).test(declaration.text)) return false;
  if (new RegExp(`\\[\\s*len\\(\\s*${name}\\s*\\)`).test(rest)) return false;
  return declaration.parent?.type === 'source_file' || new RegExp(`\\b${name}\\b`).test(rest);
}
