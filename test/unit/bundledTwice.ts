import { join, relative } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { lazyFiles } from '../../scripts/lazyFiles.ts';

const root = join(import.meta.dirname, '../..');

async function inputsOf(options: BuildOptions): Promise<string[]> {
  const { metafile } = (await build({
    ...options,
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    metafile: true,
  })) as { metafile: Metafile };
  return Object.keys(metafile.inputs);
}

/** The files that the extension's start and a lazy file both bundle, below `src`, by the bundler's own account: each is there twice. */
export async function bundledTwice(): Promise<string[]> {
  const lazy: Record<string, string> = {};
  const start = new Set(await inputsOf({ entryPoints: ['src/extension.ts'], plugins: [lazyFiles(lazy)] }));
  const rest = await inputsOf({ entryPoints: lazy, splitting: true });
  return rest.filter((path) => start.has(path)).map((path) => relative('src', path));
}
