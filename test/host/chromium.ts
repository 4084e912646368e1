import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstall, installPackages } from './debianPackages.ts';
import { runCommand } from './runCommand.ts';

/** Headless, as root too, and silent towards the network. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Absolute path of a Chromium or Chrome: `KEYSMITH_CHROMIUM`, else the usual places. Where there is none and this is
 * root on Debian or Ubuntu it is installed (a minute). Otherwise says in `log` what to do and returns undefined.
 */
export async function ensureChromium(log: (line: string) => void): Promise<string | undefined> {
  const named = process.env['KEYSMITH_CHROMIUM'];
  if (named) {
    if (isExecutable(named)) return named;
    log(`KEYSMITH_CHROMIUM names no program that can be run: ${named}`);
    return undefined;
  }
  const found = findChromium();
  if (found) return found;
  if (canInstall()) {
    await installPackages(['chromium', 'fonts-liberation', 'fonts-dejavu-core'], log);
    const installed = findChromium();
    if (installed) return installed;
  }
  log(
    'No Chromium found. Install it (Debian, Ubuntu: sudo apt-get install chromium) or set KEYSMITH_CHROMIUM to its path.',
  );
  return undefined;
}

/** Like `Chromium 156`; only `Chromium` where it does not tell. */
export async function chromiumName(executablePath: string): Promise<string> {
  const { output } = await runCommand(executablePath, ['--version'], { cwd: '/' });
  return /(?:Chromium|Google Chrome) \d+/.exec(output)?.[0] ?? 'Chromium';
}

function findChromium(): string | undefined {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)].filter(Boolean);
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications];
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
