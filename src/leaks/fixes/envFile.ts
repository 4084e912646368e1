import { IgnoreList } from '../exclusions/ignoreList.ts';
import { lineEndOf } from './textEdit.ts';

const assignment = /^\s*(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.]*)\s*[=:]\s*(?<value>.*?)\s*$/;

/** The variables of an environment file, with their values without quotes and comments. */
export function readVariables(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const { name, value = '' } = assignment.exec(line)?.groups ?? {};
    if (name !== undefined) variables.set(name, unquoted(value));
  }
  return variables;
}

function unquoted(value: string): string {
  const quoted = /^(["'`])(.*?)\1/.exec(value);
  return quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, '');
}

/** The text with the variable in it, at its end; the same where it holds that value. The name must not hold another. */
export function setVariable(text: string, name: string, value: string): string {
  if (readVariables(text).get(name) === value) return text;
  return withLine(text, `${name}=${value}`);
}

/** An example file with the name, and no value. */
export function addToExample(text: string, name: string): string {
  return readVariables(text).has(name) ? text : withLine(text, `${name}=`);
}

/** `.gitignore` with a file of its own folder in it, unless something in it leaves that out already. */
export function addToGitignore(text: string, file: string): string {
  return new IgnoreList(text).ignores(file) ? text : withLine(text, file);
}

function withLine(text: string, line: string): string {
  const end = lineEndOf(text);
  return `${text}${text === '' || /[\r\n]$/.test(text) ? '' : end}${line}${end}`;
}

/** Which file of a folder gets the variable: `.env.local` where there is one, or where a framework reads it before `.env`. */
export function chooseEnvFile(names: readonly string[]): string {
  if (names.includes('.env.local')) return '.env.local';
  const framework = names.some((name) => /^(?:next|vite|nuxt|astro|svelte|remix)\.config\.\w+$/.test(name));
  return framework && !names.includes('.env') ? '.env.local' : '.env';
}
