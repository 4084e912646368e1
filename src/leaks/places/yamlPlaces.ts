import { LineCounter, isScalar, parseAllDocuments, visit, type Scalar } from 'yaml';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { TextEdit } from '../fixes/textEdit.ts';
import { mostParsed } from './syntax.ts';

const nobody = 'Nothing puts variables into this file. Let the program that reads it take the variable instead.';
const workflow =
  'A workflow takes keys from the secrets of the repository. Add it there, and write ${{ secrets.NAME }} here.';
const byHand = 'The key stands where no variable is expanded. Replace it by hand.';
const longest = 200_000;

/** What expands variables in a YAML file, by its name. */
function expander(path: string, language: string): ((variable: string) => string) | string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\//.test(path)) return workflow;
  if (language === 'dockercompose' || /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(name))
    return (variable) => `\${${variable}}`;
  if (/^(?:application|bootstrap)(?:-[\w-]+)?\.ya?ml$/.test(name)) return (variable) => `\${${variable}}`;
  if (/^serverless(?:[.-][\w-]+)?\.ya?ml$/.test(name)) return (variable) => `\${env:${variable}}`;
  return nobody;
}

interface YamlLeak {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly language: string;
}

/** The edit that lets a YAML file take a variable, where something puts it in; a refusal is a sentence. */
export function planYaml(
  { text, start, end, path, language }: YamlLeak,
  variable: string,
): Outcome<TextEdit[], string> {
  const expand = expander(path, language);
  if (typeof expand === 'string') return refuse(expand);
  if (text.length > Math.min(longest, mostParsed))
    return refuse('The file is too large to be changed safely. Replace the key by hand.');
  const scalar = valueAt(text, start, end);
  if (!scalar?.range) return refuse(byHand);
  const [from, to] = scalar.range;
  // What stands in braces or brackets must be quoted: `{` begins a map there.
  const plain = scalar.type === 'PLAIN';
  const written = text.slice(from, start) + expand(variable) + text.slice(end, to);
  const bare = { start, end, text: expand(variable) };
  const quoted = { start: from, end: to, text: JSON.stringify(written) };
  const wanted = String(scalar.value).replace(text.slice(start, end), () => expand(variable));
  for (const edit of plain ? [bare, quoted] : [bare]) {
    const changed = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    if (valueAt(changed, edit.start, edit.start + 1, from)?.value === wanted) return ok([edit]);
  }
  return refuse(byHand);
}

/** The value, and no key, that a stretch of a text stands in; undefined where the text has faults. */
function valueAt(text: string, start: number, end: number, from = -1): Scalar | undefined {
  const documents = parsed(text);
  let found: Scalar | undefined;
  for (const document of documents ?? []) {
    visit(document, (key, node) => {
      if (!isScalar(node) || !node.range || key === 'key') return;
      const [first, last] = node.range;
      if ((first <= start && end <= last) || first === from) found = node;
    });
  }
  return found;
}

function parsed(text: string): ReturnType<typeof parseAllDocuments> | undefined {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: new LineCounter(),
      logLevel: 'silent',
      uniqueKeys: false,
    });
    return 'empty' in documents || documents.some(({ errors }) => errors.length > 0) ? undefined : documents;
  } catch {
    return undefined;
  }
}

/** What a YAML file says, without its comments; undefined where it has faults. */
export function yamlContent(text: string): string | undefined {
  const documents = text.length > longest ? undefined : parsed(text);
  try {
    return documents && JSON.stringify(documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown));
  } catch {
    return undefined;
  }
}
