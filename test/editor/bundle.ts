import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../host/repository.ts';

/**
 * Bundles all tests of a folder below `test/editor` into one CommonJS file that exports `run(): Promise<void>`, and
 * returns its absolute path. A new file of tests needs no entry anywhere. Throws where one does not compile, or where
 * there is none.
 */
export async function bundleEditorSuite(name: string): Promise<string> {
  const folder = import.meta.dirname;
  const files = globSync(`${name}/**/*.test.ts`, { cwd: folder }).toSorted();
  if (files.length === 0) throw new Error(`there are no tests in test/editor/${name}`);
  const loaders = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)}),`);
  const outfile = join(repositoryRoot, 'out', 'test', `${name}.cjs`);
  await build({
    stdin: {
      contents: `import { runSuite } from './main.ts';\nexport const run = () => runSuite({\n${loaders.join('\n')}\n});`,
      resolveDir: folder,
      loader: 'ts',
      sourcefile: 'entry.ts',
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
