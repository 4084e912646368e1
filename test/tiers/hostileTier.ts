import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Canary } from '../hostile/canary.ts';
import { repositories, Site, type HostileWorkspace } from '../hostile/repositories.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import { runUntrustedSuite } from './editorTier.ts';
import { runMochaTier } from './mochaTier.ts';
import { Skip } from './tierResult.ts';
import type { TierResult } from './tierResult.ts';

const second = 1000;
const minute = 60 * second;

/** Repositories that try to harm, built at run time: through the command line and the language server, then all at once in an editor. */
export async function runHostileTier(log: (line: string) => void): Promise<TierResult> {
  const programs = await runMochaTier({
    pattern: 'test/hostile/**/*.test.ts',
    timeout: 5 * minute,
    limit: 30 * minute,
  });
  const editor = await openInEditor(log).catch((error: unknown): TierResult => {
    if (!(error instanceof Skip)) throw error;
    return { passed: 0, failed: 0, skipped: 1, note: `hostile tier, in the editor: ${error.message}` };
  });
  const note = [programs.note, editor.note].filter(Boolean).join('\n');
  return {
    passed: programs.passed + editor.passed,
    failed: programs.failed + editor.failed,
    skipped: programs.skipped + editor.skipped,
    note,
  };
}

/** All of them in one window that is not trusted, under settings of the folder that would hide everything. */
export async function openInEditor(log: (line: string) => void): Promise<TierResult> {
  await using folder = await throwawayFolder();
  const workspace = join(folder.path, 'workspace');
  await mkdir(workspace);
  const canary = new Canary();
  const built = repositories
    .filter(({ tooMuchForEditors }) => !tooMuchForEditors)
    .map((hostile, index) => {
      const name = `repository${index}`;
      hostile.make(new Site(join(workspace, name), join(folder.path, `outside${index}`), canary.program));
      return { name: hostile.name, folder: name, environment: hostile.environment };
    });
  const described: HostileWorkspace = { canary: canary.notes, repositories: built };
  await writeFile(join(workspace, 'hostile.json'), JSON.stringify(described));
  // What the repositories' settings would have the editor and the guard do.
  await mkdir(join(workspace, '.vscode'));
  await writeFile(
    join(workspace, '.vscode/settings.json'),
    JSON.stringify({
      'keysmith.guard.enabled': false,
      'keysmith.guard.rules': { 'live-secret-key': 'off' },
      'keysmith.clipboard.clearAfterSeconds': 0,
      'keysmith.reveal.hideAfterSeconds': 600,
      'keysmith.emulator.port': 1,
      'keysmith.trace.server': { verbosity: 'verbose', format: 'json' },
      'files.exclude': { '**/*.py': true },
      'git.path': canary.program,
    }),
  );
  try {
    return await runUntrustedSuite('hostile', workspace, log);
  } finally {
    canary.remove();
  }
}
