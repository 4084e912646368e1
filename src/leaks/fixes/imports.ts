import type { Language } from './languages.ts';
import { lineEndOf, type TextEdit } from './textEdit.ts';

/** What a text needs besides, so that the variable can be read in it. */
export function importEdits(
  { text, variable }: { readonly text: string; readonly variable: string },
  { needs }: Language,
): TextEdit[] {
  switch (needs) {
    case 'python os':
      return pythonOs(text);
    case 'go os':
      return goOs(text);
    case 'terraform variable':
      return terraformVariable(text, variable.toLowerCase());
    case undefined:
      return [];
    default:
      return needs satisfies never;
  }
}

const insert = (at: number, text: string): TextEdit[] => [{ start: at, end: at, text }];

/** Before the first import, or behind the comments, the docstring and what comes from the future. */
function pythonOs(text: string): TextEdit[] {
  if (/^import[ \t]+(?:[\w., \t]*,[ \t]*)?os[ \t]*(?:,|#|$)/m.test(text)) return [];
  const head =
    /^(?:\s*#[^\n]*\n|\s*\n)*(?:[rRuU]?("""|''')[^]*?\1[^\n]*\n|[rRuU]?(["'])(?:\\.|(?!\2)[^\\\n])*\2[ \t]*\n)?(?:\s*#[^\n]*\n|[ \t]*\r?\n|from __future__ import[^\n]*\n)*/.exec(
      text,
    );
  return insert(head?.[0].length ?? 0, `import os${lineEndOf(text)}`);
}

/** Joined, for it is Go's and not this program's. */
const osImport = ['import', '"os"'].join(' ');

function goOs(text: string): TextEdit[] {
  if (/^\s*(?:import\s+)?"os"\s*$/m.test(text)) return [];
  const end = lineEndOf(text);
  const block = /^import \(\r?\n/m.exec(text);
  if (block) return insert(block.index + block[0].length, `\t"os"${end}`);
  const single = /^import [^\n]*\n/m.exec(text);
  if (single) return insert(single.index + single[0].length, `${osImport}${end}`);
  const clause = /^package [^\n]*\n/m.exec(text);
  return insert(clause ? clause.index + clause[0].length : 0, `${clause ? end : ''}${osImport}${end}`);
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
