import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { env, execPath } from 'node:process';
import { parseArgs } from 'node:util';
import { grammarFiles, runtimeFile } from '../src/leaks/places/grammarFiles.ts';
import { outputsFile, type BuiltOutputs } from './builtOutputs.ts';
import { noticesText, packageFolders, readPackage } from './thirdPartyNotices.ts';

/**
 * Packs the command line of the build that is in `dist/`, with what it needs and nothing else, as a package that npm installs:
 * `keysmith-VERSION.tgz`. It is staged in a folder of its own, for the extension's manifest is another.
 *
 *   node scripts/packCli.ts [--out FOLDER]
 */
const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: root } } });

const outputs = JSON.parse(await readFile(join(root, outputsFile), 'utf8')) as BuiltOutputs;
const files = reached(outputs, 'dist/cli.js');
const inputs = new Set([...files].flatMap((file) => outputs[file]?.inputs ?? []));
const grammars = inputs.has('src/leaks/places/grammars.ts') ? [runtimeFile, ...Object.values(grammarFiles)] : [];
for (const file of grammars) files.add(`dist/grammars/${basename(file)}`);

const staged = await mkdtemp(join(tmpdir(), 'keysmith-package-'));
try {
  for (const file of files) {
    await mkdir(dirname(join(staged, file)), { recursive: true });
    await copyFile(join(root, file), join(staged, file));
  }
  await copyFile(join(root, 'LICENSE'), join(staged, 'LICENSE'));
  await copyFile(join(root, 'docs', 'command-line.md'), join(staged, 'README.md'));
  const folders = packageFolders([...inputs, ...grammars.map((file) => `node_modules/${file}`)]);
  const packages = await Promise.all(folders.map((folder) => readPackage(root, folder)));
  await writeFile(join(staged, 'THIRD-PARTY-NOTICES.txt'), noticesText(packages));
  await writeFile(join(staged, 'package.json'), `${JSON.stringify(await manifest(), undefined, 2)}\n`);
  pack(staged, resolve(values.out));
} finally {
  await rm(staged, { recursive: true });
}

/** The files of the bundle that are loaded from one of them, also as programs of their own. */
function reached(built: BuiltOutputs, from: string): Set<string> {
  const found = new Set<string>();
  const waiting = [from];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const output = built[file];
    if (!output) throw new Error(`the build has no ${file}`);
    found.add(file);
    waiting.push(...output.imports, ...output.inputs.flatMap(programsNamedIn));
  }
  return found;
}

/** Threads and processes are started by the name of their file, which no import tells. */
function programsNamedIn(source: string): string[] {
  if (!source.startsWith('src/') || source === 'src/shared/programFile.ts') return [];
  const text = readFileSync(join(root, source), 'utf8');
  return [...text.matchAll(/\bprogramFile\('(?<name>\w+)'/g)].map(({ groups }) => `dist/${groups?.['name']}.js`);
}

async function manifest(): Promise<object> {
  const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown> & {
    engines: { node: string };
  };
  const { name, version, license, repository, homepage, bugs, type, bin, engines } = own;
  return {
    name,
    version,
    description:
      "Finds hard-coded Stripe keys in files, commits and histories, and emulates Stripe's authentication on this machine. Not made by Stripe.",
    license,
    repository,
    homepage,
    bugs,
    type,
    bin,
    engines: { node: engines.node },
  };
}

function pack(folder: string, out: string): void {
  const args = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', out];
  const npm = env['npm_execpath']; // on Windows `npm` is no program but a batch file
  const [program, ...before] = npm?.endsWith('.js') ? [execPath, npm] : ['npm'];
  const { status, error } = spawnSync(program, [...before, ...args], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`npm pack ended with ${status}`);
}
