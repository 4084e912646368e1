import { IgnoreList } from '../exclusions/ignoreList.ts';
import { lineEndOf } from './textEdit.ts';

/** What `dotenv` takes for an assignment: a quoted value may go over several lines. */
const assignment =
  /^[^\S\r\n]*(?:export[^\S\r\n]+)?(?<name>[\w.-]+)(?:[^\S\r\n]*=[^\S\r\n]*|:[^\S\r\n]+)(?<value>'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^\r\n]*)/gm;

/** The same on one line: to a reader that knows no values over several lines, a line in such a value is an assignment too. */
const lineAssignment = /^[^\S\r\n]*(?:export[^\S\r\n]+)?(?<name>[\w.-]+)[^\S\r\n]*[=:][^\S\r\n]*(?<value>[^\r\n]*)/gm;

/** The variables of an environment file, with their values without quotes and comments. Of several values the last one counts. */
export function readVariables(text: string): Map<string, string> {
  const plain = text.replace(/^\uFEFF/, '');
  const variables = assignmentsOf(plain, assignment);
  for (const [name, value] of assignmentsOf(plain, lineAssignment))
    if (!variables.has(name)) variables.set(name, value);
  return variables;
}

function assignmentsOf(text: string, pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const { groups } of text.matchAll(pattern)) {
    const { name = '', value = '' } = groups ?? {};
    found.set(name, unquoted(value));
  }
  return found;
}

function unquoted(value: string): string {
  const quoted = /^(["'`])([^]*?)\1/.exec(value);
  return quoted ? (quoted[2] ?? '') : value.replace(/(?:^|\s+)#.*$/, '').trim();
}

/**
 * The text with the variable in it: where its name stands without a value, else at the end; the same where it holds that value. The name
 * must not hold another.
 */
export function setVariable(text: string, name: string, value: string): string {
  const held = readVariables(text).get(name);
  if (held === value) return text;
  const filled = held === '' ? fillEmpty(text, name, value) : text;
  if (readVariables(filled).get(name) === value) return filled;
  return withLine(text, `${exportsAll(text) ? 'export ' : ''}${name}=${value}`);
}

/** The text with the value where the name stands without one, as in a copy of an example. */
function fillEmpty(text: string, name: string, value: string): string {
  const escaped = name.replaceAll(/[.-]/g, String.raw`\$&`);
  const empty = new RegExp(
    String.raw`^(?<head>\uFEFF?[^\S\r\n]*(?:export[^\S\r\n]+)?${escaped}(?:[^\S\r\n]*=|:[^\S\r\n]+))[^\S\r\n]*(?:''|""|\x60\x60)?(?<tail>[^\S\r\n]*(?:#[^\r\n]*)?)$`,
    'gm',
  );
  const last = [...text.matchAll(empty)].at(-1);
  if (!last) return text;
  const { head = '', tail = '' } = last.groups ?? {};
  const gap = tail.startsWith('#') ? ' ' : '';
  return text.slice(0, last.index) + head + value + gap + tail + text.slice(last.index + last[0].length);
}

/** Whether a shell is to read the file: then a variable without the word reaches no program. */
function exportsAll(text: string): boolean {
  const lines = [...text.replace(/^\uFEFF/, '').matchAll(lineAssignment)];
  return lines.length > 0 && lines.every(([line]) => /^\s*export\s/.test(line));
}

/** An example file with the name, and no value. */
export function addToExample(text: string, name: string): string {
  return readVariables(text).has(name) ? text : withLine(text, `${name}=`);
}

/** `.gitignore` with a file of its own folder in it, unless something in it leaves that out already. */
export function addToGitignore(text: string, file: string): string {
  return new IgnoreList(text).ignores(file) ? text : withLine(text, file.replaceAll(/[\\*?[\]! #]/g, String.raw`\$&`));
}

function withLine(text: string, line: string): string {
  const end = lineEndOf(text);
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${line}${end}`;
}

/**
 * The files of a folder that programs there are likely to read, the best first: `.env.local` where there is one, or where a framework reads
 * it before `.env`. The others are for where git tracks that.
 */
export function environmentFilesFor(names: readonly string[]): readonly [string, ...string[]] {
  const framework = names.some((name) => /^(?:next|vite|nuxt|astro|svelte|remix)\.config\.\w+$/.test(name));
  if (names.includes('.env.local') || (framework && !names.includes('.env'))) return ['.env.local', '.env'];
  return framework ? ['.env', '.env.local'] : ['.env'];
}
