import type { Metafile } from 'esbuild';

/** Where the build tells what it has made of what; it is shipped nowhere. */
export const outputsFile = 'dist/outputs.json';

/** A file of the bundle. Paths are from the root of the repository. */
export interface BuiltOutput {
  /** Files of the bundle that it imports, at once or lazily. */
  readonly imports: readonly string[];
  /** Sources that are in it. */
  readonly inputs: readonly string[];
}

export type BuiltOutputs = Readonly<Record<string, BuiltOutput>>;

export const outputsOf = ({ outputs }: Metafile): BuiltOutputs =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([file]) => file.endsWith('.js'))
      .map(([file, { imports, inputs }]) => [
        file,
        {
          imports: imports.filter(({ external }) => !external).map(({ path }) => path),
          inputs: Object.keys(inputs),
        },
      ]),
  );
