import { join } from 'node:path';
import { ownSystem } from '../shared/system.ts';

/** The program `keysmith` in the folder that is put before others in the terminals' path. */
export const launcherFile = (folder: string): string => join(folder, ownSystem().launcherName);
