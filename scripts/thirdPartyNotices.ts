import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of which something is shipped. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The text of its licence file; undefined where it brings none. */
  readonly text: string | undefined;
}

const modules = 'node_modules/';

/** The names of the packages from which something is in a bundle, in order. */
export function packagesIn(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
  );
  return packageFolders(inputs);
}

/** The folders of the packages that files belong to, in order. */
export const packageFolders = (files: readonly string[]): string[] => [...new Set(files.flatMap(folderOf))].toSorted();

/** The folder of the package that a file belongs to, below `node_modules`. */
function folderOf(file: string): string[] {
  const at = file.lastIndexOf(modules);
  if (at < 0) return [];
  const [scope = '', name = ''] = file.slice(at + modules.length).split('/');
  return [file.slice(0, at + modules.length) + (scope.startsWith('@') ? `${scope}/${name}` : scope)];
}

/** Reads what is said of a package's licence, from its folder below `root`. */
export async function readPackage(root: string, folder: string): Promise<ShippedPackage> {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, license } = manifest;
  const files = await readdir(join(root, folder));
  const texts = files
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file) && !/\.(?:js|ts|json)$/.test(file))
    .toSorted();
  const parts = await Promise.all(texts.map(async (file) => (await readFile(join(root, folder, file), 'utf8')).trim()));
  return {
    name: String(name),
    version: String(version),
    license: typeof license === 'string' ? license : '',
    text: parts.length > 0 ? parts.join('\n\n') : undefined,
  };
}

const rule = '-'.repeat(78);

/** What goes with the extension and the command line: every package that is shipped in part, with its licence. */
export function noticesText(packages: readonly ShippedPackage[]): string {
  const parts = packages.map(
    ({ name, version, license, text }) =>
      `${rule}\n${name} ${version} (${license})\n${rule}\n\n${text ?? `Licensed under ${license}; the package brings no text of it.`}\n`,
  );
  return `Keysmith for Stripe contains parts of these packages.\n\n${parts.join('\n')}`;
}
