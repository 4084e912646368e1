import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A Node 20 of this machine, beside the repository's own, which is newer and which npm puts first. */
export function findNode20(): string | undefined {
  const own = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'];
  return folders
    .filter((folder) => folder !== '' && !folder.startsWith(own) && !folder.startsWith(join(root, 'node_modules')))
    .map((folder) => join(folder, 'node'))
    .find((node) => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.'));
}
