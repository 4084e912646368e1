/** How a language marks a comment to the end of the line, or one with an end of its own. */
export type CommentStyle = readonly [open: string, close?: string];

const hash: CommentStyle = ['#'];
const slashes: CommentStyle = ['//'];
const dashes: CommentStyle = ['--'];
const semicolon: CommentStyle = [';'];
const page: CommentStyle = ['<!--', '-->'];
const block: CommentStyle = ['/*', '*/'];

const comments: Readonly<Record<string, CommentStyle>> = {
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

/** How a comment is written in a file; undefined where it cannot have any. */
export function commentOf(language: string, path: string): CommentStyle | undefined {
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

const valueFile =
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|Dockerfile[\w.]*|Makefile[\w.]*|[^/]+\.(?:env|properties|ini|md|http|rest|bat|cmd|mk))$/;

/** Whether a value lasts to the end of its line, so that a comment has to stand above it. */
export const lastsToLineEnd = (language: string, path: string): boolean =>
  valueToEnd.has(language) || valueFile.test(path);

/** What a page is written in, whose comments count outside its tags only. */
export function isMarkup(language: string, path: string): boolean {
  return (
    ['html', 'xml', 'vue', 'svelte', 'astro'].includes(language) ||
    /\.(?:x?html?|xml|svg|vue|svelte|astro)$/i.test(path)
  );
}

export const isMarkdown = (language: string, path: string): boolean =>
  language === 'markdown' || /\.(?:md|markdown)$/i.test(path);
