import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import { fakeToken } from '../unit/fixtures.ts';
import { median } from './load/compare.ts';

type Log = (line: string) => void;

const rounds = 7;
const cli = join(repositoryRoot, 'dist', 'cli.js');
/** The same prefixes that we look for. */
const patterns = ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_org_', 'rkcs_', 'whsec_', 'oak_'];
/** What a machine with this repository has: code of many people, and a system's texts. */
const trees = [join(repositoryRoot, 'node_modules'), '/usr/share'].filter((path) => existsSync(path));

interface Run {
  readonly ms: number;
  /** The most memory the process had, in MB. */
  readonly peak: number;
}

/**
 * A scan of installed trees, side by side with ripgrep (2 threads, the same prefixes, the same files) and, on a part of them, with
 * secretlint 13 and its recommended rules. Goals: at most 1.25 times ripgrep's time and 150 MB; 40 times as fast as secretlint; an
 * unchanged tree faster than ripgrep.
 */
export async function bench(log: Log): Promise<void> {
  await using folder = await throwawayFolder();
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  if (!hasRipgrep) log('ripgrep is not installed: Debian has it as ripgrep');
  for (const tree of trees) {
    const counted = JSON.parse(
      spawnSync(process.execPath, [cli, 'scan', '--no-ignore', '--format', 'json', tree], {
        encoding: 'utf8',
        maxBuffer: 1e9,
      }).stdout,
    ) as {
      files: number;
      bytes: number;
    };
    log(`${tree}: ${counted.files} files, ${(counted.bytes / 1e6).toFixed(0)} MB, medians of ${rounds} rounds`);
    const ours: Run[] = [];
    const theirs: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      if (hasRipgrep) theirs.push(await run('rg', ripgrep(tree)));
      ours.push(await run(process.execPath, [cli, 'scan', '--no-ignore', '--format', 'json', tree]));
    }
    const base = hasRipgrep ? row(log, 'ripgrep, 2 threads', theirs) : undefined;
    row(log, 'keysmith scan, a process each', ours, base);
    await inProcess(log, tree, join(folder.path, 'scan.json'), base);
    log('');
  }
  await secretlint(log, folder.path);
}

const ripgrep = (tree: string): string[] => [
  '-j2',
  '--no-ignore',
  '--hidden',
  '--count',
  ...patterns.flatMap((pattern) => ['-e', pattern]),
  tree,
];

function row(log: Log, name: string, runs: readonly Run[], base?: number): number {
  const ms = median(runs.map((one) => one.ms));
  const peak = median(runs.map((one) => one.peak));
  const part = base === undefined ? '' : `${(ms / base).toFixed(2)} x ripgrep`;
  log(
    `  ${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms ${peak > 0 ? `${peak.toFixed(0).padStart(5)} MB` : '        '}  ${part}`,
  );
  return ms;
}

/** Runs a program to its end and reads its peak memory while it lives. */
function run(command: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const timed = existsSync('/usr/bin/time');
    const child = timed
      ? spawn('/usr/bin/time', ['-f', '%M', command, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
      : spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', () =>
      resolve({
        ms: performance.now() - started,
        peak: timed ? Number(/(\d+)\s*$/.exec(stderr)?.[1] ?? 0) / 1000 : 0,
      }),
    );
  });
}

/** In a process that lives on, as the editor's server does: the first scan, and those of the unchanged tree. */
async function inProcess(log: Log, tree: string, cache: string, base: number | undefined): Promise<void> {
  const { scan } = await import('../../src/leaks/scan/scan.ts');
  const { ThreadPool } = await import('../../src/leaks/scan/threadPool.ts');
  const pool = new ThreadPool();
  await rm(cache, { force: true });
  const fresh: Run[] = [];
  for (let round = 0; round < rounds; round += 1)
    fresh.push({ ms: (await scan({ roots: [tree], ignoreFiles: false }, pool)).ms, peak: 0 });
  row(log, 'the same in a running process', fresh, base);
  await scan({ roots: [tree], ignoreFiles: false, cache }, pool);
  const again: Run[] = [];
  for (let round = 0; round < rounds; round += 1)
    again.push({ ms: (await scan({ roots: [tree], ignoreFiles: false, cache }, pool)).ms, peak: 0 });
  row(log, 'again, the tree unchanged', again, base);
}

/** On a copy: secretlint reads nothing below a folder named node_modules. A planted key tells that both looked. */
async function secretlint(log: Log, folder: string): Promise<void> {
  const home = join(folder, 'secretlint');
  await mkdir(home, { recursive: true });
  const packages = ['secretlint@13', '@secretlint/secretlint-rule-preset-recommend@13'];
  const installed = spawnSync('npm', ['install', '--silent', '--no-save', '--prefix', home, ...packages]);
  if (installed.status !== 0) return log('secretlint could not be installed: it is not compared');
  const rules = join(home, '.secretlintrc.json');
  await writeFile(rules, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
  const tree = join(folder, 'tree');
  await cp(join(repositoryRoot, 'node_modules'), tree, { recursive: true, verbatimSymlinks: true });
  await writeFile(join(tree, 'planted.js'), `const key = '${fakeToken('sk_live', 24)}';\n`);
  const program = join(home, 'node_modules', 'secretlint', 'bin', 'secretlint.js');
  const theirs = [program, '--secretlintrc', rules, '--format', 'json', `${tree}/**/*`];
  const ours = [cli, 'scan', '--no-ignore', '--format', 'json', tree];
  log('a copy of node_modules, with secretlint 13; each found the planted key:');
  const base = row(log, 'secretlint, its recommended rules', [await finding(theirs)]);
  const ms = row(log, 'keysmith scan, a process each', [await finding(ours), await finding(ours), await finding(ours)]);
  log(`  ${(base / ms).toFixed(0)} times as fast`);
}

async function finding(args: readonly string[]): Promise<Run> {
  const found = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 });
  if (!found.stdout.includes('planted.js')) throw new Error(`It did not find the planted key: ${found.stderr}`);
  return await run(process.execPath, args);
}

if (import.meta.main) await bench((text) => console.log(text));
