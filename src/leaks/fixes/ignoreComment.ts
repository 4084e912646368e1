import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { lineEndOf, type TextEdit } from './textEdit.ts';

/** How a language marks a comment to the end of the line, or one with an end of its own. */
type Comment = readonly [open: string, close?: string];

const hash: Comment = ['#'];
const slashes: Comment = ['//'];
const dashes: Comment = ['--'];
const semicolon: Comment = [';'];
const page: Comment = ['<!--', '-->'];
const block: Comment = ['/*', '*/'];

const comments: Readonly<Record<string, Comment>> = {
  python: hash,
  ruby: hash,
  shellscript: hash,
  yaml: hash,
  dockercompose: hash,
  dotenv: hash,
  toml: hash,
  perl: hash,
  elixir: hash,
  r: hash,
  julia: hash,
  makefile: hash,
  powershell: hash,
  terraform: hash,
  dockerfile: hash,
  ini: semicolon,
  properties: hash,
  'java-properties': hash,
  graphql: hash,
  coffeescript: hash,
  nim: hash,
  http: hash,
  javascript: slashes,
  javascriptreact: slashes,
  typescript: slashes,
  typescriptreact: slashes,
  go: slashes,
  java: slashes,
  kotlin: slashes,
  scala: slashes,
  groovy: slashes,
  csharp: slashes,
  rust: slashes,
  swift: slashes,
  dart: slashes,
  php: slashes,
  c: slashes,
  cpp: slashes,
  'objective-c': slashes,
  fsharp: slashes,
  jsonc: slashes,
  less: slashes,
  scss: slashes,
  zig: slashes,
  sql: dashes,
  lua: dashes,
  haskell: dashes,
  elm: dashes,
  clojure: semicolon,
  lisp: semicolon,
  scheme: semicolon,
  html: page,
  xml: page,
  markdown: page,
  vue: page,
  svelte: page,
  css: block,
  bat: ['REM'],
  vb: ["'"],
  erlang: ['%'],
  latex: ['%'],
  matlab: ['%'],
};

const extensions: Readonly<Record<string, string>> = {
  py: 'python',
  rb: 'ruby',
  sh: 'shellscript',
  bash: 'shellscript',
  yml: 'yaml',
  yaml: 'yaml',
  env: 'dotenv',
  toml: 'toml',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  cs: 'csharp',
  rs: 'rust',
  php: 'php',
  ex: 'elixir',
  exs: 'elixir',
  tf: 'terraform',
  ini: 'ini',
  properties: 'properties',
  sql: 'sql',
  lua: 'lua',
  html: 'html',
  xml: 'xml',
  md: 'markdown',
  css: 'css',
  json: 'json',
  bat: 'bat',
  ps1: 'powershell',
  http: 'http',
  vue: 'vue',
  svelte: 'svelte',
  swift: 'swift',
};

function commentOf(language: string, path: string): Comment | undefined {
  const known = comments[language];
  if (known) return known;
  if (/(?:^|\/)\.env(?:\.[\w.-]+)?$/.test(path)) return hash;
  if (/(?:^|\/)(?:Dockerfile|Makefile|Gemfile|Rakefile)[\w.]*$/.test(path)) return hash;
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return comments[extensions[extension] ?? ''];
}

/** Where a comment at a line's end would become a part of the value. */
const valueToEnd = new Set([
  'dotenv',
  'properties',
  'java-properties',
  'ini',
  'dockerfile',
  'markdown',
  'http',
  'bat',
  'makefile',
]);

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
const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

function comment([open, close]: Comment, words: string, reason: string): string {
  return [open, words, oneLine(reason), close].filter(Boolean).join(' ');
}

/** Puts an excuse behind the line, or above it where a comment behind it would be a part of the value. */
export function ignoreLine({ text, start, end, language, path, reason }: IgnorePlace): Outcome<TextEdit[], string> {
  const style = commentOf(language, path);
  if (!style) return refuse(noComments);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const breakAt = text.slice(end).search(/\r?\n|$/);
  const lineEnd = end + breakAt;
  const line = text.slice(lineStart, lineEnd);
  const words = comment(style, 'keysmith:ignore', reason);
  const value =
    valueToEnd.has(language) ||
    /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|Dockerfile[\w.]*|[^/]+\.(?:env|properties|ini|md|http|bat))$/.test(path);
  if (!value && !/\\\s*$/.test(line) && !opensLongText(text, start, end)) {
    return ok([{ start: lineEnd, end: lineEnd, text: ` ${words}` }]);
  }
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return ok([{ start: lineStart, end: lineStart, text: `${indent}${words}${lineEndOf(text)}` }]);
}

/** Whether the key stands in a text of several lines: what is written behind it would be a part of that. */
function opensLongText(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2000), start);
  const behind = text.slice(end, end + 2000);
  return ['"""', "'''", '`'].some(
    (quote) => before.split(quote).length % 2 === 0 && /^[^\n]*\n/.test(behind.split(quote)[0] ?? ''),
  );
}

/** Puts an excuse for a whole file at its top, behind what has to stand first. */
export function ignoreFile({
  text,
  language,
  path,
  reason,
}: Omit<IgnorePlace, 'start' | 'end'>): Outcome<TextEdit[], string> {
  const style = commentOf(language, path);
  if (!style) return refuse(noComments);
  const first =
    /^\uFEFF?(?:#![^\n]*\n(?:#[^\n]*coding[^\n]*\n)?|<\?php[^\n]*\n|<!doctype[^\n]*\n|<\?xml[^\n]*\n|---\r?\n|#[^\n]*coding[^\n]*\n)?/i.exec(
      text,
    );
  const at = first?.[0].length ?? 0;
  return ok([{ start: at, end: at, text: `${comment(style, 'keysmith:ignore-file', reason)}${lineEndOf(text)}` }]);
}
