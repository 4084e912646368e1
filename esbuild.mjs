import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { argv } from 'node:process';
import { build, context } from 'esbuild';
import { lazyFiles } from './scripts/lazyFiles.ts';
import { outputsFile, outputsOf } from './scripts/builtOutputs.ts';
import { noticesText, packagesIn, readPackage } from './scripts/thirdPartyNotices.ts';
import { grammarFiles, runtimeFile } from './src/leaks/places/grammarFiles.ts';

const watch = argv.includes('--watch');

/** Programs: each a process of its own, or the extension. */
const programs = {
  languageServer: 'src/leaks/server/serverMain.ts',
  emulator: 'src/emulator/main.ts',
  requestLogWorker: 'src/emulator/requestLog/requestLogWorker.ts',
  scanWorker: 'src/leaks/scan/scanWorker.ts',
  fixWorker: 'src/leaks/server/fixWorker.ts',
  cli: 'src/cli.ts',
};
const extension = { extension: 'src/extension.ts' };

/** @type {import('esbuild').BuildOptions} */
const common = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20', // the command line's scan, hook and language server run there
  external: ['vscode'],
  minify: !watch,
  sourcemap: watch ? 'linked' : 'external',
  // Packages that are still CommonJS ask for Node's modules, and for `vscode`, through `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  // The parsers' runtime asks where it lies before it is told.
  define: { __filename: 'import.meta.filename' },
  logLevel: 'warning',
  metafile: true,
};

/**
 * What the start imports lazily: see `scripts/lazyFiles.ts`.
 *
 * @type {Record<string, string>}
 */
const lazy = {};

if (!watch) await rm('dist', { recursive: true, force: true });
const grammars = [runtimeFile, ...Object.values(grammarFiles)];
const { resolve } = createRequire(import.meta.url);
await mkdir('dist/grammars', { recursive: true });
await Promise.all(grammars.map((file) => cp(resolve(file), `dist/grammars/${basename(file)}`)));
const start = { ...common, entryPoints: extension, plugins: [lazyFiles(lazy)] };
const started = await build(start);
const rest = { ...common, entryPoints: { ...programs, ...lazy }, splitting: true, chunkNames: 'chunks/[name]-[hash]' };
/** What runs in the page of a webview. Its own files are all it may load. */
const pages = {
  ...common,
  entryPoints: { requests: 'src/webview/requests/main.ts' },
  outdir: 'dist/webview',
  platform: 'browser',
  target: 'chrome134',
  external: [],
  banner: {},
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};
if (watch) {
  await Promise.all([context(start), context(rest), context(pages)].map(async (making) => (await making).watch()));
} else {
  const built = await Promise.all([build(rest), build(pages)]);
  const bundled = packagesIn([started, ...built].map(({ metafile }) => metafile));
  const copied = grammars.map((file) => `node_modules/${file.split('/').slice(0, 2).join('/')}`);
  const folders = new Set([...bundled, ...copied].toSorted());
  const packages = await Promise.all([...folders].map((folder) => readPackage(import.meta.dirname, folder)));
  await writeFile('dist/THIRD-PARTY-NOTICES.txt', noticesText(packages));
  await writeFile(outputsFile, JSON.stringify(outputsOf(built[0].metafile)));
}
