import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { runCommand } from '../host/runCommand.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
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
}

/** Runs the files in a mocha process of their own, whose output goes to this terminal. */
export async function runMochaTier({ pattern, timeout, limit }: MochaTierOptions): Promise<TierResult> {
  if (globSync(pattern, { cwd: repositoryRoot }).length === 0) throw new Skip(`no file matches ${pattern}`);
  await using folder = await throwawayFolder();
  const output = join(folder.path, 'counts.json');
  const mocha = join(repositoryRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const reporter = join(import.meta.dirname, 'countingReporter.ts');
  const args = ['--forbid-only', '--timeout', String(timeout), '--reporter', reporter];
  const { code } = await runCommand(
    process.execPath,
    [mocha, ...args, '--reporter-option', `output=${output}`, pattern],
    { cwd: repositoryRoot, env: toolEnvironment(), show: true, limit },
  );
  const counts = await readFile(output, 'utf8').catch(() => undefined);
  if (counts === undefined) throw new Error(`mocha ended with code ${code} before its tests did`);
  const result = JSON.parse(counts) as TierResult;
  if (code === 0 || result.failed > 0) return result;
  // All passed, and still: something kept the process alive past the limit, or ended it with an error.
  return { ...result, failed: 1, note: `after its tests, mocha ended with code ${code}` };
}
