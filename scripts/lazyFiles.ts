import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * The editor waits for every file that the extension loads at its start, and for a split bundle that is a dozen: 47 ms against 23.
 * So what loads at once is one file without chunks, and every `import()` in it leads to a file of `dist/lazy/`, built with the programs.
 * A module that both sides use is there twice: it must hold no state of its own, and its classes are not told by `instanceof`.
 *
 * @param lazy takes the lazy files that are met, by the name of their bundle
 */
export const lazyFiles = (lazy: Record<string, string>): Plugin => ({
  name: 'lazy-files',
  setup(building) {
    building.onResolve({ filter: /^\./ }, ({ kind, path, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = `lazy/${basename(path, '.ts')}`;
      const file = join(dirname(importer), path);
      if (lazy[name] && lazy[name] !== file) throw new Error(`two lazy files are called ${name}`);
      lazy[name] = file;
      return { path: `./${name}.js`, external: true };
    });
  },
});
