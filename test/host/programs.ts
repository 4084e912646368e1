import { spawnSync } from 'node:child_process';
import { canInstall, installPackages } from './debianPackages.ts';

/** Programs that judge what the extension writes, by the Debian packages that have them. */
const packages = {
  ruby: 'ruby',
  php: 'php-cli',
  perl: 'perl',
  python3: 'python3',
  curl: 'curl',
  dash: 'dash',
  go: 'golang-go',
  javac: 'default-jdk-headless',
  kotlinc: 'kotlin',
  rustc: 'rustc',
  mcs: 'mono-mcs',
} as const;
export type Program = keyof typeof packages;

export const isInstalled = (program: Program): boolean => spawnSync(program, ['--version']).error === undefined;

/** Installs the programs that are missing where that is allowed; what is still missing is for the tests to say. */
export async function ensurePrograms(programs: readonly Program[], log: (line: string) => void): Promise<void> {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > 0 && canInstall())
    await installPackages(
      missing.map((program) => packages[program]),
      log,
    );
}
