import type { GrammarName } from '../places/grammarFiles.ts';

/** How a language reads an environment variable, and how its literals are put together. */
export interface Language {
  /** What knows the places of its code. */
  readonly grammar: GrammarName;
  /** The expression that gives the variable's value as a text; its own quotes are `quote` where there is a choice. */
  readonly read: (variable: string, quote: string) => string;
  /** Quotes of literals, the longer first. */
  readonly quotes: readonly string[];
  /** Puts a literal's parts and an expression together; undefined where only a whole literal can be replaced. */
  readonly join?: string;
  /** Puts an expression into a literal, where its quotes allow that. */
  readonly embed?: (expression: string, quote: string) => string | undefined;
  /** Letters that may stand in front of a quote. */
  readonly literalPrefix?: RegExp;
  readonly needs?: 'python os' | 'go os' | 'terraform variable' | 'typescript helper' | 'csharp system';
}

/** A file that a program reads after it has put the variables into it: what stands for one, wherever in it. */
export interface Template {
  readonly expand: (variable: string) => string;
  /** A line that is a comment. */
  readonly comment: RegExp;
}

const javascript: Language = {
  grammar: 'javascript',
  read: (name) => `process.env.${name}`,
  quotes: ['`', '"', "'"],
  embed: (expression, quote) => (quote === '`' ? `\${${expression}}` : undefined),
};
const typescript: Language = {
  ...javascript,
  grammar: 'typescript',
  read: (name) => `requireEnv('${name}')`,
  needs: 'typescript helper',
};

/** By the editor's language ids. */
const languages: Readonly<Record<string, Language>> = {
  javascript,
  javascriptreact: javascript,
  typescript,
  typescriptreact: { ...typescript, grammar: 'tsx' },
  python: {
    grammar: 'python',
    read: (name, quote) => `os.environ[${quote}${name}${quote}]`,
    quotes: ['"""', "'''", '"', "'"],
    join: ' + ',
    literalPrefix: /[fFrRbBuU]{1,2}$/,
    needs: 'python os',
  },
  ruby: {
    grammar: 'ruby',
    read: (name) => `ENV.fetch("${name}")`,
    quotes: ['"', "'"],
    join: ' + ',
    embed: (expression, quote) => (quote === "'" ? undefined : `#{${expression.replaceAll('"', "'")}}`),
  },
  php: { grammar: 'php', read: (name) => `getenv('${name}')`, quotes: ['"', "'"], join: ' . ' },
  go: {
    grammar: 'go',
    read: (name) => `os.Getenv("${name}")`,
    quotes: ['"', '`'],
    join: ' + ',
    needs: 'go os',
  },
  java: { grammar: 'java', read: (name) => `System.getenv("${name}")`, quotes: ['"""', '"'], join: ' + ' },
  kotlin: { grammar: 'kotlin', read: (name) => `System.getenv("${name}")`, quotes: ['"""', '"'], join: ' + ' },
  csharp: {
    grammar: 'csharp',
    read: (name) => `Environment.GetEnvironmentVariable("${name}")`,
    quotes: ['"""', '"'],
    join: ' + ',
    literalPrefix: /[@$]{1,3}$/,
    needs: 'csharp system',
  },
  rust: {
    grammar: 'rust',
    read: (name) => `std::env::var("${name}").expect("${name} is not set")`,
    quotes: ['"'],
    literalPrefix: /r#*$/,
  },
  powershell: {
    grammar: 'powershell',
    read: (name) => `$env:${name}`,
    quotes: ['"', "'"],
    join: ' + ',
    embed: (expression, quote) => (quote === "'" ? undefined : `\${${expression.slice(1)}}`),
  },
  shellscript: {
    grammar: 'bash',
    read: (name) => `"\${${name}}"`,
    quotes: [],
    embed: (expression) => expression.slice(1, -1),
  },
  terraform: {
    grammar: 'terraform',
    read: (name) => `var.${name.toLowerCase()}`,
    quotes: ['"'],
    embed: (expression) => `\${${expression}}`,
    needs: 'terraform variable',
  },
};

const dollarBrace = (name: string): string => `\${${name}}`;
const templates: Readonly<Record<string, Template>> = {
  makefile: { expand: (name) => `$(${name})`, comment: /^\s*#/ },
  bat: { expand: (name) => `%${name}%`, comment: /^\s*(?:@?rem\b|::)/i },
  http: { expand: (name) => `{{$dotenv ${name}}}`, comment: /^\s*(?:#|\/\/)/ },
};

const extensions: Readonly<Record<string, string>> = {
  js: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescriptreact',
  py: 'python',
  rb: 'ruby',
  php: 'php',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  kts: 'kotlin',
  cs: 'csharp',
  rs: 'rust',
  ps1: 'powershell',
  sh: 'shellscript',
  bash: 'shellscript',
  mk: 'makefile',
  bat: 'bat',
  cmd: 'bat',
  http: 'http',
  rest: 'http',
  tf: 'terraform',
};

/** Read variables too, but no grammar tells where in them code may stand. */
const withoutGrammar =
  /^(?:lua|perl|elixir|swift|dart|scala|groovy|clojure|haskell|r|julia|vb|fsharp|cpp|c|objective-c)$/;
const withoutGrammarFile = /\.(?:lua|p[lm]|exs?|swift|dart|scala|groovy|gradle|clj|hs|jl|vb|fs|cc?|cpp|h|hpp|mm?)$/i;

/** Whether a language is a program's, and still no fix of it is known to work everywhere. */
export const isUnknownCode = (id: string, path: string): boolean =>
  withoutGrammar.test(id) || withoutGrammarFile.test(path);

const extensionOf = (path: string): string => /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

function lookUp<T>(table: Readonly<Record<string, T>>, id: string, path: string): T | undefined {
  // An id such as `constructor` is none of the table's.
  const name = Object.hasOwn(table, id) ? id : (extensions[extensionOf(path)] ?? '');
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The language of a text by its id, else by its file's name; undefined where a variable cannot be read in it. */
export function findLanguage(id: string, path: string): Language | undefined {
  return lookUp(languages, id, path);
}

/** How a variable is put into a file of this kind; undefined where nobody is known to expand it. */
export function findTemplate(id: string, path: string): Template | undefined {
  if (/(?:^|\/)(?:application|bootstrap)[\w-]*\.properties$/.test(path))
    return { expand: dollarBrace, comment: /^\s*[#!]/ };
  return lookUp(templates, id, path);
}
