const pack = '@vscode/tree-sitter-wasm/wasm';

/** The runtime that loads all of them. */
export const runtimeFile = `${pack}/tree-sitter.wasm`;

/** The grammars that are used, and what ships them: the build puts these files into `dist/grammars/`. */
export const grammarFiles = {
  javascript: `${pack}/tree-sitter-javascript.wasm`,
  typescript: `${pack}/tree-sitter-typescript.wasm`,
  tsx: `${pack}/tree-sitter-tsx.wasm`,
  python: `${pack}/tree-sitter-python.wasm`,
  ruby: `${pack}/tree-sitter-ruby.wasm`,
  php: `${pack}/tree-sitter-php.wasm`,
  go: `${pack}/tree-sitter-go.wasm`,
  java: `${pack}/tree-sitter-java.wasm`,
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  rust: `${pack}/tree-sitter-rust.wasm`,
  csharp: `${pack}/tree-sitter-c-sharp.wasm`,
  bash: `${pack}/tree-sitter-bash.wasm`,
  powershell: `${pack}/tree-sitter-powershell.wasm`,
  terraform: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
} as const;
export type GrammarName = keyof typeof grammarFiles;
