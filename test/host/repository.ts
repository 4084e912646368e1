import { join } from 'node:path';

/** Absolute path of the repository. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');

/** Git-ignored folder for downloads and data of the hosts. */
export const hostFolder = join(repositoryRoot, '.vscode-test');
