import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { runCommand } from '../host/runCommand.ts';
import { toolEnvironment } from '../tiers/toolEnvironment.ts';

const hour = 3_600_000;

/** What is too long, or needs too much of a machine, for every change: each a program whose exit status is its judgement. */
const judges: Readonly<Record<string, readonly string[]>> = {
  /** Changes the security core a line at a time and asks whether a test notices. KEYSMITH_MUTATE takes globs of a part of it. */
  mutation: ['stryker', 'run', join(import.meta.dirname, 'stryker.config.mjs')],
  /** Fixes keys that are put at random into source files of this machine, and parses the result. */
  realCode: ['node', join(import.meta.dirname, 'realCode.ts')],
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !(name in judges));
if (unknown.length > 0) {
  console.error(`No judge ${unknown.join(', ')}. There are: ${Object.keys(judges).join(', ')}.`);
  process.exit(2);
}
let failed = 0;
for (const [name, [program = '', ...args]] of Object.entries(judges)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n=== ${name} ===`);
  const { code } = await runCommand(program, args, {
    cwd: repositoryRoot,
    env: toolEnvironment(),
    show: true,
    limit: 3 * hour,
  });
  console.log(`${name}: ${code === 0 ? 'passed' : `failed (${code})`}`);
  if (code !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
