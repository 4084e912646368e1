import { rm } from 'node:fs/promises';
import { argv } from 'node:process';
import { build, context } from 'esbuild';

const watch = argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: {
    extension: 'src/extension.ts',
    languageServer: 'src/leaks/serverMain.ts',
    emulator: 'src/emulator/main.ts',
    cli: 'src/cli.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  minify: !watch,
  sourcemap: watch ? 'linked' : 'external',
  // Packages that are still CommonJS ask for Node's modules, and for `vscode`, through `require`.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: 'info',
};

if (watch) {
  await (await context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await build(options);
}
