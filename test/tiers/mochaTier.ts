import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { runCommand } from '../host/runCommand.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import type { FileCounts } from './countingReporter.ts';
import { Skip } from './tierResult.ts';
import type { TierResult } from './tierResult.ts';
import { toolEnvironment } from './toolEnvironment.ts';

interface MochaTierOptions {
  /** Of the repository, with `/`. */
  readonly pattern: string;
  /** Milliseconds for one test. */
  readonly timeout: number;
  /** Milliseconds for all of them. */
  readonly limit: number;
  /** Whether a file in which something failed is run once more, whole. What passes only then is named after the table. */
  readonly again?: boolean;
}

/** Runs the files in a mocha process of their own, whose output goes to this terminal. */
export async function runMochaTier({ pattern, again = false, ...times }: MochaTierOptions): Promise<TierResult> {
  if (globSync(pattern, { cwd: repositoryRoot }).length === 0) throw new Skip(`no file matches ${pattern}`);
  const first = await runMocha([pattern], times);
  const failing = Object.entries(first.files).filter(([file, { failed }]) => file !== '' && failed > 0);
  if (!again || failing.length === 0) return resultOf(first);

  const names = failing.map(([file]) => relative(repositoryRoot, file));
  console.log(`\nOnce more, as something failed in it: ${names.join(', ')}`);
  const second = await runMocha(names, times);
  const mended = failing.filter(([file]) => second.files[file]?.failed === 0);
  const notes = mended.map(
    ([file, { failures }]) =>
      `PASSED AT THE SECOND TRY ONLY: ${relative(repositoryRoot, file)} (${failures.join('; ')})`,
  );
  const result = resultOf({ code: second.code, files: { ...first.files, ...second.files } });
  return { ...result, note: [result.note, ...notes].filter(Boolean).join('\n') };
}

interface MochaRun {
  readonly code: number;
  /** By absolute path. */
  readonly files: Readonly<Record<string, FileCounts>>;
}

async function runMocha(
  files: readonly string[],
  { timeout, limit }: Pick<MochaTierOptions, 'timeout' | 'limit'>,
): Promise<MochaRun> {
  await using folder = await throwawayFolder();
  const output = join(folder.path, 'counts.json');
  const mocha = join(repositoryRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const reporter = join(import.meta.dirname, 'countingReporter.ts');
  const args = ['--forbid-only', '--timeout', String(timeout), '--reporter', reporter];
  const { code } = await runCommand(
    process.execPath,
    [mocha, ...args, '--reporter-option', `output=${output}`, ...files],
    { cwd: repositoryRoot, env: toolEnvironment(), show: true, limit },
  );
  const counts = await readFile(output, 'utf8').catch(() => undefined);
  if (counts === undefined) throw new Error(`mocha ended with code ${code} before its tests did`);
  return { code, files: JSON.parse(counts) as MochaRun['files'] };
}

function resultOf({ code, files }: MochaRun): TierResult {
  const sum = (field: 'passed' | 'failed' | 'skipped') =>
    Object.values(files).reduce((total, counts) => total + counts[field], 0);
  const result = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  if (code === 0 || result.failed > 0) return result;
  // All passed, and still: something kept the process alive past the limit, or ended it with an error.
  return { ...result, failed: 1, note: `after its tests, mocha ended with code ${code}` };
}
