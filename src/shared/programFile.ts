/**
 * Where a program of `dist/` is to be found: `name` in the bundle, or its source when that runs as it is. Any file of the bundle may
 * ask, wherever the bundler put it.
 *
 * @param source from `src/`, such as `leaks/server/serverMain.ts`
 */
export function programFile(name: string, source: string): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(`../${source}`, here);
  return new URL(`${name}.js`, here.slice(0, here.lastIndexOf('/dist/') + '/dist/'.length));
}
