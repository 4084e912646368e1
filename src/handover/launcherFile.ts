import { join } from 'node:path';
import { platform } from 'node:process';

/** The program `keysmith` in the folder that is put before others in the terminals' path. */
export const launcherFile = (folder: string): string =>
  join(folder, platform === 'win32' ? 'keysmith.cmd' : 'keysmith');
