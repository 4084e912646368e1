import { existsSync } from 'node:fs';
import { runCommand } from './runCommand.ts';

/** Whether this process may install packages: it is root on Debian or Ubuntu. */
export const canInstall = (): boolean =>
  process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');

/** Installs packages; where that fails, says so in `log`, and they are missing. */
export async function installPackages(packages: readonly string[], log: (line: string) => void): Promise<void> {
  log(`Installing ${packages.join(', ')} with apt-get (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { code, output } = await runCommand('apt-get', args, { cwd: '/', env });
    if (code !== 0) return log(`apt-get ${args[0]} ended with code ${code}:\n${output.slice(-1000)}`);
  }
}
