/** How a language reads an environment variable, and what its literals and comments look like. */
export interface Language {
  /** The expression that gives the variable's value as a text. */
  readonly read: (variable: string) => string;
  /** Quotes of literals, the longer first. */
  readonly quotes: readonly string[];
  /** Puts a literal's parts and an expression together; undefined where only a whole literal can be replaced. */
  readonly join?: string;
  /** Puts an expression into a literal, where its quotes allow that. */
  readonly embed?: (expression: string, quote: string) => string | undefined;
  /** Letters that may stand in front of a quote. */
  readonly literalPrefix?: RegExp;
  readonly needs?: 'python os' | 'go os' | 'terraform variable';
  /** The variable stands in the text as it is, with or without quotes: the file is a template. */
  readonly template?: (variable: string, quote: string) => string;
}

const shell: Language = {
  read: (name) => `"\${${name}}"`,
  quotes: ['"', "'"],
  template: (name, quote) => (quote === "'" ? `'"\${${name}}"'` : `\${${name}}`),
};
const dollarBrace: Language = {
  read: (name) => `\${${name}}`,
  quotes: ['"', "'"],
  template: (name) => `\${${name}}`,
};
const javascript: Language = {
  read: (name) => `process.env.${name}`,
  quotes: ['`', '"', "'"],
  embed: (expression, quote) => (quote === '`' ? `\${${expression}}` : undefined),
};

/** By the editor's language ids. */
const languages: Readonly<Record<string, Language>> = {
  javascript,
  javascriptreact: javascript,
  typescript: javascript,
  typescriptreact: javascript,
  python: {
    read: (name) => `os.environ["${name}"]`,
    quotes: ['"""', "'''", '"', "'"],
    join: ' + ',
    literalPrefix: /[fFrRbBuU]{1,2}$/,
    needs: 'python os',
  },
  ruby: {
    read: (name) => `ENV.fetch("${name}")`,
    quotes: ['"', "'"],
    join: ' + ',
    embed: (expression, quote) => (quote === '"' ? `#{${expression.replaceAll('"', "'")}}` : undefined),
  },
  php: { read: (name) => `getenv('${name}')`, quotes: ['"', "'"], join: ' . ' },
  go: { read: (name) => `os.Getenv("${name}")`, quotes: ['"', '`'], join: ' + ', needs: 'go os' },
  java: { read: (name) => `System.getenv("${name}")`, quotes: ['"""', '"'], join: ' + ' },
  kotlin: { read: (name) => `System.getenv("${name}")`, quotes: ['"""', '"'], join: ' + ' },
  scala: { read: (name) => `sys.env("${name}")`, quotes: ['"""', '"'], join: ' + ' },
  groovy: { read: (name) => `System.getenv("${name}")`, quotes: ['"""', "'''", '"', "'"], join: ' + ' },
  csharp: {
    read: (name) => `Environment.GetEnvironmentVariable("${name}")`,
    quotes: ['"""', '"'],
    join: ' + ',
    literalPrefix: /[@$]{1,2}$/,
  },
  rust: {
    read: (name) => `&std::env::var("${name}").expect("${name} is not set")`,
    quotes: ['"'],
    literalPrefix: /r#*$/,
  },
  elixir: {
    read: (name) => `System.fetch_env!("${name}")`,
    quotes: ['"""', '"'],
    join: ' <> ',
    embed: (expression) => `#{${expression}}`,
  },
  swift: {
    read: (name) => `ProcessInfo.processInfo.environment["${name}"]!`,
    quotes: ['"""', '"'],
    join: ' + ',
  },
  dart: { read: (name) => `Platform.environment['${name}']!`, quotes: ["'''", '"""', "'", '"'], join: ' + ' },
  lua: { read: (name) => `os.getenv("${name}")`, quotes: ['"', "'"], join: ' .. ' },
  perl: { read: (name) => `$ENV{${name}}`, quotes: ['"', "'"], join: ' . ' },
  powershell: {
    read: (name) => `$env:${name}`,
    quotes: ['"', "'"],
    join: ' + ',
    embed: (expression, quote) => (quote === '"' ? `\${${expression.slice(1)}}` : undefined),
  },
  shellscript: shell,
  makefile: { ...dollarBrace, read: (name) => `$(${name})`, template: (name) => `$(${name})` },
  bat: { read: (name) => `%${name}%`, quotes: ['"'], template: (name) => `%${name}%` },
  yaml: dollarBrace,
  dockercompose: dollarBrace,
  properties: dollarBrace,
  http: { read: (name) => `{{$dotenv ${name}}}`, quotes: ['"'], template: (name) => `{{$dotenv ${name}}}` },
  terraform: {
    read: (name) => `var.${name.toLowerCase()}`,
    quotes: ['"'],
    embed: (expression) => `\${${expression}}`,
    needs: 'terraform variable',
  },
};
const aliases: Readonly<Record<string, string>> = {
  'java-properties': 'properties',
  tf: 'terraform',
  hcl: 'terraform',
};

const extensions: Readonly<Record<string, string>> = {
  js: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  py: 'python',
  rb: 'ruby',
  php: 'php',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  kts: 'kotlin',
  scala: 'scala',
  groovy: 'groovy',
  gradle: 'groovy',
  cs: 'csharp',
  rs: 'rust',
  ex: 'elixir',
  exs: 'elixir',
  swift: 'swift',
  dart: 'dart',
  lua: 'lua',
  pl: 'perl',
  ps1: 'powershell',
  sh: 'shellscript',
  bash: 'shellscript',
  zsh: 'shellscript',
  mk: 'makefile',
  bat: 'bat',
  cmd: 'bat',
  yml: 'yaml',
  yaml: 'yaml',
  properties: 'properties',
  http: 'http',
  rest: 'http',
  tf: 'terraform',
  tfvars: 'tfvars',
};

/** The language of a text by its id, else by its file's name; undefined where a variable cannot be read in it. */
export function findLanguage(id: string, path: string): Language | undefined {
  const known = languages[aliases[id] ?? id];
  if (known) return known;
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return languages[extensions[extension] ?? ''];
}
