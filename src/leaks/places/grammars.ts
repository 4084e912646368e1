import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as bundled from '@vscode/tree-sitter-wasm';
import type { Language, Parser } from '@vscode/tree-sitter-wasm';
import { grammarFiles, runtimeFile, type GrammarName } from './grammarFiles.ts';

/** The package is CommonJS: all that it has is its default. */
const treeSitter = (bundled as unknown as { readonly default: typeof bundled }).default;

export interface Grammars {
  parser(name: GrammarName): Promise<Parser>;
}

/** Grammars that are read when they are first asked for, each once. Nothing of them is there before. */
export function loadGrammars(): Grammars {
  let runtime: Promise<void> | undefined;
  const languages = new Map<GrammarName, Promise<Language>>();
  return {
    async parser(name) {
      runtime ??= treeSitter.Parser.init({ locateFile: () => fileURLToPath(fileOf(runtimeFile)) });
      await runtime;
      const language = languages.get(name) ?? load(name);
      languages.set(name, language);
      const parser = new treeSitter.Parser();
      parser.setLanguage(await language);
      return parser;
    },
  };
}

const load = async (name: GrammarName): Promise<Language> =>
  await treeSitter.Language.load(await readFile(fileOf(grammarFiles[name])));

/** Beside the programs in the bundle, in its package where the source runs as it is. */
function fileOf(file: string): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return pathToFileURL(createRequire(here).resolve(file));
  const dist = here.slice(0, here.lastIndexOf('/dist/') + '/dist/'.length);
  return new URL(`grammars/${file.slice(file.lastIndexOf('/') + 1)}`, dist);
}
