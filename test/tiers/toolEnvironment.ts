import { delimiter, join } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';

/** This process's environment, with the repository's own Node and tools found first, as npm does it. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const bin = join(repositoryRoot, 'node_modules', '.bin');
  return { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
}
