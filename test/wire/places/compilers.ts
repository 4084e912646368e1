import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { elementTypes } from './typescript.ts';
import { key, usualName } from './fixRow.ts';
import { repositoryRoot } from '../../host/repository.ts';

export interface Program {
  readonly name: string;
  readonly text: string;
}

/** Judges programs: what is wrong with them, by name, in the words of their compiler; undefined where there is none of it. */
export type Compiler = (folder: string, programs: readonly Program[]) => readonly string[] | undefined;

interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly stdout: string;
  readonly missing: boolean;
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Ran {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1e8 });
  return {
    status: done.status,
    output: done.stdout + done.stderr,
    stdout: done.stdout,
    missing: done.error !== undefined,
  };
}

function write(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** One compiler for all programs at once. */
const together =
  (
    place: (name: string, text: string) => Program,
    command: string,
    args: (files: readonly string[]) => readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Compiler =>
  (folder, programs) => {
    const files = programs
      .map(({ name, text }) => place(name, text))
      .map(({ name, text }) => write(folder, name, text));
    for (const [name, text] of Object.entries(more)) write(folder, name, text);
    const { status, output, missing } = run(command, args(files), folder);
    if (missing) return undefined;
    return status === 0 ? [] : [output.slice(0, 4000)];
  };

/** A program that only checks, called for each. */
const each =
  (command: string, args: readonly string[], extension: string): Compiler =>
  (folder, programs) => {
    const faults: string[] = [];
    for (const { name, text } of programs) {
      const { status, output, missing } = run(command, [...args, write(folder, `${name}.${extension}`, text)], folder);
      if (missing) return undefined;
      if (status !== 0) faults.push(`${name}: ${output.slice(0, 500)}`);
    }
    return faults;
  };

const parseModules = `import { readFileSync } from 'node:fs';
import { SourceTextModule } from 'node:vm';
for (const file of process.argv.slice(2)) {
  try {
    new SourceTextModule(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(file, error);
    process.exitCode = 1;
  }
}
`;
const strict = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    moduleDetection: 'force',
    strict: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    noImplicitOverride: true,
    jsx: 'preserve',
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(repositoryRoot, 'node_modules/@types')],
  },
  include: ['*.ts', '*.tsx'],
};
const tsc = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
const typescript = (extension: string): Compiler =>
  together(
    (name, text) => ({ name: `${name}.${extension}`, text }),
    process.execPath,
    () => [tsc, '-p', '.'],
    { 'tsconfig.json': JSON.stringify(strict), 'elements.d.ts': elementTypes },
  );

export const compilers = {
  typescript: typescript('ts'),
  tsx: typescript('tsx'),
  /** The parser of Node itself, in one process. */
  module: together(
    (name, text) => ({ name: `${name}.mjs`, text }),
    process.execPath,
    (files) => ['--experimental-vm-modules', '--no-warnings', 'parse.mjs', ...files],
    { 'parse.mjs': parseModules },
  ),
  element: each(
    join(repositoryRoot, 'node_modules/esbuild/bin/esbuild'),
    ['--jsx=preserve', '--log-level=error', '--outfile=/dev/null'],
    'jsx',
  ),
  go: together(
    (name, text) => ({ name: `${name}/${name}.go`, text }),
    'go',
    () => ['vet', './...'],
    {
      'go.mod': 'module example.com/p\n\ngo 1.19\n',
    },
  ),
  java: together(
    (name, text) => ({ name: `${name}/A.java`, text: `package ${name};\n${text}` }),
    'javac',
    (files) => ['-nowarn', '-d', 'out', ...files],
  ),
  kotlin: together(
    (name, text) => ({ name: `${name}.kt`, text: `package ${name}\n\n${text}` }),
    'kotlinc',
    (files) => ['-nowarn', '-d', 'out', ...files],
  ),
  rust: (folder, programs) => {
    const crate = programs.map(({ name }) => `pub mod ${name};\n`).join('');
    for (const { name, text } of programs) write(folder, `${name}.rs`, text);
    write(folder, 'lib.rs', `#![allow(dead_code, unused)]\n${crate}`);
    const args = ['--edition', '2021', '--crate-type', 'lib', '--emit', 'metadata', '--out-dir', folder, 'lib.rs'];
    const { status, output, missing } = run('rustc', args, folder);
    if (missing) return undefined;
    return status === 0 ? [] : [output.slice(0, 4000)];
  },
  csharp: together(
    (name, text) => ({ name: `${name}.cs`, text }),
    'mcs',
    (files) => ['-target:library', '-nowarn:169,414,649', '-out:out.dll', ...files],
  ),
  terraform: (folder, programs) => {
    const faults: string[] = [];
    for (const { name, text } of programs) {
      const own = dirname(write(folder, `${name}/main.tf`, text));
      const { status, output, missing } = run('terraform', ['validate', '-no-color'], own);
      if (missing) return undefined;
      if (status !== 0) faults.push(`${name}: ${output.slice(0, 500)}`);
    }
    return faults;
  },
} satisfies Record<string, Compiler>;

/** What programs print when the variable holds the key, by name; undefined where there is nothing to run them. */
export type Runner = (folder: string, programs: readonly Program[]) => ReadonlyMap<string, string> | undefined;

const variable = { [usualName]: key, KEY: key };

/** Each in a process of its own. */
const alone =
  (command: string, args: readonly string[]): Runner =>
  (folder, programs) => {
    const prints = new Map<string, string>();
    for (const { name, text } of programs) {
      const { stdout, output, status, missing } = run(command, [...args, write(folder, name, text)], folder, variable);
      if (missing) return undefined;
      prints.set(name, status === 0 ? stdout : `ended with ${status}: ${output}`);
    }
    return prints;
  };

/** All in one process, by a program of their language that says what each prints, as JSON. */
const inOne =
  (command: string, args: readonly string[], driver: Program): Runner =>
  (folder, programs) => {
    const files = programs.map(({ name, text }) => write(folder, name, text));
    const { stdout, output, missing } = run(
      command,
      [...args, write(folder, driver.name, driver.text), ...files],
      folder,
      variable,
    );
    if (missing) return undefined;
    try {
      const prints = JSON.parse(stdout) as readonly string[];
      return new Map(programs.map(({ name }, index) => [name, prints[index] ?? '']));
    } catch {
      throw new Error(output.slice(0, 2000));
    }
  };

const pythonDriver = `import contextlib, io, json, runpy, sys
prints = []
for file in sys.argv[1:]:
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(file, run_name="__main__")
        prints.append(out.getvalue())
    except BaseException as error:
        prints.append("ended with " + repr(error))
print(json.dumps(prints))
`;
const rubyDriver = `require 'json'
require 'stringio'
prints = ARGV.map do |file|
  out = $stdout = StringIO.new
  begin
    load file, true
    out.string
  rescue Exception => error
    "ended with #{error.full_message}"
  end
end
$stdout = STDOUT
puts prints.to_json
`;

export const runners = {
  node: alone(process.execPath, []),
  php: alone('php', []),
  dash: alone('dash', []),
  bash: alone('bash', []),
  python: inOne('python3', [], { name: 'driver.py', text: pythonDriver }),
  ruby: inOne('ruby', ['-W0'], { name: 'driver.rb', text: rubyDriver }),
} satisfies Record<string, Runner>;
