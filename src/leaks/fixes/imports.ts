import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { PlaceRefusal } from '../places/place.ts';
import type { Syntax } from '../places/syntax.ts';
import type { Language } from './languages.ts';
import { lineEndOf, type TextEdit } from './textEdit.ts';

/** Where the variable is read. */
interface Reads {
  readonly start: number;
  readonly variable: string;
  readonly declared?: readonly string[];
}

/** What a text needs besides, so that the variable can be read in it. */
export function importEdits(
  syntax: Syntax,
  { start, variable, declared = [] }: Reads,
  { needs }: Language,
): Outcome<TextEdit[], PlaceRefusal> {
  switch (needs) {
    case 'python os':
      return pythonOs(syntax, start);
    case 'go os':
      return goOs(syntax);
    case 'terraform variable':
      return ok(
        declared.includes(variable.toLowerCase()) ? [] : terraformVariable(syntax.text, variable.toLowerCase()),
      );
    case 'typescript helper':
      return typescriptHelper(syntax);
    case 'csharp system':
    case undefined:
      return ok([]);
    default:
      return needs satisfies never;
  }
}

const insert = (at: number, text: string): TextEdit[] => [{ start: at, end: at, text }];

/** Names that are bound otherwise: `os` as a variable, a parameter, or another module. */
const otherOs =
  /(?:^|[\n;])[ \t]*os[ \t]*(?::[^=\n]*)?=(?!=)|\bas[ \t]+os\b|\bfor[ \t]+os\b|\bfrom[ \t]+[\w.]+[ \t]+import\b[^\n]*(?<!\bas[ \t])\bos\b(?![ \t]+as)|\bdef[ \t]+os\b|\bdef[ \t]+\w+\([^)]*\bos\b[ \t]*[,:=)]|\blambda[ \t][^:\n]*\bos\b/;

/** Before the first import, or behind the comments, the docstring and what comes from the future. */
function pythonOs({ root, text }: Syntax, start: number): Outcome<TextEdit[], PlaceRefusal> {
  if (otherOs.test(text)) return refuse('shadowed');
  const statements = root.namedChildren.filter((child) => child !== null && child.type !== 'comment');
  const own = statements.filter((child) => child?.type === 'import_statement');
  if (own.some((child) => child?.namedChildren.some((name) => name?.type === 'dotted_name' && name.text === 'os')))
    return ok([]);
  let at = 0;
  for (const [index, statement] of statements.entries()) {
    const docstring =
      index === 0 && statement?.type === 'expression_statement' && statement.namedChild(0)?.type === 'string';
    if (!statement || (!docstring && statement.type !== 'future_import_statement')) break;
    at = statement.endIndex;
  }
  const next = statements.find((child) => child !== null && child.startIndex >= at);
  if (!next) return refuse('unparsable');
  const lineStart = text.lastIndexOf('\n', next.startIndex - 1) + 1;
  // What shares its line with the docstring, and what is indented there, leaves no line for an import.
  if (lineStart < at || text.slice(lineStart, next.startIndex).trim() !== '' || lineStart > start)
    return refuse('unparsable');
  return ok(insert(lineStart, `import os${lineEndOf(text)}`));
}

/** Joined, for it is Go's and not this program's. */
const osImport = ['import', '"os"'].join(' ');

function goOs({ text, root }: Syntax): Outcome<TextEdit[], PlaceRefusal> {
  const end = lineEndOf(text);
  const imports = root.namedChildren.filter((child) => child?.type === 'import_declaration');
  for (const declaration of imports) {
    const own = /(?:^|[\s(])(?:([\w.]+)[ \t]+)?(?:"os"|`os`)/.exec(declaration?.text ?? '');
    if (own) return own[1] === undefined || own[1] === 'import' ? ok([]) : refuse('shadowed');
  }
  const block = imports.find((child) => /^import\s*\(\r?\n/.test(child?.text ?? ''));
  if (block) return ok(insert(text.indexOf('\n', block.startIndex) + 1, `\t"os"${end}`));
  const last = imports.at(-1) ?? root.namedChildren.find((child) => child?.type === 'package_clause');
  if (!last) return refuse('unparsable');
  const lineEnd = text.indexOf('\n', last.endIndex);
  if (lineEnd < 0 || !/^[ \t;\r]*(?:\/\/.*)?$/.test(text.slice(last.endIndex, lineEnd))) return refuse('unparsable');
  return ok(insert(lineEnd + 1, `${last.type === 'package_clause' ? end : ''}${osImport}${end}`));
}

function terraformVariable(text: string, name: string): TextEdit[] {
  if (new RegExp(`^\\s*variable\\s+"${name}"`, 'm').test(text)) return [];
  const end = lineEndOf(text);
  const gap = text.endsWith('\n') ? end : end + end;
  return insert(
    text.length,
    `${gap}variable "${name}" {${end}  type      = string${end}  sensitive = true${end}}${end}`,
  );
}

const helper = [
  'function requireEnv(name: string): string {',
  '  const value = process.env[name];',
  "  if (value === undefined || value === '') throw new Error(`${name} is not set`);",
  '  return value;',
  '}',
];

/** A variable may be absent, and under strict rules that must be seen to: by a function at the end, which counts everywhere in the file. */
function typescriptHelper({ text }: Syntax): Outcome<TextEdit[], PlaceRefusal> {
  const end = lineEndOf(text);
  if (text.replaceAll('\r\n', '\n').includes(helper.join('\n'))) return ok([]);
  if (/\brequireEnv\b/.test(text)) return refuse('shadowed');
  return ok(insert(text.length, `${/[\r\n]$/.test(text) || text === '' ? '' : end}${end}${helper.join(end)}${end}`));
}
