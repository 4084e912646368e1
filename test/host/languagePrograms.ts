import { spawnSync } from 'node:child_process';
import { canInstall, installPackages } from './debianPackages.ts';

/** Programs that judge whether a text is code of their language, by the Debian packages that have them. */
const packages = { ruby: 'ruby', php: 'php-cli', perl: 'perl', python3: 'python3' } as const;

/** Installs the languages that are missing where that is allowed; what is still missing is for the tests to say. */
export async function ensureLanguagePrograms(log: (line: string) => void): Promise<void> {
  const missing = Object.entries(packages).filter(([program]) => spawnSync(program, ['--version']).error);
  if (missing.length > 0 && canInstall())
    await installPackages(
      missing.map(([, name]) => name),
      log,
    );
}
