import { parseArgs } from 'node:util';
import { ensurePrograms } from './host/programs.ts';
import { repositoryRoot } from './host/repository.ts';
import { runCommand } from './host/runCommand.ts';
import { runCheckTier } from './tiers/checkTier.ts';
import { ensureServerHost, runEditorTier } from './tiers/editorTier.ts';
import { runHostileTier } from './tiers/hostileTier.ts';
import { runMochaTier } from './tiers/mochaTier.ts';
import { Skip } from './tiers/tierResult.ts';
import type { Tier, TierResult } from './tiers/tierResult.ts';
import { toolEnvironment } from './tiers/toolEnvironment.ts';

const second = 1000;
const minute = 60 * second;

const tiers: readonly Tier[] = [
  { name: 'check', run: runCheckTier },
  {
    name: 'unit',
    async run(log) {
      await ensurePrograms(['ruby', 'php', 'perl', 'python3'], log);
      return await runMochaTier({ pattern: 'test/unit/**/*.test.ts', timeout: 10 * second, limit: 5 * minute });
    },
  },
  {
    name: 'wire',
    needs: 'build',
    async run(log) {
      const compilers = ['go', 'javac', 'kotlinc', 'rustc', 'mcs', 'dash', 'ruby', 'php', 'python3'] as const;
      await ensurePrograms(['curl', ...compilers], log);
      return await runMochaTier({ pattern: 'test/wire/**/*.test.ts', timeout: 30 * second, limit: 10 * minute });
    },
  },
  {
    name: 'hostile',
    needs: 'build',
    async run(log) {
      await ensurePrograms(['python3'], log);
      return await runHostileTier(log);
    },
  },
  { name: 'editor', needs: 'build', run: runEditorTier },
  {
    name: 'ui',
    needs: 'package',
    async run(log) {
      await ensureServerHost(log);
      const again = true; // a browser before an editor: what fails twice, each time in a new one, has failed
      return await runMochaTier({ pattern: 'test/ui/**/*.test.ts', timeout: 2 * minute, limit: 20 * minute, again });
    },
  },
];

const log = (line: string) => console.log(line);
const made = new Map<string, Promise<boolean>>();

/** Runs an npm script once, however many tiers need what it makes. Throws where it fails. */
async function make(script: 'build' | 'package'): Promise<void> {
  const run = async () => {
    const { code, output } = await runCommand('npm', ['run', script], { cwd: repositoryRoot, env: toolEnvironment() });
    if (code !== 0) log(output);
    return code === 0;
  };
  const done = made.get(script) ?? run();
  made.set(script, done);
  if (!(await done)) throw new Error(`npm run ${script} failed`);
}

async function runTier(tier: Tier): Promise<TierResult> {
  try {
    if (tier.needs) await make(tier.needs);
    return await tier.run(log);
  } catch (error) {
    const because = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : '';
    if (error instanceof Skip) {
      log(`SKIPPED ${tier.name} tier: ${error.message}${because}`);
      return { passed: 0, failed: 0, skipped: 1, note: `SKIPPED ${tier.name} tier: ${error.message}` };
    }
    log(`FAILED ${tier.name} tier: ${error instanceof Error ? error.message : String(error)}${because}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function wantedTiers(): readonly Tier[] {
  const { positionals } = parseArgs({ allowPositionals: true });
  const named = positionals.length > 0 ? positionals : (process.env['KEYSMITH_TIERS'] ?? '').split(',').filter(Boolean);
  const unknown = named.filter((name) => !tiers.some((tier) => tier.name === name));
  if (unknown.length > 0) {
    console.error(`No tier ${unknown.join(', ')}. There are: ${tiers.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return named.length > 0 ? tiers.filter(({ name }) => named.includes(name)) : tiers;
}

const results: (TierResult & { readonly name: string; readonly seconds: number })[] = [];
for (const tier of wantedTiers()) {
  log(`\n=== ${tier.name} ===`);
  const started = performance.now();
  const result = await runTier(tier);
  results.push({ name: tier.name, seconds: (performance.now() - started) / second, ...result });
}

const row = (...cells: readonly string[]) =>
  log(cells.map((cell, index) => (index ? cell.padStart(9) : cell.padEnd(8))).join(''));
log('');
row('tier', 'passed', 'failed', 'skipped', 'seconds');
for (const { name, passed, failed, skipped, seconds } of results) {
  row(name, String(passed), String(failed), String(skipped), seconds.toFixed(1));
}
for (const { note } of results) if (note) log(note);
const sum = (field: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[field], 0);
log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
