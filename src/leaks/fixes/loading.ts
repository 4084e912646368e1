import type { TextEdit } from './textEdit.ts';
import { lineEndOf } from './textEdit.ts';

/** What is known of a program that is to read a variable. */
export interface LoadingFacts {
  /** The editor's language id, or one told from the name. */
  readonly language: string;
  /** The document's name, and its path from the folder. */
  readonly path: string;
  readonly text: string;
  /** The environment file, by its name in the folder. */
  readonly file: string;
  /** The folder's small files that tell what it is built with, by their names. */
  readonly manifests: ReadonlyMap<string, string>;
}

export interface Loading {
  /** Who loads the file, or that nobody does and what to do: a sentence. */
  readonly message: string;
  /** What would load it. */
  readonly offer?: LoadingOffer;
}

export type LoadingOffer =
  | { readonly kind: 'document'; readonly label: string; readonly edit: TextEdit }
  | { readonly kind: 'manifest'; readonly label: string; readonly name: string; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'copy'; readonly label: string; readonly text: string };

/** Files that tell what a folder is built with. */
export const manifestNames = [
  'package.json',
  'bun.lock',
  'bun.lockb',
  'requirements.txt',
  'requirements-dev.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.cfg',
  'Gemfile',
  'composer.json',
  'go.mod',
  'Cargo.toml',
  'compose.yml',
  'compose.yaml',
  'docker-compose.yml',
  'docker-compose.yaml',
] as const;

/** How the program of a document gets the variables of an environment file. Nothing is run to find out. */
export function explainLoadingOf(facts: LoadingFacts): Loading {
  const { language, file, manifests } = facts;
  const compose = composeFiles.find((name) => namesInEnvFile(manifests.get(name), file));
  if (isCompose(facts)) return ofCompose(facts);
  if (compose !== undefined) return { message: `${compose} hands ${file} to its containers.` };
  switch (language) {
    case 'javascript':
    case 'javascriptreact':
    case 'typescript':
    case 'typescriptreact':
      return ofNode(facts);
    case 'python':
      return ofPython(facts);
    case 'ruby':
      return ofRuby(facts);
    case 'php':
      return ofPhp(facts);
    case 'go':
      return ofOthers(facts, { manifest: 'go.mod', library: /joho\/godotenv/, used: /godotenv/, name: 'godotenv' });
    case 'rust':
      return ofOthers(facts, { manifest: 'Cargo.toml', library: /^dotenvy?\b/m, used: /dotenvy?::/, name: 'dotenvy' });
    case 'shellscript':
      return /(?:^|\s)(?:\.|source)\s+\S*\.env/m.test(facts.text)
        ? { message: `The script reads ${file} itself.` }
        : unloaded(facts);
    default:
      return unloaded(facts);
  }
}

const composeFiles = manifestNames.filter((name) => name.includes('compose.y'));

const isCompose = ({ path, language }: LoadingFacts): boolean =>
  language === 'dockercompose' || /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path);

function ofCompose({ file }: LoadingFacts): Loading {
  if (file === '.env') return { message: 'Docker Compose reads .env by itself.' };
  const text = `docker compose --env-file ${file} up`;
  return { message: `Docker Compose does not read ${file} by itself.`, offer: copy(text) };
}

/** Whether a service is given the file: behind the word, or in the list below it. */
function namesInEnvFile(text = '', file: string): boolean {
  const named = (value: string): boolean => {
    const [plain = ''] = value.replace(/^path:\s*/, '').split(/\s#/);
    return plain.split(',').some((one) => one.replaceAll(/["'[\]\s]/g, '').replace(/^\.\//, '') === file);
  };
  let inList = false;
  for (const line of text.split('\n')) {
    const begun = /^\s*env_file:(?<value>.*)$/.exec(line)?.groups?.['value'];
    const item = /^\s*-(?<value>.*)$/.exec(line)?.groups?.['value'];
    inList = begun !== undefined || (inList && (item !== undefined || line.trim() === ''));
    if (inList && named((begun ?? item ?? '').trim())) return true;
  }
  return false;
}

const copy = (text: string): LoadingOffer => ({ kind: 'copy', label: 'Copy the Command', text });

/** For a program that takes its variables from whoever starts it. */
function unloaded({ file }: LoadingFacts): Loading {
  return {
    message: `Nothing here loads ${file}: start the program from a shell that has read it.`,
    offer: copy(`set -a; . ./${file}; set +a`),
  };
}

interface PackageJson {
  readonly text: string;
  readonly dependencies: ReadonlySet<string>;
  readonly scripts: readonly (readonly [name: string, command: string])[];
  readonly module: boolean;
  readonly oldNode: boolean;
}

function packageJson(text = ''): PackageJson {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    json = undefined; // it tells nothing then
  }
  const part = (name: string): Record<string, unknown> => {
    const found = isRecord(json) ? json[name] : undefined;
    return isRecord(found) ? found : {};
  };
  const dependencies = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((name) =>
    Object.keys(part(name)),
  );
  const scripts = Object.entries(part('scripts')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const engine = part('engines')['node'];
  const least = typeof engine === 'string' ? Number(/\d+/.exec(engine)?.[0] ?? 24) : 24;
  return {
    text,
    dependencies: new Set(dependencies),
    scripts,
    module: isRecord(json) && json['type'] === 'module',
    oldNode: least < 22,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Frameworks that put the files into `process.env`, each with the names it reads. */
const nodeFrameworks: readonly (readonly [dependency: string, name: string, files: RegExp])[] = [
  ['next', 'Next.js', /^\.env(?:\.local|\.(?:development|production|test)(?:\.local)?)?$/],
  ['nuxt', 'Nuxt', /^\.env$/],
  ['@remix-run/dev', 'Remix', /^\.env$/],
  ['gatsby', 'Gatsby', /^\.env\.(?:development|production)$/],
  ['@nestjs/config', 'Nest', /^\.env$/],
  ['@adonisjs/core', 'Adonis', /^\.env(?:\.local)?$/],
];

const usesDotenv =
  /(?:from\s*|import\s*|require\s*\(\s*)['"](?:dotenv(?:\/config)?|dotenv-flow(?:\/config)?|@dotenvx\/dotenvx(?:\/config)?)['"]/;
const loadingScript = /--env-file|dotenv\/config|\bdotenvx?\s|\benv-cmd\b|\bdotenv-flow\b/;

function ofNode(facts: LoadingFacts): Loading {
  const { file, text, manifests } = facts;
  const project = packageJson(manifests.get('package.json'));
  const framework = nodeFrameworks.find(
    ([dependency, , files]) => project.dependencies.has(dependency) && files.test(file),
  );
  if (framework) return { message: `${framework[1]} loads ${file} by itself.` };
  if ((manifests.has('bun.lock') || manifests.has('bun.lockb')) && /^\.env(?:\.local)?$/.test(file))
    return { message: `Bun loads ${file} by itself.` };
  if (usesDotenv.test(text)) return { message: `dotenv, which this file uses, loads ${file}.` };
  const loading = project.scripts.find(([, command]) => loadingScript.test(command));
  if (loading) return { message: `The script “${loading[0]}” of package.json loads an environment file.` };
  const message = `Nothing here loads ${file} yet.`;
  if (project.dependencies.has('dotenv'))
    return {
      message: `${message} The project has dotenv, which can.`,
      offer: { kind: 'document', label: 'Load It with dotenv', edit: dotenvEdit(facts, project) },
    };
  const edits = scriptEdits(project, file);
  if (edits.length > 0)
    return {
      message: `${message} Node does, with --env-file.`,
      offer: { kind: 'manifest', label: 'Add It to the Scripts', name: 'package.json', edits },
    };
  const program = plainProgram.test(facts.path) ? facts.path : '';
  return {
    message: `${message} Node does, with --env-file.`,
    offer: copy(`node --env-file=${file} ${program}`.trim()),
  };
}

/** Apart from what they load, for it is the program's and not this one's. */
const words = { load: 'import', source: 'from', need: 'require' };

/** A path that is one word to every shell, and no option: a name that others chose must not become a command when it is pasted. */
const plainProgram = /^[\w@][\w@./+-]*\.[cm]?js$/;

/** At the head of the document: a variable may be read by the next line. */
function dotenvEdit({ text, path, file, language }: LoadingFacts, project: PackageJson): TextEdit {
  const end = lineEndOf(text);
  const esm =
    /^[ \t]*(?:import\s[^(]|export\s)/m.test(text) ||
    /\.m[jt]s$/.test(path) ||
    (project.module && !/\.c[jt]s$/.test(path)) ||
    (language.startsWith('typescript') && !/\brequire\(/.test(text));
  const options = file === '.env' ? '' : `{ path: '${file}' }`;
  const line = esm
    ? options === ''
      ? `${words.load} 'dotenv/config';${end}`
      : `${words.load} { config as loadEnvironment } ${words.source} 'dotenv';${end}loadEnvironment(${options});${end}`
    : `${words.need}('dotenv').config(${options});${end}`;
  const head = scriptHead(text);
  return { start: head, end: head, text: line };
}

/** Behind the line for the system, comments and directives: what stands in front of a directive would end it. */
function scriptHead(text: string): number {
  const lineEnd = (from: number): number => text.indexOf('\n', from) + 1 || text.length;
  let head = text.startsWith('#!') || text.startsWith('\uFEFF#!') ? lineEnd(0) : 0;
  for (let at = head; at < text.length;) {
    const comment = text.startsWith('/*', at) ? text.indexOf('*/', at) : undefined;
    if (comment === -1) return head;
    const end = lineEnd(comment ?? at);
    const line = text.slice(comment === undefined ? at : comment + 2, end).trim();
    if (line !== '' && (comment !== undefined || !/^(?:\/\/|(["'])use \w+\1;?$)/.test(line))) return head;
    at = end;
    if (line !== '' || comment !== undefined) head = end;
  }
  return head;
}

/** Every script that starts Node, by its own words in the text: the rest of it stays as it was written. */
function scriptEdits({ text, scripts, oldNode }: PackageJson, file: string): TextEdit[] {
  // Whoever has no such file, a CI for one, starts the same script.
  const option = `${oldNode ? '--env-file' : '--env-file-if-exists'}=${file}`;
  return scripts.flatMap(([name, command]) => {
    const started = /(?:^|(?:&&|\|\||;)\s*)(?:cross-env\s+(?:\w+=\S+\s+)*)?node(?=\s+[^\s-])/.exec(command);
    if (!started) return [];
    const written = new RegExp(
      `"${escape(JSON.stringify(name).slice(1, -1))}"\\s*:\\s*"(?=${escape(JSON.stringify(command).slice(1, -1))}")`,
    ).exec(text);
    if (!written) return [];
    const upTo = JSON.stringify(command.slice(0, started.index + started[0].length)).length - 2;
    const at = written.index + written[0].length + upTo;
    return [{ start: at, end: at, text: ` ${option}` }];
  });
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

const pythonManifests = ['requirements.txt', 'requirements-dev.txt', 'pyproject.toml', 'Pipfile', 'setup.cfg'] as const;

function ofPython(facts: LoadingFacts): Loading {
  const { text, file, manifests } = facts;
  const has = (library: RegExp): boolean => pythonManifests.some((name) => library.test(manifests.get(name) ?? ''));
  if (/\b(?:load_dotenv|dotenv_values)\s*\(|\bread_env\s*\(|\benv_file\s*=/.test(text))
    return { message: `This file loads ${file} itself.` };
  const library = has(/\bpython[-_]dotenv\b/i);
  if (library && has(/\bflask\b/i) && file === '.env') return { message: 'flask run loads .env by itself.' };
  if (!library) return unloaded(facts);
  const end = lineEndOf(text);
  const path = file === '.env' ? '' : `"${file}"`;
  const at = pythonHead(text);
  return {
    message: `Nothing here loads ${file} yet. The project has python-dotenv, which can.`,
    offer: {
      kind: 'document',
      label: 'Load It with python-dotenv',
      edit: {
        start: at,
        end: at,
        text: `${words.source} dotenv ${words.load} load_dotenv${end}load_dotenv(${path})${end}`,
      },
    },
  };
}

/** Behind the comments, the docstring and what comes from the future. */
function pythonHead(text: string): number {
  const head =
    /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\n)*(?:[rRuU]?("""|''')[^]*?\1[^\n]*\n|[rRuU]?(["'])(?:\\.|(?!\2)[^\\\n])*\2[ \t]*\r?\n)?(?:[ \t]*(?:#[^\n]*)?\r?\n|from __future__ import[^\n]*\n)*/.exec(
      text,
    );
  return head?.[0].length ?? 0;
}

function ofRuby(facts: LoadingFacts): Loading {
  const { text, file, manifests } = facts;
  const gems = manifests.get('Gemfile') ?? '';
  const names = /^\.env(?:\.local)?$/;
  if (/\bdotenv-rails\b/.test(gems) && names.test(file)) return { message: `dotenv-rails loads ${file} by itself.` };
  if (/\bdotenv\b/.test(gems) && /\brails\b/.test(gems) && names.test(file))
    return { message: `dotenv loads ${file} for Rails by itself.` };
  if (/dotenv\/load|\bDotenv\.(?:load|overload)/.test(text)) return { message: `This file loads ${file} itself.` };
  if (!/['"]dotenv['"]/.test(gems)) return unloaded(facts);
  const end = lineEndOf(text);
  const lines =
    file === '.env' ? `${words.need} "dotenv/load"${end}` : `${words.need} "dotenv"${end}Dotenv.load("${file}")${end}`;
  const at = /^\uFEFF?(?:#[^\n]*\n)*/.exec(text)?.[0].length ?? 0;
  return {
    message: `Nothing here loads ${file} yet. The project has dotenv, which can.`,
    offer: { kind: 'document', label: 'Load It with dotenv', edit: { start: at, end: at, text: lines } },
  };
}

function ofPhp(facts: LoadingFacts): Loading {
  const { text, file, manifests } = facts;
  const composer = manifests.get('composer.json') ?? '';
  if (/"laravel\/framework"/.test(composer) && file === '.env') return { message: 'Laravel loads .env by itself.' };
  if (/"symfony\/(?:dotenv|runtime|framework-bundle)"/.test(composer) && /^\.env(?:\.local)?$/.test(file))
    return { message: `Symfony loads ${file} by itself.` };
  if (/\bDotenv\b/.test(text)) return { message: `This file loads ${file} itself.` };
  return unloaded(facts);
}

interface Library {
  readonly manifest: string;
  readonly library: RegExp;
  readonly used: RegExp;
  readonly name: string;
}

function ofOthers(facts: LoadingFacts, { manifest, library, used, name }: Library): Loading {
  if (used.test(facts.text)) return { message: `This file loads ${facts.file} itself.` };
  const loading = unloaded(facts);
  if (!library.test(facts.manifests.get(manifest) ?? '')) return loading;
  return { ...loading, message: `Nothing in this file loads ${facts.file}. The project has ${name}, which can.` };
}
