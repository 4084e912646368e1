import { repositoryRoot } from '../host/repository.ts';
import { runCommand } from '../host/runCommand.ts';
import type { TierResult } from './tierResult.ts';
import { toolEnvironment } from './toolEnvironment.ts';

const checks = [
  ['types', 'tsc'],
  ['types of the webview', 'tsc', '-p', 'src/webview'],
  ['types of what runs on Node 20', 'tsc', '-p', 'tsconfig.node20.json'],
  ['lint', 'oxlint'],
  ['format', 'oxfmt', '--check'],
] as const;

/** Types, lint and format: five tests. */
export async function runCheckTier(log: (line: string) => void): Promise<TierResult> {
  let failed = 0;
  for (const [name, command, ...args] of checks) {
    const { code, output } = await runCommand(command, args, { cwd: repositoryRoot, env: toolEnvironment() });
    log(code === 0 ? `  ok ${name} (${command})` : `  FAILED ${name} (${command} ended with code ${code})\n${output}`);
    if (code !== 0) failed += 1;
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}
